import { setTimeout as waitMs } from 'node:timers/promises';
import { CodedError } from '../../kernel/errors.js';

const EVERY_MS = 25;
const BURST_MS = 2_000;
const LONGEST_WAIT_MS = 20_000;

/**
 * Spreads new conversations over time instead of refusing any: a whole school may sit behind one address,
 * so no address is looked at. 80 at once, then 40 a second; kept in memory only. Only what would wait
 * longer than 20 seconds is refused (`unavailable`).
 * @returns a function to await before each new conversation
 */
export function createTokenBrake(
  now: () => number,
  wait: (ms: number) => Promise<unknown> = waitMs,
): () => Promise<void> {
  let free = 0;
  return async () => {
    const turn = Math.max(free, now() - BURST_MS) + EVERY_MS;
    const delay = turn - now();
    if (delay > LONGEST_WAIT_MS)
      throw new CodedError('unavailable', 'Too many conversations open at once; try again in a minute.');
    free = turn;
    if (delay > 0) await wait(delay);
  };
}
