import type { Slot } from '../../src/booking/booking.js';
import type { MoveOutcome, PublicBooking } from '../../src/booking/booking-service.js';
import { parseCode } from '../../src/booking/code.js';
import { hasWish, type TimeWish } from '../../src/booking/time-wish.js';
import type { Card } from '../../src/conversations/conversation.js';
import { after, type Instant, MINUTE } from '../../src/kernel/clock.js';
import { OFFERED_SLOTS, slotQuestion, wordsOf, yourHour } from '../booking/slot-offer.js';
import type { DialogContext, Say, Step } from '../dialog.js';
import { KEEP, MOVE_SURE } from './manage-questions.js';

/** What is being moved, and how far the caller has come. */
export interface Moving {
  code: string;
  wish?: TimeWish | undefined;
  offered?: readonly Slot[] | undefined;
  chosen?: Slot | undefined;
}

const NOTHING_MOVED: Step = { kind: 'done', says: [{ key: 'manage.kept' }] };

/** The three earliest times the appointment may move to; until the caller has said yes to one it stays where it is. */
export async function offerMove(
  context: DialogContext,
  moving: Moving,
  more: { after?: Instant | undefined; apology?: string } = {},
): Promise<Step> {
  const { code, wish } = moving;
  const from = more.after === undefined ? {} : { from: after(more.after, MINUTE) };
  const query = { wish, ...from, limit: OFFERED_SLOTS };
  const slots = await context.services.booking.slotsToMove(code, query);
  if (slots.length > 0) return offerTheseMoves(context, slots, { moving, ...more });
  if (hasWish(wish)) return offerMove(context, { code }, { apology: 'booking.not-then' });
  return { kind: 'done', says: [{ key: 'manage.no-other-time' }] };
}

export async function offerTheseMoves(
  context: DialogContext,
  slots: readonly Slot[],
  { moving, apology }: { moving: Moving; apology?: string },
): Promise<Step> {
  const sorry: Say[] = apology === undefined ? [] : [{ key: apology }];
  return {
    kind: 'ask',
    says: [...sorry, { key: 'manage.which-time' }],
    question: await slotQuestion(context, slots, [KEEP]),
    state: { stage: 'slots', ...moving, offered: slots },
  };
}

/** Keeps the chosen time beside the booked one while the caller says yes or no. */
export async function proposeMove(context: DialogContext, moving: Moving, slot: Slot): Promise<Step> {
  const outcome = await context.services.booking.keepForMove(moving.code, slot);
  if (outcome.kind === 'taken') return taken(context, moving, outcome.nearest);
  if (outcome.kind !== 'kept') return NOTHING_MOVED;
  const words = await wordsOf(context, slot);
  return {
    kind: 'ask',
    says: [
      { key: 'manage.move-to', params: { when: words.when } },
      ...yourHour(words, slot.mode),
      { key: 'manage.move-sure' },
    ],
    question: MOVE_SURE,
    state: { stage: 'move-sure', ...moving, chosen: slot },
  };
}

export async function moveIfSure(
  context: DialogContext,
  moving: Moving,
  choice: string | undefined,
): Promise<Step> {
  const { code, chosen } = moving;
  if (choice === 'no') return offerMove(context, moving);
  if (choice !== 'yes' || chosen === undefined) return { kind: 'misunderstood' };
  return told(context, moving, await context.services.booking.move(code, chosen));
}

/** What became of a move: the new time, or the old one that stands and the nearest others. */
export async function told(
  context: DialogContext,
  moving: Moving,
  outcome: MoveOutcome | { kind: 'refused' },
): Promise<Step> {
  if (outcome.kind === 'taken') return taken(context, moving, outcome.nearest);
  if (outcome.kind === 'refused') return NOTHING_MOVED;
  if (outcome.kind !== 'moved') return { kind: 'done', says: [{ key: 'manage.not-found' }] };
  return { kind: 'done', says: await saidOf(context, outcome.booking, { what: 'moved', code: moving.code }) };
}

async function taken(context: DialogContext, moving: Moving, nearest: readonly Slot[]): Promise<Step> {
  if (nearest.length === 0) return offerMove(context, moving, { apology: 'manage.just-taken' });
  return offerTheseMoves(context, nearest.slice(0, OFFERED_SLOTS), { moving, apology: 'manage.just-taken' });
}

/** An appointment in words, the caller's own hour with it. */
export async function saidOf(
  context: DialogContext,
  { site, mode, start }: PublicBooking,
  { what, code }: { what: 'found' | 'moved' | 'proposed'; code: string },
): Promise<Say[]> {
  const words = await wordsOf(context, { site: site.id, start });
  const key = mode === 'telephone' ? (`manage.${what}-telephone` as const) : (`manage.${what}` as const);
  const { when, place, zone } = words;
  // On screens: to print, or to put in a calendar that says nothing but busy.
  const card: Card = { kind: 'appointment', code: parseCode(code) ?? '', start, zone, place, mode };
  return [
    { key, params: { when, place }, ...(what === 'proposed' ? {} : { card }) },
    ...yourHour(words, mode),
  ];
}
