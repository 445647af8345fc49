import type { TakeTurn } from '../../../dialogs/turn-types.js';
import type { Language } from '../../conversations/conversation.js';
import type { ConversationId } from '../../kernel/ids.js';
import { type ChatConversations, gone } from './chat-conversations.js';

export interface ConversationStart {
  /** A new conversation in which nothing was said. */
  open(language: Language): Promise<ConversationId>;
  /**
   * The bot speaks first, once.
   * @returns whether it was this call that began the conversation
   * @throws CodedError `not-found` when the conversation is unknown or erased
   */
  begin(id: ConversationId): Promise<'begun' | 'already'>;
}

export function createConversationStart(parts: {
  conversations: ChatConversations;
  takeTurn: TakeTurn;
  newId: () => ConversationId;
}): ConversationStart {
  const { conversations, takeTurn, newId } = parts;
  return {
    async open(language) {
      const { id } = await conversations.open({ channel: 'web', language, id: newId() });
      return id;
    },
    async begin(id) {
      const head = await conversations.head(id);
      if (head === undefined) throw gone();
      if (head.lastSeq > 0 || head.owner.kind === 'closed') return 'already';
      await takeTurn({ conversation: id, key: 'start', kind: 'start', text: '' });
      return 'begun';
    },
  };
}
