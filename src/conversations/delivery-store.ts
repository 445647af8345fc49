import type { Instant } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';

/** How far a conversation has been sent to a channel that does not ask for its messages itself. */
export interface DeliveryMark {
  conversation: ConversationId;
  /** Number of the last message that has left; 0 when none has. */
  delivered: number;
  /** Until then one instance is sending, and the others do not. */
  claimedUntil: Instant;
  version: number;
}

/** Marks go with their conversation (`ConversationStore.remove`). */
export interface DeliveryStore {
  get(conversation: ConversationId): Promise<DeliveryMark | undefined>;
  /** Saved only if the stored version is `version - 1` (0: there is none yet). */
  save(mark: DeliveryMark): Promise<'saved' | 'conflict'>;
}
