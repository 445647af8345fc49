import type { Instant } from '../kernel/clock.js';
import type { ServiceId, StaffId } from '../kernel/ids.js';
import type { Need } from '../kernel/needs.js';
import type { Service } from './service.js';

/** A coordinator's change to one entry; it overrides the shipped files. */
export interface DirectoryEdit {
  serviceId: ServiceId;
  /** From 1. */
  version: number;
  /** `null`: withdrawn. */
  service: Service | null;
  editedAt: Instant;
  editedBy: StaffId;
}

/** Every edit is kept: the history of an entry is all its versions. */
export interface DirectoryEditStore {
  /** The current edit of each entry, at most 5,000. */
  list(): Promise<DirectoryEdit[]>;
  /** Saved only if the stored version is `edit.version - 1` (0: there is none yet). */
  save(edit: DirectoryEdit): Promise<'saved' | 'conflict'>;
  /** The edits of one entry, newest first, at most `limit`. */
  history(serviceId: ServiceId, limit: number): Promise<DirectoryEdit[]>;
}

/** How often an académie or a collectivity had no entry of its own for a need. */
export interface DirectoryGap {
  /** `2026-03`. */
  month: string;
  /** Slug of the académie, or code of the collectivity. */
  place: string;
  need: Need;
  count: number;
}

export interface DirectoryGapStore {
  /** Adds one. */
  add(gap: Omit<DirectoryGap, 'count'>): Promise<void>;
  /** Those of a month, at most 1,000. */
  ofMonth(month: string): Promise<DirectoryGap[]>;
}
