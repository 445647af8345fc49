import { setTimeout as wait } from 'node:timers/promises';
import { CodedError } from '../../kernel/errors.js';

const EVERY_MS = 25;
const BURST_MS = 2_000;
const LONGEST_WAIT_MS = 20_000;

/**
 * Spreads new conversations over time instead of refusing any: a whole school may sit behind one address,
 * so no address is looked at. Kept in memory only.
 * @returns a function to await before each new conversation
 */
export function createTokenBrake(now: () => number): () => Promise<void> {
  let free = 0;
  return async () => {
    free = Math.max(free, now() - BURST_MS) + EVERY_MS;
    const delay = free - now();
    if (delay > LONGEST_WAIT_MS) {
      free -= EVERY_MS;
      throw new CodedError('unavailable', 'Too many conversations open at once; try again in a minute.');
    }
    if (delay > 0) await wait(delay);
  };
}
