import type { ConversationId } from '../kernel/ids.js';

/** Wrapped data keys, one a conversation. Small, and compacted so that what is destroyed is gone. */
export interface RecordKeyStore {
  /** The first writer wins. */
  create(record: ConversationId, wrapped: string): Promise<'created' | 'exists'>;
  get(record: ConversationId): Promise<string | undefined>;
  /** After this resolves the keys are in no file of the store. */
  destroy(records: readonly ConversationId[]): Promise<void>;
}
