import { setTimeout as waitMs } from 'node:timers/promises';

/** How fast a door may be used by everybody together. */
export interface Pace {
  everyMs: number;
  /** That much may come at once after a quiet time. */
  burstMs: number;
  /** Requests that may wait. Each holds some 30 KB with its connection (measured): no more can be kept. */
  mostWaiting: number;
}

/**
 * 200 new conversations at once, then 100 a second. The last of 5,000 waits 50 seconds, which is less than proxies
 * allow.
 */
export const OPENING: Pace = { everyMs: 10, burstMs: 2_000, mostWaiting: 5_000 };
/** 10 resume codes at once, then 2 a second: 60 random bits are out of reach. */
export const RESUMING: Pace = { everyMs: 500, burstMs: 5_000, mostWaiting: 100 };

/** `left`: the caller has gone meanwhile. `full`: nobody else can be kept waiting; the page asks again by itself. */
export type Passage = 'free' | 'left' | 'full';
export type Brake = (caller: AbortSignal) => Promise<Passage>;

/**
 * Spreads requests over time instead of refusing any: a whole school may sit behind one address, so no address
 * is looked at. Kept in memory only, first come, first served; whoever leaves gives the place back.
 * @returns a function to await before each request
 */
export function createBrake(
  { everyMs, burstMs, mostWaiting }: Pace,
  now: () => number,
  wait: (ms: number) => Promise<unknown> = waitMs,
): Brake {
  const waiting = new Set<() => void>();
  let spent = 0;
  let opening = false;

  const next = (): number => Math.max(spent, now() - burstMs) + everyMs;
  const isFree = (): boolean => next() <= now();
  /** Never ahead of the clock: one that is set back keeps nobody waiting. */
  const spend = (): void => {
    spent = Math.min(now(), next());
  };
  const openInTurn = async (): Promise<void> => {
    opening = true;
    while (waiting.size > 0) {
      if (!isFree()) await wait(Math.min(everyMs, next() - now()));
      const [first] = waiting;
      if (first === undefined) continue;
      spend();
      first();
    }
    opening = false;
  };

  return (caller) => {
    if (waiting.size === 0 && isFree()) {
      spend();
      return Promise.resolve('free');
    }
    if (waiting.size >= mostWaiting) return Promise.resolve('full');
    return new Promise((resolve) => {
      const leave = (): void => settle('left');
      const pass = (): void => settle('free');
      const settle = (passage: Passage): void => {
        waiting.delete(pass);
        caller.removeEventListener('abort', leave);
        resolve(passage);
      };
      waiting.add(pass);
      caller.addEventListener('abort', leave);
      if (!opening) void openInTurn();
    });
  };
}
