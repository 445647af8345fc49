import type { Instant } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';
import type { HoursKey, OpeningHours } from './opening-hours.js';

/** A change to the hours of one service in one territory; it overrides the shipped ones. */
export interface HoursEdit extends HoursKey {
  /** From 1. */
  version: number;
  /** `null`: taken away; the wider territory answers. */
  hours: OpeningHours | null;
  editedAt: Instant;
  editedBy: StaffId;
}

/** Every edit is kept: the history of an entry is all its versions. */
export interface HoursStore {
  /** The current edit of each entry, at most 1,000. */
  list(): Promise<HoursEdit[]>;
  /** Saved only if the stored version is `edit.version - 1` (0: there is none yet). */
  save(edit: HoursEdit): Promise<'saved' | 'conflict'>;
  /** The edits of one entry, newest first, at most `limit`. */
  history(key: HoursKey, limit: number): Promise<HoursEdit[]>;
}
