import type { RosterEntry } from './roster.js';

export type RosterEntryRef = Pick<RosterEntry, 'kind' | 'id'>;

export interface RosterStore {
  /** At most 2,000 entries, in no order. */
  list(): Promise<RosterEntry[]>;
  /** Adds an entry, or replaces the one of the same kind and id. */
  put(entry: RosterEntry): Promise<void>;
  /** An entry that is gone already is no error. */
  remove(entry: RosterEntryRef): Promise<void>;
}

export const MAX_ROSTER_ENTRIES = 2_000;
