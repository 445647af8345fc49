import { type Response, Router } from 'express';
import type { TakeTurn } from '../../../dialogs/turn-types.js';
import { type Clock, HOUR } from '../../kernel/clock.js';
import { CodedError } from '../../kernel/errors.js';
import type { ConversationId } from '../../kernel/ids.js';
import type { Brake } from './brake.js';
import { type ChatConversations, gone } from './chat-conversations.js';
import { bearer, codeOfBody, languageOfBody } from './chat-requests.js';
import type { ChatStates } from './chat-state.js';
import type { ChatTokens } from './chat-tokens.js';
import type { ConversationStart } from './conversation-start.js';
import type { ResumeCodes } from './resume-code.js';

export interface ChatApiParts {
  conversations: ChatConversations;
  takeTurn: TakeTurn;
  start: ConversationStart;
  tokens: ChatTokens;
  states: ChatStates;
  resumeCodes: ResumeCodes;
  /** Awaited before each new conversation. */
  openBrake: Brake;
  /** Awaited before each resume code that is tried. */
  resumeBrake: Brake;
  clock: Clock;
}

/** A conversation can be taken up again that long after the last word. */
export const RESUME_WITHIN = 24 * HOUR;

/** The few addresses under `/api/chat` that only our own page uses. */
export function createChatApi(parts: ChatApiParts): Router {
  const { conversations, takeTurn, start, tokens } = parts;
  const router = Router();

  router.post('/token', async (request, response) => {
    const language = languageOfBody(request.body);
    if ((await pass(parts.openBrake, response)) === 'left') return;
    const id = await start.open(language);
    response.json({ conversationId: id, ...tokens.issue(id) });
  });
  router.get('/state', async (request, response) => {
    response.json(await parts.states.of(tokens.read(bearer(request))));
  });
  router.post('/resume', async (request, response) => {
    const code = codeOfBody(request.body);
    if (parts.resumeCodes.idOf(code) !== undefined && (await pass(parts.resumeBrake, response)) === 'left')
      return;
    const id = await resumable(parts, code);
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

/**
 * Wrong, unknown, old and ended are answered alike.
 * @throws CodedError `not-found`
 */
async function resumable(parts: ChatApiParts, code: string): Promise<ConversationId> {
  const { conversations, resumeCodes, clock } = parts;
  const id = resumeCodes.idOf(code);
  if (id === undefined) throw gone();
  const head = await conversations.head(id);
  const open = head !== undefined && head.owner.kind !== 'closed';
  if (!open || clock.now() - head.activeAt > RESUME_WITHIN) throw gone();
  return id;
}

/** @throws CodedError `unavailable` when too many wait already */
async function pass(brake: Brake, response: Response): Promise<'free' | 'left'> {
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  const passage = await brake(leaving.signal);
  if (passage === 'full')
    throw new CodedError('unavailable', 'Too many conversations open at once; try again in a minute.');
  return passage;
}

/** A conversation that is over already is left as well as any. */
async function hangUp(takeTurn: TakeTurn, conversation: ConversationId): Promise<void> {
  try {
    await takeTurn({ conversation, key: 'leave', kind: 'hang-up', text: '' });
  } catch (error) {
    if (!(error instanceof CodedError && error.code === 'not-found')) throw error;
  }
}
