import { Router } from 'express';
import type { TakeTurn } from '../../../dialogs/turn-types.js';
import { CodedError } from '../../kernel/errors.js';
import type { ConversationId } from '../../kernel/ids.js';
import type { ChatConversations } from './chat-conversations.js';
import { bearer, languageOfBody } from './chat-requests.js';
import type { ChatTokens } from './chat-tokens.js';
import type { ConversationStart } from './conversation-start.js';

export interface ChatApiParts {
  conversations: ChatConversations;
  takeTurn: TakeTurn;
  start: ConversationStart;
  tokens: ChatTokens;
}

/** The few addresses under `/api/chat` that only our own page uses. */
export function createChatApi({ conversations, takeTurn, start, tokens }: ChatApiParts): Router {
  const router = Router();

  router.post('/token', async (request, response) => {
    const id = await start.open(languageOfBody(request.body));
    response.json({ conversationId: id, ...tokens.issue(id) });
  });
  router.post('/erase', async (request, response) => {
    await conversations.erase(tokens.read(bearer(request)));
    response.set('Clear-Site-Data', '"storage"').status(204).end();
  });
  /**
   * From a page that is being left: a beacon has no header, so the token is the body. Leaving removes the
   * words; an open alert stays (product.md, "Safety protocol").
   */
  router.post('/leave', async (request, response) => {
    const id = tokens.read(typeof request.body === 'string' ? request.body : '');
    await hangUp(takeTurn, id);
    await conversations.erase(id);
    response.set('Clear-Site-Data', '"storage"').status(204).end();
  });
  return router;
}

/** A conversation that is over already is left as well as any. */
async function hangUp(takeTurn: TakeTurn, conversation: ConversationId): Promise<void> {
  try {
    await takeTurn({ conversation, key: 'leave', kind: 'hang-up', text: '' });
  } catch (error) {
    if (!(error instanceof CodedError && error.code === 'not-found')) throw error;
  }
}
