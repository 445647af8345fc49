import type { Counts } from './counters.js';

/** What was counted on one day, Paris time. */
export interface DayCounts {
  /** ISO date. */
  day: string;
  counts: Counts;
}

/** Counts per day and nothing else: there is no row about a conversation. */
export interface CountStore {
  /**
   * Adds to a day, all of it or none.
   * @param once a name under which this is added to the day one time only; the last `REMEMBERED_NAMES` are known
   */
  add(day: string, counts: Counts, once?: string): Promise<'added' | 'already'>;
  /** Days from `first` to `last`, both included, in order; days without a count are left out. At most `MOST_DAYS`. */
  between(first: string, last: string): Promise<DayCounts[]>;
}

export const MOST_DAYS = 400;
export const REMEMBERED_NAMES = 20;
