import { type Instant, MINUTE } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import type { BookingId, PsychologistId } from '../kernel/ids.js';

const TICK = 5 * MINUTE;
/** Twelve hours: no appointment is longer. */
const MOST_TICKS = 144;

interface Span {
  start: Instant;
  end: Instant;
}

const firstTick = (span: Span): number => Math.floor(span.start / TICK);
/** Excluded. A tick that is begun is taken whole. */
const lastTick = (span: Span): number => Math.ceil(span.end / TICK);

/** Whether two times of one psychologist share a tick. */
export const overlaps = (a: Span, b: Span): boolean =>
  firstTick(a) < lastTick(b) && firstTick(b) < lastTick(a);

/**
 * The psychologist's 5-minute ticks from `start` included to `end` excluded: `<psychologist>|<epoch minutes / 5>`.
 * Unique in the store, they make any two overlapping times collide, whatever their lengths.
 * @throws CodedError `invalid-input` when the time is empty or longer than 12 hours
 */
export function ticksOf(time: Span & { psychologist: PsychologistId }): string[] {
  const first = firstTick(time);
  const count = lastTick(time) - first;
  if (count < 1 || count > MOST_TICKS) {
    throw new CodedError('invalid-input', 'An appointment lasts from 5 minutes to 12 hours.');
  }
  return Array.from({ length: count }, (_, index) => `${time.psychologist}|${first + index}`);
}

/** The one tick a cancelled booking keeps: a unique index takes missing values for equal. */
export const privateTick = (id: BookingId): string => `free|${id}`;
