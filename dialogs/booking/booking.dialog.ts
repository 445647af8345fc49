import { z } from 'zod';
import { MODES, type Mode, type Slot } from '../../src/booking/booking.js';
import type { BookingCode } from '../../src/booking/code.js';
import { academyBySlug } from '../../src/kernel/academies.js';
import { instant } from '../../src/kernel/clock.js';
import { asId, type BookingId, type PsychologistId, type SiteId } from '../../src/kernel/ids.js';
import type { Dialog, DialogContext, DialogInput, Step } from '../dialog.js';
import { ask } from './booking-questions.js';
import { confirmed, offer, proposeHold } from './booking-steps.js';

const slotSchema = z.object({
  psychologist: z.string().transform((id) => asId<PsychologistId>(id)),
  site: z.string().transform((id) => asId<SiteId>(id)),
  mode: z.enum(MODES),
  start: z.number().transform(instant),
  end: z.number().transform(instant),
});

const argsSchema = z.object({
  stage: z.enum(['now-or-later', 'mode', 'slots']),
  mode: z.enum(MODES).optional(),
});

export const bookingStateSchema = z.object({
  stage: z.enum(['now-or-later', 'mode', 'place', 'slots', 'confirm']),
  mode: z.enum(MODES).optional(),
  offered: z.array(slotSchema).optional(),
  held: z
    .object({
      booking: z.string().transform((id) => asId<BookingId>(id)),
      code: z.string().transform((code) => asId<BookingCode>(code)),
      slot: slotSchema,
    })
    .optional(),
});
export type BookingState = z.infer<typeof bookingStateSchema>;

/** Finds a time with a psychologist, holds it while the caller decides, and gives the code that keeps it. */
export const booking: Dialog = {
  name: 'booking',
  async start(context, args) {
    const { stage, mode } = argsSchema.parse(args);
    if (mode !== undefined) return withMode(context, mode);
    return stage === 'now-or-later' ? ask.nowOrLater(context) : ask.mode([]);
  },
  async resumed(context, state) {
    return offer(context, modeOf(bookingStateSchema.parse(state)), {});
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
  'now-or-later': async (_context, _state, { choice }) => {
    if (choice === 'now') return { kind: 'replace', says: [], dialog: 'phone-line', with: {} };
    return choice === 'later' ? ask.mode([]) : { kind: 'misunderstood' };
  },
  mode: async (context, _state, { choice }) => {
    const mode = MODES.find((known) => known === choice);
    return mode === undefined ? { kind: 'misunderstood' } : withMode(context, mode);
  },
  place: async (context, state) => offer(context, modeOf(state), {}),
  slots: answerSlots,
  confirm: answerConfirm,
};

const modeOf = (state: BookingState): Mode => state.mode ?? 'telephone';

async function withMode(context: DialogContext, mode: Mode): Promise<Step> {
  const { academy, department } = context.memory;
  const placed = department !== undefined || (academy !== undefined && academyBySlug(academy) !== undefined);
  if (mode === 'telephone' || placed) return offer(context, mode, {});
  return { kind: 'begin', says: [], dialog: 'place', with: {}, state: { stage: 'slots', mode } };
}

async function answerSlots(context: DialogContext, state: BookingState, input: DialogInput): Promise<Step> {
  const offered = state.offered ?? [];
  if (input.choice === 'later') return offer(context, modeOf(state), { after: offered.at(-1)?.start });
  if (input.choice === 'telephone') return offer(context, 'telephone', {});
  if (input.choice === 'stop') return { kind: 'done', says: [] };
  const slot: Slot | undefined = offered[Number(input.choice?.replace('slot-', ''))];
  return slot === undefined ? { kind: 'misunderstood' } : proposeHold(context, slot);
}

async function answerConfirm(context: DialogContext, state: BookingState, input: DialogInput): Promise<Step> {
  const { held } = state;
  if (held === undefined) return ask.mode([]);
  if (input.choice === 'no') return offer(context, held.slot.mode, {});
  if (input.choice !== 'yes') return { kind: 'misunderstood' };
  const outcome = await context.services.booking.confirm(held.booking);
  if (outcome === 'confirmed') return confirmed(context, held);
  return offer(context, held.slot.mode, { apology: 'booking.hold-ended' });
}
