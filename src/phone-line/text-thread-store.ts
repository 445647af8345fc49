import type { Instant } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';
import type { ContactId } from '../privacy/vault-store.js';

/** A number that writes, known by a keyed hash; the number itself is in the vault, for this conversation only. */
export interface TextThread {
  hash: string;
  conversation: ConversationId;
  /** `null` once the number was withdrawn. */
  contact: ContactId | null;
  /** When that contact was put into the vault. */
  keptAt: Instant;
  /** When this number last wrote. */
  seenAt: Instant;
  /** STOP was received: nothing is sent until this number writes again. */
  stopped: boolean;
  /** Last message of the conversation that was sent, or came from the number itself. */
  sentSeq: number;
  /** Somebody is sending until then; after it, somebody else may. */
  sendingUntil: Instant | null;
  /** More came while it was being sent. */
  more: boolean;
  /** Sendings that failed in a row. */
  failures: number;
  version: number;
}

export interface TextThreadStore {
  get(hash: string): Promise<TextThread | undefined>;
  /** The thread of a conversation. */
  of(conversation: ConversationId): Promise<TextThread | undefined>;
  /** Saved only if the stored version is `thread.version - 1` (0: there is none yet, saved as version 1). */
  save(thread: TextThread): Promise<'saved' | 'conflict'>;
  /** Threads whose sending was begun, and should have ended at or before `by`. */
  unfinished(by: Instant, limit: number): Promise<TextThread[]>;
  /** Removes threads last seen before those instants; at most 500 a call. */
  removeBefore(limits: { quiet: Instant; stopped: Instant }): Promise<number>;
}
