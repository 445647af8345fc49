import { type Clock, type Instant, instant, MINUTE, SECOND } from '../kernel/clock.js';
import type { CodePace, CodePaceStore } from './code-pace-store.js';

/**
 * The delay overall on reference codes (product.md, "Anonymity", rule 6). It knows no caller: a withheld number is
 * treated as any other. All instances on one store share it.
 */
export interface CodeBrake {
  /** Waits for its turn. `too-busy` when that would take more than 8 s: a person has to look the code up. */
  enter(): Promise<'go' | 'too-busy'>;
  /** A code found nothing. */
  failed(): Promise<void>;
}

const WINDOW_MINUTES = 10;
/** Callers mistype: so many wrong codes in ten minutes slow nobody down. */
const UNNOTICED = 20;
const FIRST_DELAY = 100;
/** Doubled for each further so many wrong codes. */
const DOUBLING = 10;
const LONGEST_DELAY = 4 * SECOND;
const LONGEST_WAIT = 8 * SECOND;
/** Each loser of a write starts again; so many losses are a flood. */
const ATTEMPTS = 50;
const NOTHING: CodePace = { wrong: [], free: instant(0), version: 0 };

export function createCodeBrake(parts: {
  clock: Clock;
  wait: (ms: number) => Promise<void>;
  store: CodePaceStore;
}): CodeBrake {
  const { clock, wait, store } = parts;

  async function turnAt(): Promise<Instant | 'too-busy' | 'conflict'> {
    const now = clock.now();
    const pace = (await store.get()) ?? NOTHING;
    const delay = delayAfter(wrongIn(pace, now));
    if (delay === 0) return now;
    const turn = instant(Math.max(now, pace.free) + delay);
    if (turn - now > LONGEST_WAIT) return 'too-busy';
    const outcome = await store.save({ ...pace, free: turn, version: pace.version + 1 });
    return outcome === 'saved' ? turn : 'conflict';
  }

  return {
    async enter() {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const turn = await turnAt();
        if (turn === 'too-busy') return turn;
        if (turn === 'conflict') continue;
        const ms = turn - clock.now();
        if (ms > 0) await wait(ms);
        return 'go';
      }
      return 'too-busy';
    },
    async failed() {
      const minute = minuteOf(clock.now());
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const pace = (await store.get()) ?? NOTHING;
        const before = pace.wrong.filter((one) => one.minute > minute - WINDOW_MINUTES);
        const count = (before.find((one) => one.minute === minute)?.count ?? 0) + 1;
        const wrong = [...before.filter((one) => one.minute !== minute), { minute, count }];
        if ((await store.save({ ...pace, wrong, version: pace.version + 1 })) === 'saved') return;
      }
    },
  };
}

const minuteOf = (at: Instant): number => Math.floor(at / MINUTE);

const wrongIn = ({ wrong }: CodePace, now: Instant): number =>
  wrong
    .filter(({ minute }) => minute > minuteOf(now) - WINDOW_MINUTES)
    .reduce((sum, { count }) => sum + count, 0);

/** @param failures wrong codes in the last ten minutes @returns milliseconds between two answers */
export function delayAfter(failures: number): number {
  if (failures <= UNNOTICED) return 0;
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.floor((failures - UNNOTICED) / DOUBLING));
}
