import { z } from 'zod';
import { MODES } from '../../src/booking/booking.js';
import type { BookingCode } from '../../src/booking/code.js';
import { academyBySlug } from '../../src/kernel/academies.js';
import { instant } from '../../src/kernel/clock.js';
import { asId, type BookingId, type PsychologistId } from '../../src/kernel/ids.js';
import type { Dialog, DialogContext, DialogInput, Step } from '../dialog.js';
import { ask } from './booking-questions.js';
import { confirmed, offer, proposeHold, type Search } from './booking-steps.js';
import { answerCall } from './call-steps.js';
import { answerReminder } from './reminder-steps.js';
import { askDay, offeredSlot, slotSchema, wishIn, wishSchema } from './slot-offer.js';
import { answerWaitDays, beginWaiting } from './wait-steps.js';

const searchSchema = z.object({
  mode: z.enum(MODES),
  wish: wishSchema.optional(),
  unmet: wishSchema.optional(),
  earliest: z.number().transform(instant).optional(),
  followUp: z
    .object({
      code: z.string(),
      psychologist: z.string().transform((id) => asId<PsychologistId>(id)),
      minutes: z.number(),
    })
    .optional(),
});

const argsSchema = z.object({
  stage: z.enum(['now-or-later', 'mode', 'slots']),
  mode: z.enum(MODES).optional(),
  /** Days and hours that were said already. */
  wish: wishSchema.optional(),
  search: searchSchema.optional(),
});

export const bookingStateSchema = z.object({
  stage: z.enum([
    'now-or-later',
    'mode',
    'place',
    'slots',
    'day',
    'wait-days',
    'confirm',
    'call',
    'reminder',
  ]),
  /** What a call or a reminder is asked for. */
  booked: z
    .string()
    .transform((id) => asId<BookingId>(id))
    .optional(),
  /** Days and hours said before the way of meeting was. */
  wish: wishSchema.optional(),
  search: searchSchema.optional(),
  offered: z.array(slotSchema).optional(),
  held: z
    .object({
      booking: z.string().transform((id) => asId<BookingId>(id)),
      code: z.string().transform((code) => asId<BookingCode>(code)),
      since: z.number().transform(instant),
      slot: slotSchema,
    })
    .optional(),
});
export type BookingState = z.infer<typeof bookingStateSchema>;

/** Finds a time with a psychologist, holds it while the caller decides, and gives the code that keeps it. */
export const booking: Dialog = {
  name: 'booking',
  async start(context, args) {
    const { stage, mode, wish, search } = argsSchema.parse(args);
    if (search !== undefined) return offer(context, search);
    if (mode !== undefined) return withMode(context, { mode, wish });
    return stage === 'now-or-later' ? ask.nowOrLater(context) : ask.mode([], wish);
  },
  async resumed(context, state) {
    return offer(context, searchOf(bookingStateSchema.parse(state)));
  },
  async answer(context, stored, input) {
    const state = bookingStateSchema.parse(stored);
    if (input.choice === 'human')
      return { kind: 'replace', says: [], dialog: 'handoff', with: { because: 'asked' } };
    return ANSWERS[state.stage](context, state, input);
  },
};

type Answer = (context: DialogContext, state: BookingState, input: DialogInput) => Promise<Step>;

const ANSWERS: Readonly<Record<BookingState['stage'], Answer>> = {
  'now-or-later': async (context, _state, input) => {
    const { choice } = input;
    if (choice === 'now') return { kind: 'replace', says: [], dialog: 'phone-line', with: {} };
    return choice === 'later' ? ask.mode([], wishIn(context, input)) : { kind: 'misunderstood' };
  },
  mode: async (context, state, input) => {
    const mode = MODES.find((known) => known === input.choice);
    if (mode === undefined) return { kind: 'misunderstood' };
    return withMode(context, { mode, wish: wishIn(context, input) ?? state.wish });
  },
  place: async (context, state) => offer(context, searchOf(state)),
  slots: answerSlots,
  day: async (context, state, input) => {
    const wish = wishIn(context, input);
    if (wish === undefined) return { kind: 'misunderstood' };
    return offer(context, { ...searchOf(state), wish, unmet: undefined });
  },
  'wait-days': async (context, state, input) => answerWaitDays(context, searchOf(state), input),
  confirm: answerConfirm,
  call: async (context, { booked }, input) =>
    booked === undefined ? { kind: 'done', says: [] } : answerCall(context, booked, input),
  reminder: async (context, { booked }, input) =>
    booked === undefined ? { kind: 'done', says: [] } : answerReminder(context, booked, input),
};

const searchOf = ({ search }: BookingState): Search => search ?? { mode: 'telephone' };

async function withMode(context: DialogContext, search: Search): Promise<Step> {
  const { academy, department } = context.memory;
  const placed = department !== undefined || (academy !== undefined && academyBySlug(academy) !== undefined);
  if (search.mode === 'telephone' || placed) return offer(context, search);
  return { kind: 'begin', says: [], dialog: 'place', with: {}, state: { stage: 'slots', search } };
}

async function answerSlots(context: DialogContext, state: BookingState, input: DialogInput): Promise<Step> {
  const { offered = [] } = state;
  const search = searchOf(state);
  if (input.choice === 'later') return offer(context, search, { after: offered.at(-1)?.start });
  if (input.choice === 'wait') return beginWaiting(context, search, { offered: offered.length > 0 });
  if (input.choice === 'day') return askDay({ ...state, stage: 'day' });
  if (input.choice === 'telephone') return offer(context, { ...search, mode: 'telephone' });
  if (input.choice === 'stop') return { kind: 'done', says: [] };
  const slot = offeredSlot(offered, input);
  if (slot !== undefined) return proposeHold(context, slot, search);
  const wish = wishIn(context, input);
  return wish === undefined
    ? { kind: 'misunderstood' }
    : offer(context, { ...search, wish, unmet: undefined });
}

async function answerConfirm(context: DialogContext, state: BookingState, input: DialogInput): Promise<Step> {
  const { held } = state;
  const { booking: bookings } = context.services;
  if (held === undefined) return ask.mode([]);
  if (input.choice === 'no') {
    await bookings.release(context.conversation);
    return offer(context, searchOf(state));
  }
  if (input.choice !== 'yes') {
    // They are still answering: the time stays theirs, 15 minutes at most.
    await bookings.renew(held.booking, held.since);
    return { kind: 'misunderstood' };
  }
  const outcome = await bookings.confirm(held.booking);
  if (outcome === 'confirmed') return confirmed(context, held);
  return offer(context, searchOf(state), { apology: 'booking.hold-ended' });
}
