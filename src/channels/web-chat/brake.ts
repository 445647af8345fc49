import { setTimeout as waitMs } from 'node:timers/promises';
import { CodedError } from '../../kernel/errors.js';

/** How fast a door may be used by everybody together. */
export interface Pace {
  everyMs: number;
  /** That much may come at once after a quiet time. */
  burstMs: number;
}

/** 80 new conversations at once, then 40 a second. */
export const OPENING: Pace = { everyMs: 25, burstMs: 2_000 };
/** 10 resume codes at once, then 2 a second: 60 random bits are out of reach. */
export const RESUMING: Pace = { everyMs: 500, burstMs: 5_000 };
const LONGEST_WAIT_MS = 20_000;

/**
 * Spreads requests over time instead of refusing any: a whole school may sit behind one address, so no address
 * is looked at. Kept in memory only. Only what would wait longer than 20 seconds is refused (`unavailable`).
 * @returns a function to await before each request
 */
export function createBrake(
  { everyMs, burstMs }: Pace,
  now: () => number,
  wait: (ms: number) => Promise<unknown> = waitMs,
): () => Promise<void> {
  let free = 0;
  return async () => {
    const turn = Math.max(free, now() - burstMs) + everyMs;
    const delay = turn - now();
    if (delay > LONGEST_WAIT_MS)
      throw new CodedError('unavailable', 'Too many conversations open at once; try again in a minute.');
    free = turn;
    if (delay > 0) await wait(delay);
  };
}
