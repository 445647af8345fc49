import { type Clock, type Instant, instant } from '../../src/kernel/clock.js';

export interface FrozenClock extends Clock {
  advance(ms: number): void;
  set(at: string | number): void;
}

/** A clock that stands still until it is moved. */
export function frozenClock(start: string | number = '2026-03-02T09:00:00Z'): FrozenClock {
  let now: Instant = read(start);
  return {
    now: () => now,
    advance: (ms) => {
      now = instant(Math.round(now + ms));
    },
    set: (at) => {
      now = read(at);
    },
  };
}

const read = (at: string | number): Instant => instant(typeof at === 'number' ? at : Date.parse(at));
