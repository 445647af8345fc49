import { createHash } from 'node:crypto';
import { type Clock, type Instant, MINUTE } from '../kernel/clock.js';

/**
 * How a text is treated. `listen`: it is heard, screened and kept like any other, but not answered; so many texts
 * have been answered that more would only cost.
 */
export type TextBrake = (number: string) => 'answer' | 'listen' | 'ignore';

const WINDOW = 10 * MINUTE;
const ANSWERED = 40;
const HEARD = 200;
const NUMBERS = 10_000;

/** Counts in memory only, one number at a time: nobody pays for the haste of another. */
export function createTextBrake(clock: Clock): TextBrake {
  let counts = new Map<string, number>();
  let since: Instant = clock.now();
  return (number) => {
    if (clock.now() - since >= WINDOW || counts.size >= NUMBERS) {
      counts = new Map();
      since = clock.now();
    }
    const key = createHash('sha256').update(number).digest('base64url');
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count <= ANSWERED) return 'answer';
    return count <= HEARD ? 'listen' : 'ignore';
  };
}
