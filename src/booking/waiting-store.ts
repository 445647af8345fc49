import type { Instant } from '../kernel/clock.js';
import type { BookingId, SiteId } from '../kernel/ids.js';
import type { MessageWay } from '../messages/messenger.js';
import type { ContactId } from '../privacy/vault-store.js';
import type { Mode } from './booking.js';
import type { TimeWish } from './time-wish.js';

/** Somebody who waits for a time to come free. What to write to is in the vault, for this alone. */
export interface WaitingEntry {
  /** Keyed hash of the code they were given; it becomes the code of their appointment. */
  codeHash: string;
  sites: readonly SiteId[];
  mode: Mode;
  wish: TimeWish | null;
  contact: ContactId;
  way: MessageWay;
  language: 'fr' | 'en';
  /** Place in the line: since when they wait, or since the last offer they did not answer. */
  since: Instant;
  /** They are forgotten then. */
  until: Instant;
  /** A time that is held for them until they answer. */
  offer: { booking: BookingId; until: Instant } | null;
  /** Offers that were not answered. */
  missed: number;
  /** Raised by each change. */
  version: number;
}

export interface WaitingStore {
  /** Saved only if the stored version is `version - 1` (0: there is none yet). */
  save(entry: WaitingEntry): Promise<'saved' | 'conflict'>;
  get(codeHash: string): Promise<WaitingEntry | undefined>;
  /** The head of the line first. */
  list(limit: number): Promise<WaitingEntry[]>;
  remove(codeHash: string): Promise<void>;
}
