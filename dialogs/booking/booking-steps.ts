import type { Mode, Slot } from '../../src/booking/booking.js';
import { HOLD } from '../../src/booking/booking-limits.js';
import { type BookingCode, formatCode } from '../../src/booking/code.js';
import { hasWish, type TimeWish } from '../../src/booking/time-wish.js';
import { academyBySlug } from '../../src/kernel/academies.js';
import { after, type Instant, MINUTE } from '../../src/kernel/clock.js';
import type { BookingId, PsychologistId } from '../../src/kernel/ids.js';
import { callerZone } from '../caller-time.js';
import type { DialogContext, Say, Step } from '../dialog.js';
import { reachIn, WAIT } from '../waiting/waiting-questions.js';
import { NO_SLOT, YES_NO } from './booking-questions.js';
import { askCall } from './call-steps.js';
import { heldSince, withHeld } from './held-times.js';
import { askReminder } from './reminder-steps.js';
import { HUMAN, OFFERED_SLOTS, slotQuestion, wordsOf, yourHour } from './slot-offer.js';
import { spokenDigits } from './spoken-code.js';

/** On the telephone the same time may be free with several services: it is offered once. */
const SAME_TIMES = 4;

/** What the caller looks for, kept from one offer to the next. */
export interface Search {
  mode: Mode;
  wish?: TimeWish | undefined;
  /** What they asked for, of which nothing was free. */
  unmet?: TimeWish | undefined;
  /** The first time they could have had. */
  earliest?: Instant | undefined;
  /** The same psychologist again, under the same code. */
  followUp?: { code: string; psychologist: PsychologistId; minutes: number } | undefined;
}

/** Offers the three earliest times that suit, after the ones already seen when the caller asked for others. */
export async function offer(
  context: DialogContext,
  search: Search,
  more: { after?: Instant | undefined; apology?: string } = {},
): Promise<Step> {
  const slots = await findSlots(context, search, more.after);
  if (slots.length > 0 || !hasWish(search.wish)) return offerThese(context, slots, { search, ...more });
  // Nothing then: what is free from that day on, or else at all.
  const { firstDate } = search.wish;
  const wider: Search = { ...search, unmet: search.wish };
  wider.wish = firstDate === undefined ? undefined : { firstDate };
  const near = await findSlots(context, wider, undefined);
  const apology = 'booking.not-then';
  if (near.length > 0) return offerThese(context, near, { search: wider, apology });
  const any: Search = { ...wider, wish: undefined };
  return offerThese(context, await findSlots(context, any, undefined), { search: any, apology });
}

export async function findSlots(
  context: DialogContext,
  search: Search,
  seen: Instant | undefined,
): Promise<Slot[]> {
  const { mode, followUp } = search;
  const query = {
    mode,
    wish: wishHere(context, search),
    ...(seen === undefined ? {} : { from: after(seen, MINUTE) }),
    ...(followUp === undefined ? {} : { psychologist: followUp.psychologist, minutes: followUp.minutes }),
    limit: mode === 'telephone' ? OFFERED_SLOTS * SAME_TIMES : OFFERED_SLOTS,
  };
  for (const place of followUp === undefined ? placesOf(context, mode) : [{}]) {
    const slots = await context.services.booking.findSlots({ ...query, ...place });
    if (slots.length > 0) return firstOfEachTime(slots).slice(0, OFFERED_SLOTS);
  }
  return [];
}

/** On the telephone the caller's own clock counts; at a place, the clock there. */
export function wishHere(context: DialogContext, { mode, wish }: Search): TimeWish | undefined {
  const zone = callerZone(context.memory);
  return mode === 'telephone' && zone !== 'Europe/Paris' && hasWish(wish) ? { ...wish, zone } : wish;
}

const firstOfEachTime = (slots: readonly Slot[]): Slot[] =>
  slots.filter(
    (slot, index) =>
      slot.mode !== 'telephone' || slots.findIndex(({ start }) => start === slot.start) === index,
  );

