import { type Clock, type Instant, instant, MINUTE, SECOND } from '../kernel/clock.js';

/**
 * The delay overall on reference codes (product.md, "Anonymity", rule 6). It knows no caller: a withheld number is
 * treated as any other. Each process has its own.
 */
export interface CodeBrake {
  /** Waits for its turn. `too-busy` when that would take more than 8 s: a person has to look the code up. */
  enter(): Promise<'go' | 'too-busy'>;
  /** A code found nothing. */
  failed(): void;
}

const WINDOW = 10 * MINUTE;
/** Callers mistype: so many wrong codes in ten minutes slow nobody down. */
const UNNOTICED = 20;
const FIRST_DELAY = 100;
/** Doubled for each further so many wrong codes. */
const DOUBLING = 10;
const LONGEST_DELAY = 4 * SECOND;
const LONGEST_WAIT = 8 * SECOND;
const MOST_REMEMBERED = 500;

export function createCodeBrake(parts: { clock: Clock; wait: (ms: number) => Promise<void> }): CodeBrake {
  const { clock, wait } = parts;
  let failures: Instant[] = [];
  let free = instant(0);

  return {
    async enter() {
      const now = clock.now();
      failures = failures.filter((at) => at > now - WINDOW);
      const delay = delayAfter(failures.length);
      if (delay === 0) return 'go';
      const turn = instant(Math.max(now, free) + delay);
      if (turn - now > LONGEST_WAIT) return 'too-busy';
      free = turn;
      await wait(turn - now);
      return 'go';
    },
    failed() {
      failures = [...failures, clock.now()].slice(-MOST_REMEMBERED);
    },
  };
}

/** @param failures wrong codes in the last ten minutes @returns milliseconds between two answers */
export function delayAfter(failures: number): number {
  if (failures <= UNNOTICED) return 0;
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.floor((failures - UNNOTICED) / DOUBLING));
}
