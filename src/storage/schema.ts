import { StartError } from '../kernel/errors.js';

/**
 * Version of what is stored, raised by each change that older code cannot read or that older data must follow.
 * 1: stores made before versions were written down. 2: bookings with buffers, sessions and proposals.
 */
export const SCHEMA_VERSION = 2;

/** Older code must not write what it does not understand. */
export function refuseNewer(found: number): void {
  if (found > SCHEMA_VERSION)
    throw new StartError(
      `The store has schema version ${found}, this release knows ${SCHEMA_VERSION}; start the newer release, or restore a backup.`,
    );
}