export async function offerThese(
  context: DialogContext,
  slots: readonly Slot[],
  { search, apology, after: seen }: { search: Search; apology?: string; after?: Instant | undefined },
): Promise<Step> {
  const sorry: Say[] = apology === undefined ? [] : [{ key: apology }];
  const [first] = slots;
  if (first === undefined)
    return {
      kind: 'ask',
      says: [...sorry, { key: 'booking.no-slot' }],
      question: mayWait(context, search) ? { ...NO_SLOT, choices: [WAIT, ...NO_SLOT.choices] } : NO_SLOT,
      state: { stage: 'slots', search, offered: [] },
    };
  // Not at once: most find a time among the first three.
  const noneSuited = seen !== undefined || search.unmet !== undefined;
  const wait = noneSuited && mayWait(context, search) ? [WAIT] : [];
  const earliest = search.earliest ?? first.start;
  return {
    kind: 'ask',
    says: [...sorry, { key: hasWish(search.wish) ? 'booking.which-slot-wished' : 'booking.which-slot' }],
    question: await slotQuestion(context, slots, [...wait, HUMAN]),
    state: { stage: 'slots', search: { ...search, earliest }, offered: slots },
  };
}

/** Somebody who follows up waits for nobody else's psychologist: they move, or take what there is. */
const mayWait = (context: DialogContext, { followUp }: Search): boolean =>
  followUp === undefined && reachIn(context) !== undefined;

interface Around {
  department?: string;
  academyDepartments?: readonly string[];
}

/** Where to look, then where to look when nothing is free there: the caller's department, then the académie. */
export function placesOf({ memory }: DialogContext, mode: Mode): readonly Around[] {
  if (mode === 'telephone') return [{}];
  const own = memory.department === undefined ? [] : [{ department: memory.department }];
  const academy = memory.academy === undefined ? undefined : academyBySlug(memory.academy);
  if (academy === undefined) return own.length > 0 ? own : [{}];
  return [...own, { academyDepartments: academy.departments.map(({ code }) => code) }];
}

/** Holds the chosen time; if somebody was faster, offers the nearest. */
export async function proposeHold(context: DialogContext, slot: Slot, search: Search): Promise<Step> {
  const outcome = await context.services.booking.hold(slot, context.conversation, {
    ...(search.followUp === undefined ? {} : { followUp: search.followUp.code }),
    heldSince: heldSince(context, slot),
  });
  if (outcome.kind === 'held-too-long') return offer(context, search, { apology: 'booking.held-too-long' });
  if (outcome.kind === 'taken')
    return offerThese(context, outcome.nearest.slice(0, OFFERED_SLOTS), {
      search,
      apology: 'booking.just-taken',
    });
  const words = await wordsOf(context, slot);
  const params = { when: words.when, place: words.place };
  const { booking, code, since, until } = outcome;
  const key = confirmKey(slot, { isShort: until - context.now < HOLD });
  return {
    kind: 'ask',
    says: [{ key, params }, ...yourHour(words, slot.mode), { key: 'booking.confirm-question' }],
    question: { ...YES_NO, again: { key: 'booking.confirm-again' } },
    state: { stage: 'confirm', search, held: { booking, code, since, slot } },
    effects: { memory: { heldTimes: withHeld(context, slot, since) } },
  };
}

function confirmKey({ mode }: Slot, { isShort }: { isShort: boolean }): string {
  if (isShort) return mode === 'telephone' ? 'booking.confirm-short-telephone' : 'booking.confirm-short';
  return mode === 'telephone' ? 'booking.confirm-telephone' : 'booking.confirm';
}

/** Who may be called hears of it next. */
function doneKey({ services }: DialogContext, { mode }: Slot): string {
  if (mode !== 'telephone') return 'booking.done';
  return services.appointmentCalls === undefined ? 'booking.done-telephone' : 'booking.done-telephone-call';
}

/** The appointment is kept: when, where, and the code, said twice on the phone. */
export async function confirmed(
  context: DialogContext,
  { booking, code, slot }: { booking: BookingId; code: BookingCode; slot: Slot },
): Promise<Step> {
  const says = await saidWhenKept(context, code, slot);
  const call = slot.mode === 'telephone' ? askCall(context, booking, says) : undefined;
  return call ?? askReminder(context, booking, says) ?? { kind: 'done', says };
}

async function saidWhenKept(context: DialogContext, code: BookingCode, slot: Slot): Promise<Say[]> {
  const words = await wordsOf(context, slot);
  const { when, place, address, zone } = words;
  const spoken = formatCode(code);
  return [
    {
      key: doneKey(context, slot),
      params: { when, place, address },
      card: { kind: 'appointment', code, start: slot.start, zone, place, mode: slot.mode },
    },
    ...yourHour(words, slot.mode),
    { key: 'booking.code', params: { code: context.channel === 'phone' ? spokenDigits(spoken) : spoken } },
    { key: 'booking.keep-code' },
  ];
}
