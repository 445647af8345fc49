import type { Mode, Site, Slot } from '../../src/booking/booking.js';
import { type BookingCode, formatCode } from '../../src/booking/code.js';
import { academyBySlug } from '../../src/kernel/academies.js';
import { after, type Instant, MINUTE } from '../../src/kernel/clock.js';
import type { BookingId } from '../../src/kernel/ids.js';
import type { DialogContext, Say, Step } from '../dialog.js';
import { dayAndHour } from '../when.js';
import { NO_SLOT, slotQuestion, YES_NO } from './booking-questions.js';

const OFFERED_SLOTS = 3;
/** On the telephone the same time may be free with several services: it is offered once. */
const SAME_TIMES = 4;

/** Offers the three earliest times, after the ones already seen when the caller asked for others. */
export async function offer(
  context: DialogContext,
  mode: Mode,
  wish: { after?: Instant | undefined; apology?: string },
): Promise<Step> {
  const find = (place: Around): Promise<Slot[]> =>
    context.services.booking.findSlots({
      mode,
      ...place,
      ...(wish.after === undefined ? {} : { from: after(wish.after, MINUTE) }),
      limit: mode === 'telephone' ? OFFERED_SLOTS * SAME_TIMES : OFFERED_SLOTS,
    });
  const [near, around] = placesOf(context, mode);
  const nearby = near === undefined ? [] : await find(near);
  const slots = nearby.length > 0 || around === undefined ? nearby : await find(around);
  return offerThese(context, firstOfEachTime(slots).slice(0, OFFERED_SLOTS), { mode, apology: wish.apology });
}

const firstOfEachTime = (slots: readonly Slot[]): Slot[] =>
  slots.filter(
    (slot, index) =>
      slot.mode !== 'telephone' || slots.findIndex(({ start }) => start === slot.start) === index,
  );

async function offerThese(
  context: DialogContext,
  slots: readonly Slot[],
  { mode, apology }: { mode: Mode; apology: string | undefined },
): Promise<Step> {
  const sorry: Say[] = apology === undefined ? [] : [{ key: apology }];
  if (slots.length === 0)
    return {
      kind: 'ask',
      says: [...sorry, { key: 'booking.no-slot' }],
      question: NO_SLOT,
      state: { stage: 'slots', mode, offered: [] },
    };
  const places = await Promise.all(slots.map(async (slot) => ({ slot, ...(await whereOf(context, slot)) })));
  return {
    kind: 'ask',
    says: [...sorry, { key: 'booking.which-slot' }],
    question: slotQuestion(context, places),
    state: { stage: 'slots', mode, offered: slots },
  };
}

interface Around {
  department?: string;
  academyDepartments?: readonly string[];
}

/** Where to look, then where to look when nothing is free there: the caller's department, then the académie. */
function placesOf({ memory }: DialogContext, mode: Mode): readonly Around[] {
  if (mode === 'telephone') return [{}];
  const own = memory.department === undefined ? [] : [{ department: memory.department }];
  const academy = memory.academy === undefined ? undefined : academyBySlug(memory.academy);
  if (academy === undefined) return own.length > 0 ? own : [{}];
  return [...own, { academyDepartments: academy.departments.map(({ code }) => code) }];
}

const siteOf = async ({ services }: DialogContext, slot: Slot): Promise<Site | undefined> =>
  services.booking.site(slot.site);

async function whereOf(context: DialogContext, slot: Slot): Promise<{ zone: string; place: string }> {
  const site = await siteOf(context, slot);
  return { zone: site?.zone ?? 'Europe/Paris', place: site?.name ?? '' };
}

/** Holds the chosen time; if somebody was faster, offers the nearest. */
export async function proposeHold(context: DialogContext, slot: Slot): Promise<Step> {
  const outcome = await context.services.booking.hold(slot, context.conversation);
  if (outcome.kind === 'taken')
    return offerThese(context, outcome.nearest.slice(0, OFFERED_SLOTS), {
      mode: slot.mode,
      apology: 'booking.just-taken',
    });
  const { zone, place } = await whereOf(context, slot);
  const params = { when: dayAndHour(context.language, zone, slot.start), place };
  const key = slot.mode === 'telephone' ? 'booking.confirm-telephone' : 'booking.confirm';
  return {
    kind: 'ask',
    says: [{ key, params }],
    question: { ...YES_NO, again: { key, params } },
    state: {
      stage: 'confirm',
      mode: slot.mode,
      held: { booking: outcome.booking, code: outcome.code, slot },
    },
  };
}

/** The appointment is kept: when, where, and the code, said twice on the phone. */
export async function confirmed(
  context: DialogContext,
  { code, slot }: { booking: BookingId; code: BookingCode; slot: Slot },
): Promise<Step> {
  const site = await siteOf(context, slot);
  const zone = site?.zone ?? 'Europe/Paris';
  const when = dayAndHour(context.language, zone, slot.start);
  const place = site?.name ?? '';
  const telephone = slot.mode === 'telephone';
  const spoken = formatCode(code);
  return {
    kind: 'done',
    says: [
      {
        key: telephone ? 'booking.done-telephone' : 'booking.done',
        params: { when, place, address: site?.address ?? '' },
        card: { kind: 'appointment', code, start: slot.start, zone, place, mode: slot.mode },
      },
      { key: 'booking.code', params: { code: context.channel === 'phone' ? spokenDigits(spoken) : spoken } },
      { key: 'booking.keep-code' },
    ],
  };
}

/** A pause after each group of three, so that the code can be written down. */
const spokenDigits = (code: string): string =>
  code
    .split(' ')
    .map((group) => [...group].join(' '))
    .join(', ');
