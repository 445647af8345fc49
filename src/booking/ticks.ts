import { type Instant, MINUTE } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import type { BookingId, PsychologistId } from '../kernel/ids.js';

/** Times are kept in steps of 5 minutes, in milliseconds. */
export const TICK = 5 * MINUTE;
/** Twelve hours, buffers included: no appointment is longer. */
const MOST_TICKS = 144;

/** The time a placement takes, buffers included. */
interface Blocked {
  psychologist: PsychologistId;
  blockedFrom: Instant;
  blockedTo: Instant;
}

/**
 * The psychologist's 5-minute ticks from `blockedFrom` included to `blockedTo` excluded, a tick that is begun taken
 * whole: `<psychologist>|<epoch minutes / 5>`. Unique in the store, they make any two overlapping times collide,
 * whatever their lengths.
 * @throws CodedError `invalid-input` when the time is empty or longer than 12 hours
 */
export function ticksOf({ psychologist, blockedFrom, blockedTo }: Blocked): string[] {
  const first = Math.floor(blockedFrom / TICK);
  const count = Math.ceil(blockedTo / TICK) - first;
  if (!(count >= 1 && count <= MOST_TICKS)) {
    throw new CodedError('invalid-input', 'An appointment lasts from 5 minutes to 12 hours.');
  }
  return Array.from({ length: count }, (_, index) => `${psychologist}|${first + index}`);
}

/** The one tick a cancelled booking keeps: a unique index takes missing values for equal. */
export const privateTick = (id: BookingId): string => `free|${id}`;
