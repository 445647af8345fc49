import { timingSafeEqual } from 'node:crypto';
import { type ErrorRequestHandler, json, type Request, Router, text } from 'express';
import { z } from 'zod';
import type { TakeTurn } from '../../../dialogs/turn-types.js';
import type { Translate } from '../../../locales/translate.js';
import { LANGUAGES, type Language } from '../../conversations/conversation.js';
import type { Clock } from '../../kernel/clock.js';
import { CodedError } from '../../kernel/errors.js';
import type { ConversationId } from '../../kernel/ids.js';
import type { Random } from '../../kernel/random.js';
import { token } from '../../kernel/random.js';
import { activityId, CALLER_ID, CHAT_KEY } from '../bot-framework/activities.js';
import { InProcessAdapter } from '../bot-framework/in-process-adapter.js';
import { activitiesAfter, type ChatConversations } from './chat-conversations.js';
import type { ChatTokens } from './chat-tokens.js';
import { createTokenBrake } from './token-brake.js';

export interface DirectLineParts {
  takeTurn: TakeTurn;
  conversations: ChatConversations;
  tokens: ChatTokens;
  clock: Clock;
  random: Random;
  translate: Translate;
  directLineSecret: string | undefined;
  publicUrl: () => string;
}

/** A farewell letter must arrive whole; beyond, the refusal shows the numbers (issue "The chat"). */
const BODY_LIMIT = '128kb';

const startSchema = z.object({
  language: z.enum(LANGUAGES).optional(),
  locale: z.string().max(20).optional(),
});
const activitySchema = z.object({
  type: z.enum(['message', 'typing', 'event', 'endOfConversation']),
  text: z.string().max(131_072).optional(),
  attachments: z.array(z.unknown()).max(0, 'files are not taken').optional(),
  channelData: z.object({ clientActivityID: z.string().min(1).max(100).optional() }).optional(),
});

/** Direct Line 3.0, and the few addresses that only our own page uses. */
export function createDirectLine(parts: DirectLineParts): Router {
  const { conversations, tokens, takeTurn } = parts;
  const adapter = new InProcessAdapter(takeTurn);
  const spread = createTokenBrake(() => parts.clock.now());
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(json({ limit: BODY_LIMIT, strict: true }));
  router.use(text({ limit: '4kb', type: 'text/plain' }));

  const start = async (language: Language): Promise<ConversationId> => {
    await spread();
    const { id } = await conversations.open({ channel: 'web', language });
    await takeTurn({ conversation: id, key: 'start', kind: 'start', text: '' });
    return id;
  };
  const known = async (id: ConversationId): Promise<ConversationId> => {
    if ((await conversations.head(id)) === undefined)
      throw new CodedError('not-found', 'This conversation is over or unknown; start a new one.');
    return id;
  };
  const authorised = (request: Request): ConversationId => {
    const id = tokens.read(bearer(request));
    const named = request.params.id;
    if (named !== undefined && named !== id)
      throw new CodedError('not-found', 'This conversation is over or unknown; start a new one.');
    return id;
  };
  const opened = (id: ConversationId, watermark: number) => ({
    conversationId: id,
    ...tokens.issue(id),
    streamUrl: streamUrl(parts.publicUrl(), id, tokens.ticket(id, watermark)),
  });

  router.post('/api/chat/token', async (request, response) => {
    const id = await start(languageOf(request.body));
    response.json({ conversationId: id, ...tokens.issue(id) });
  });
  router.post('/api/chat/erase', async (request, response) => {
    await conversations.erase(authorised(request));
    response.set('Clear-Site-Data', '"storage"').status(204).end();
  });
  /** From a page that is being left: a beacon has no header, so the token is the body. */
  router.post('/api/chat/leave', async (request, response) => {
    const id = tokens.read(String(request.body ?? ''));
    await takeTurn({ conversation: id, key: 'leave', kind: 'hang-up', text: '' });
    response.set('Clear-Site-Data', '"storage"').status(204).end();
  });

  router.post('/v3/directline/tokens/generate', async (request, response) => {
    requireSecret(bearer(request), parts.directLineSecret);
    const id = await start(languageOf(request.body));
    response.json({ conversationId: id, ...tokens.issue(id) });
  });
  router.post('/v3/directline/tokens/refresh', async (request, response) => {
    const id = await known(authorised(request));
    response.json({ conversationId: id, ...tokens.issue(id) });
  });
  router.post('/v3/directline/conversations', async (request, response) => {
    const id = await known(authorised(request));
    response.status(201).json(opened(id, 0));
  });
  router.get('/v3/directline/conversations/:id', async (request, response) => {
    const id = await known(authorised(request));
    response.json(opened(id, watermarkOf(request)));
  });
  router.get('/v3/directline/conversations/:id/activities', async (request, response) => {
    const set = await activitiesAfter(conversations, authorised(request), watermarkOf(request));
    if (set === undefined)
      throw new CodedError('not-found', 'This conversation is over or unknown; start a new one.');
    response.json({ activities: set.activities, watermark: set.watermark });
  });
  router.post('/v3/directline/conversations/:id/activities', async (request, response) => {
    const id = await known(authorised(request));
    const activity = parseActivity(request.body);
    if (activity.type !== 'message' || activity.text === undefined || activity.text.trim() === '') {
      response.json({ id: `${id}|${activity.type}` });
      return;
    }
    const key = activity.channelData?.clientActivityID ?? token(parts.random);
    const result = await adapter.process({
      type: 'message',
      id: `${CHAT_KEY}${key}`,
      channelId: 'directline',
      text: activity.text,
      from: { id: CALLER_ID, name: '' },
      recipient: { id: 'numero-unique', name: '' },
      conversation: { id, isGroup: false, conversationType: 'personal', name: '' },
    });
    response.json({ id: activityId(id, result?.callerSeq ?? 0) });
  });
  router.use(refuseLongBody(parts.translate));
  return router;
}

