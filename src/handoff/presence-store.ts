import type { Instant } from '../kernel/clock.js';
import type { ConversationId, StaffId } from '../kernel/ids.js';

/** `pause`: after a heavy conversation nobody is given the next one at once; it ends by itself. */
export type DeskState = { kind: 'ready' } | { kind: 'pause'; since: Instant; until: Instant };

/** One person at the desk, for a shift. */
export interface Presence {
  staff: StaffId;
  /** The name callers and colleagues see during this shift. */
  pseudonym: string;
  shiftSince: Instant;
  /** When their page last answered. */
  seenAt: Instant;
  /** The conversation on their screen. */
  viewing: ConversationId | null;
  state: DeskState;
  /** Vital conversations they have closed, and breaks they have taken, in this shift. */
  heavy: number;
  pauses: number;
  version: number;
}

export interface PresenceStore {
  get(staff: StaffId): Promise<Presence | undefined>;
  /** Saved only if the stored version is `presence.version - 1` (0: there is none yet). */
  save(presence: Presence): Promise<'saved' | 'conflict'>;
  /** Those seen at or after `since`. */
  list(since: Instant, limit: number): Promise<Presence[]>;
}
