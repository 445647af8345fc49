import type { Instant } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';
import type { ConversationHead, OwnerKind, SealedMessage } from './conversation.js';

export interface ConversationStore {
  create(head: ConversationHead, messages: readonly SealedMessage[]): Promise<'created' | 'exists'>;
  get(id: ConversationId): Promise<ConversationHead | undefined>;
  /**
   * Writes the new head and its messages as one act: after a crash either all of it is there or none.
   * Refused when the stored version is not `head.version - 1`.
   * `messages` are numbered on from the stored `lastSeq`, without a hole.
   */
  commit(
    head: ConversationHead,
    messages: readonly SealedMessage[],
  ): Promise<'committed' | 'conflict' | 'unknown'>;
  /** Messages with `seq > after`, in order, without holes, at most `limit` (1 to 500). */
  messages(id: ConversationId, after: number, limit: number): Promise<SealedMessage[]>;
  /** Conversations with such an owner, active at or after `activeSince` if that is given; oldest activity first. */
  list(filter: {
    owners: readonly OwnerKind[];
    activeSince?: Instant;
    limit: number;
  }): Promise<ConversationHead[]>;
  /** Ids of conversations without an open alert, last active before `before`, oldest first. */
  inactiveSince(before: Instant, limit: number): Promise<ConversationId[]>;
  /** Removes heads, messages and marks of delivery. Unknown ids are ignored. */
  remove(ids: readonly ConversationId[]): Promise<void>;
}
