import type { Instant } from '../kernel/clock.js';
import type { ServiceId, StaffId } from '../kernel/ids.js';
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

export interface DirectoryEditStore {
  /** The current edit of each entry, at most 5,000. */
  list(): Promise<DirectoryEdit[]>;
  /** Saved only if the stored version is `edit.version - 1` (0: there is none yet). */
  save(edit: DirectoryEdit): Promise<'saved' | 'conflict'>;
}
