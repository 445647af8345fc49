import type { Clock } from '../kernel/clock.js';
import { errorFields, type Logger } from '../kernel/log.js';
import type { CountStore } from './count-store.js';
import { type Counter, type Counts, countersOf } from './counters.js';
import type { Fact, FactSink } from './fact.js';
import { parisDay } from './paris-day.js';

export interface Tally extends FactSink {
  /** Resolves once all that was recorded is stored, or could not be. */
  settled(): Promise<void>;
}

type Pending = Map<string, Map<Counter, number>>;

/**
 * Counts facts at once. While one write is under way the next facts add up in memory, so what waits is bounded
 * by the number of counters. A store that fails costs a line in the log; its facts are added with the next ones.
 */
export function createTally(parts: { clock: Clock; log: Logger; store: CountStore }): Tally {
  const { clock, log, store } = parts;
  let pending: Pending = new Map();
  let running: Promise<void> | undefined;

  const add = (day: string, counter: Counter, count: number): void => {
    const counts = pending.get(day) ?? new Map<Counter, number>();
    counts.set(counter, (counts.get(counter) ?? 0) + count);
    pending.set(day, counts);
  };

  const writeDay = async (day: string, counts: Counts): Promise<boolean> => {
    try {
      await store.add(day, counts);
      return true;
    } catch (error) {
      log.error('facts were not counted yet', errorFields(error));
      for (const [counter, count] of Object.entries(counts)) add(day, counter, count);
      return false;
    }
  };

  const flush = async (): Promise<void> => {
    while (pending.size > 0) {
      const taken = pending;
      pending = new Map();
      const written = await Promise.all(
        [...taken].map(([day, counts]) => writeDay(day, Object.fromEntries(counts))),
      );
      if (written.includes(false)) return;
    }
  };

  const start = (): void => {
    running ??= flush().finally(() => {
      running = undefined;
    });
  };

  const count = (facts: readonly Fact[]): void => {
    const day = parisDay(clock.now());
    for (const counter of facts.flatMap(countersOf)) add(day, counter, 1);
    start();
  };

  return {
    /** Whatever happens to a count, the caller whose turn it is goes on. */
    record(facts: readonly Fact[]) {
      if (facts.length === 0) return;
      try {
        count(facts);
      } catch (error) {
        log.error('facts were not counted', errorFields(error));
      }
    },
    async settled() {
      if (pending.size > 0) start();
      await running;
    },
  };
}
