import { type Clock, type Instant, instant, MINUTE } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';
import type { CallerHash, CallerHasher } from '../privacy/caller-hash.js';

/** A call that is over, known by the keyed hash of its number; the last one of a number counts. */
export interface DroppedCall {
  hash: CallerHash;
  conversation: ConversationId;
  at: Instant;
}

export interface DroppedCallStore {
  put(call: DroppedCall): Promise<void>;
  get(hash: CallerHash): Promise<DroppedCall | undefined>;
  /** Removes calls that were over before that instant; at most 500 a call. */
  removeBefore(at: Instant): Promise<number>;
}

/** product.md, "Anonymity", rule 1: a dropped call is linked for fifteen minutes, after asking. */
export const LINKED_WITHIN = 15 * MINUTE;

export interface DroppedCalls {
  /** A call of this number is over. A withheld number leaves nothing. */
  over(number: string, conversation: ConversationId): Promise<void>;
  /** The last call of this number, while it may still be gone on with. Whether it was the same person is asked. */
  recent(number: string): Promise<ConversationId | undefined>;
  removeEnded(): Promise<number>;
}

export function createDroppedCalls(parts: {
  clock: Clock;
  hasher: Pick<CallerHasher, 'hash' | 'candidates'>;
  store: DroppedCallStore;
}): DroppedCalls {
  const { clock, hasher, store } = parts;
  const oldest = (): Instant => instant(clock.now() - LINKED_WITHIN);

  return {
    async over(number, conversation) {
      const hash = await hasher.hash(number);
      if (hash !== undefined) await store.put({ hash, conversation, at: clock.now() });
    },
    async recent(number) {
      for (const hash of await hasher.candidates(number)) {
        const call = await store.get(hash);
        if (call !== undefined && call.at > oldest()) return call.conversation;
      }
      return undefined;
    },
    removeEnded: () => store.removeBefore(oldest()),
  };
}
