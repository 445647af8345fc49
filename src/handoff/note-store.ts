import type { Instant } from '../kernel/clock.js';
import type { ConversationId, Id } from '../kernel/ids.js';

export type NoteId = Id<'note'>;

/** A note between colleagues; readable with the conversation's own key only, so that it ends with the words. */
export interface SealedNote {
  id: NoteId;
  conversation: ConversationId;
  at: Instant;
  sealed: string;
}

export interface NoteStore {
  add(note: SealedNote): Promise<void>;
  /** Oldest first. */
  of(conversation: ConversationId, limit: number): Promise<SealedNote[]>;
  removeOf(conversation: ConversationId): Promise<void>;
}
