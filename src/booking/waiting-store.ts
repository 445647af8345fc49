import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, SiteId } from '../kernel/ids.js';
import type { MessageWay } from '../messages/messenger.js';
import type { ContactId } from '../privacy/vault-store.js';
import type { Mode } from './booking.js';
import type { TimeWish } from './time-wish.js';

/** Where somebody who waits is told: what they left for it, in the vault, or their chat while it is open. */
export type WaitingReach =
  | { way: MessageWay; contact: ContactId }
  | { way: 'chat'; conversation: ConversationId };

/** A time that is held for somebody until they answer. */
export interface WaitingOffer {
  booking: BookingId;
  until: Instant;
  /** When they are told, or told again by another process; `null` once it is done. */
  tellAt: Instant | null;
}

/** Somebody who waits for a time to come free. */
export interface WaitingEntry {
  /** Keyed hash of the code they were given; it becomes the code of their appointment. */
  codeHash: string;
  sites: readonly SiteId[];
  mode: Mode;
  wish: TimeWish | null;
  /** Only times that start before this one, which they could have had. */
  before: Instant | null;
  reach: WaitingReach;
  language: 'fr' | 'en';
  /** Place in the line: since when they wait, or since the last offer they did not take. */
  since: Instant;
  /** They are forgotten then. */
  until: Instant;
  offer: WaitingOffer | null;
  /** Offers in a row that were not answered. */
  missed: number;
  /** Times they said no to, the last 20. */
  declined: readonly { site: SiteId; start: Instant }[];
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

const HOLDER = 'waiting|';

/** One hold at a time for each who waits, as for a conversation. */
export const waitingHolder = (codeHash: string): ConversationId => `${HOLDER}${codeHash}` as ConversationId;

export const isWaitingHolder = (holder: ConversationId | null): boolean =>
  holder?.startsWith(HOLDER) === true;
