import { timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { CodedError } from '../../kernel/errors.js';
import type { ConversationId } from '../../kernel/ids.js';
import { type Random, token } from '../../kernel/random.js';
import { activityId, CALLER_ID, keyOfClient } from '../bot-framework/activities.js';
import type { InProcessAdapter } from '../bot-framework/in-process-adapter.js';
import { activitiesAfter, type ChatConversations, gone } from './chat-conversations.js';
import { bearer, languageOfBody, parseActivity, watermarkOf } from './chat-requests.js';
import type { ChatTokens } from './chat-tokens.js';
import type { ConversationStart } from './conversation-start.js';

export interface DirectLineParts {
  adapter: InProcessAdapter;
  conversations: ChatConversations;
  start: ConversationStart;
  tokens: ChatTokens;
  random: Random;
  /** Lets another server of ours ask for tokens; without it that address refuses everybody. */
  directLineSecret: string | undefined;
  /** Origin of this service, known once it listens. */
  publicUrl: () => string;
}

/** Direct Line 3.0 under `/v3/directline`, as the official clients use it. */
export function createDirectLine(parts: DirectLineParts): Router {
  const { adapter, conversations, start, tokens } = parts;
  const router = Router();

  const authorised = (request: Request<{ id?: string }>): ConversationId => {
    const id = tokens.read(bearer(request));
    if (request.params.id !== undefined && request.params.id !== id) throw gone();
    return id;
  };
  const entry = (id: ConversationId) => ({ conversationId: id, ...tokens.issue(id) });
  const opened = (id: ConversationId, watermark: number) => ({
    ...entry(id),
    streamUrl: streamUrl(parts.publicUrl(), id, tokens.ticket({ conversation: id, watermark })),
  });

  router.post('/tokens/generate', async (request, response) => {
    if (!isSecret(bearer(request), parts.directLineSecret))
      throw new CodedError('unauthenticated', 'This address needs the Direct Line secret.');
    response.json(entry(await start.open(languageOfBody(request.body))));
  });
  router.post('/tokens/refresh', async (request, response) => {
    const id = authorised(request);
    if ((await conversations.head(id)) === undefined) throw gone();
    response.json(entry(id));
  });
  router.post('/conversations', async (request, response) => {
    const id = isSecret(bearer(request), parts.directLineSecret)
      ? await start.open(languageOfBody(request.body))
      : authorised(request);
    const outcome = await start.begin(id);
    response.status(outcome === 'begun' ? 201 : 200).json(opened(id, 0));
  });
  router.get('/conversations/:id', async (request, response) => {
    const id = authorised(request);
    await start.begin(id);
    response.json(opened(id, watermarkOf(request.query.watermark)));
  });
  router.get('/conversations/:id/activities', async (request, response) => {
    const id = authorised(request);
    await start.begin(id);
    const set = await activitiesAfter(conversations, id, watermarkOf(request.query.watermark));
    if (set === undefined) throw gone();
    response.json({ activities: set.activities, watermark: String(set.watermark) });
  });
  router.post('/conversations/:id/activities', async (request, response) => {
    const id = authorised(request);
    const { type, text, clientActivityId } = parseActivity(request.body);
    await start.begin(id);
    const key = clientActivityId === undefined ? token(parts.random) : keyOfClient(clientActivityId);
    const result = await adapter.process({
      type,
      id: key,
      text,
      channelId: 'directline',
      from: { id: CALLER_ID, name: '' },
      recipient: { id: 'numero-unique', name: '' },
      conversation: { id, isGroup: false, conversationType: 'personal', name: '' },
    });
    const seq = result?.callerSeq ?? null;
    response.json({ id: seq === null ? `${id}|${type}` : activityId(id, seq) });
  });
  /** Files are not taken (404, never 403), and nothing else is here. */
  router.use(() => {
    throw new CodedError('not-found', 'There is nothing at this address.');
  });
  return router;
}

/** In a time that tells nothing about the secret but its length. */
function isSecret(given: string, secret: string | undefined): boolean {
  if (secret === undefined || secret === '') return false;
  const right = Buffer.from(secret);
  const tried = Buffer.from(given);
  return right.length === tried.length && timingSafeEqual(right, tried);
}

function streamUrl(publicUrl: string, id: ConversationId, ticket: string): string {
  const url = new URL(`${publicUrl}/v3/directline/conversations/${id}/stream`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('t', ticket);
  return url.toString();
}