/** The refusal of a text that is too long shows the numbers: it may be the one that matters most. */
function refuseLongBody(translate: Translate): ErrorRequestHandler {
  return (error, request, response, next) => {
    if ((error as { status?: unknown } | null)?.status !== 413) {
      next(error);
      return;
    }
    const language: Language = request.acceptsLanguages('fr', 'en') === 'en' ? 'en' : 'fr';
    response
      .status(413)
      .json({ error: { code: 'too-large', message: translate(language, 'chat.too-long') } });
  };
}

const bearer = (request: Request): string => {
  const match = /^Bearer (\S{1,4000})$/.exec(request.get('authorization') ?? '');
  if (match?.[1] === undefined) throw new CodedError('unauthenticated', 'A bearer token is required.');
  return match[1];
};

function requireSecret(given: string, secret: string | undefined): void {
  const right = Buffer.from(secret ?? '');
  const tried = Buffer.from(given);
  if (right.length === 0 || right.length !== tried.length || !timingSafeEqual(right, tried))
    throw new CodedError('unauthenticated', 'This address needs the Direct Line secret.');
}

function languageOf(body: unknown): Language {
  const parsed = startSchema.safeParse(body ?? {});
  if (!parsed.success) throw new CodedError('invalid-input', 'The language is fr or en.');
  const { language, locale } = parsed.data;
  return language ?? (locale?.toLowerCase().startsWith('en') ? 'en' : 'fr');
}

/** Without a watermark everything is sent again: a page that was reloaded has nothing. */
function watermarkOf(request: Request): number {
  const watermark = Number(request.query.watermark ?? 0);
  return Number.isSafeInteger(watermark) && watermark >= 0 ? watermark : 0;
}

function parseActivity(body: unknown): z.infer<typeof activitySchema> {
  const parsed = activitySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CodedError(
    'invalid-input',
    `The activity is not one of this service: ${issue?.path.join('.') ?? ''}.`,
  );
}

function streamUrl(publicUrl: string, id: ConversationId, ticket: string): string {
  const url = new URL(`${publicUrl}/v3/directline/conversations/${id}/stream`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('t', ticket);
  return url.toString();
}
