import type { Instant } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';
import type { ContactId } from '../privacy/vault-store.js';

/** A text that waits to be sent. Where to and what it says are in the vault, sealed together. */
export interface PendingText {
  /** One at a time for a conversation: another takes its place. */
  conversation: ConversationId;
  contact: ContactId;
  /** When it is sent; while one process sends it, the time at which another may. */
  dueAt: Instant;
  /** Times it was tried. */
  tries: number;
  /** Raised by each change. */
  version: number;
}

export interface TextStore {
  /** Saved only if the stored version is `version - 1` (0: there is none yet). */
  save(text: PendingText): Promise<'saved' | 'conflict'>;
  get(conversation: ConversationId): Promise<PendingText | undefined>;
  /** Due at or before, earliest first. */
  due(at: Instant, limit: number): Promise<PendingText[]>;
  /** Removed only while it is this version: another text may have taken its place. */
  remove(text: PendingText): Promise<void>;
}
