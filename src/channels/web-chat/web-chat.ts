import { json, type Request, type RequestHandler, Router, text } from 'express';
import type { TakeTurn } from '../../../dialogs/turn-types.js';
import type { Translate } from '../../../locales/translate.js';
import type { Language } from '../../conversations/conversation.js';
import type { Clock } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/log.js';
import type { Random } from '../../kernel/random.js';
import type { Secrets } from '../../privacy/secrets.js';
import { InProcessAdapter } from '../bot-framework/in-process-adapter.js';
import { createBrake, OPENING, RESUMING } from './brake.js';
import { createChatApi } from './chat-api.js';
import type { ChatConversations } from './chat-conversations.js';
import { allowOrigins } from './chat-cors.js';
import { answerChatError } from './chat-errors.js';
import { createChatPage } from './chat-page.js';
import { bearer } from './chat-requests.js';
import { createChatStates, type DeskPresence } from './chat-state.js';
import { type ChatStream, createChatStream } from './chat-stream.js';
import { type ChatTokens, createChatTokens } from './chat-tokens.js';
import { createConversationStart } from './conversation-start.js';
import { createDirectLine } from './direct-line.js';
import { createResumeCodes } from './resume-code.js';

export interface WebChatParts {
  takeTurn: TakeTurn;
  conversations: ChatConversations;
  /** Tells whether a human is there. */
  atDesk: DeskPresence;
  secrets: Secrets;
  clock: Clock;
  random: Random;
  translate: Translate;
  directLineSecret: string | undefined;
  /** Origin of this service, known once it listens. */
  publicUrl: () => string;
  /** Origins of other pages that may hold the chat. */
  origins?: readonly string[];
  /** Where the quick exit goes. */
  exitUrl: string;
  /** Days after which words are destroyed: the page says so. */
  transcriptDays: number;
  log: Logger;
}

export interface WebChat {
  router: Router;
  stream: ChatStream;
}

/** A farewell letter must arrive whole; beyond, the refusal shows the numbers (issue "The chat"). */
const BODY_LIMIT = '128kb';
const API = ['/api/chat', '/v3/directline'];

/** The written door: the page, the protocol behind it, and its streams. */
export function createWebChat(parts: WebChatParts): WebChat {
  const { conversations, takeTurn } = parts;
  const tokens = createChatTokens(parts);
  const now = (): number => parts.clock.now();
  const resumeCodes = createResumeCodes({ key: parts.secrets.derive('resume-code'), random: parts.random });
  const states = createChatStates({ ...parts, resumeCodes });
  const start = createConversationStart({
    conversations,
    takeTurn,
    newId: resumeCodes.newId,
  });
  const stream = createChatStream({ ...parts, tokens });
  const adapter = new InProcessAdapter({ takeTurn, ephemeral: (id) => stream.typing(id) });

  const router = Router();
  router.use(createChatPage({ ...parts, states }));
  router.use(API, noStore);
  router.use(
    API,
    allowOrigins(() => [parts.publicUrl(), ...(parts.origins ?? [])]),
  );
  router.use(API, json({ limit: BODY_LIMIT }), text({ limit: '4kb' }));
  const openBrake = createBrake(OPENING, now);
  const resumeBrake = createBrake(RESUMING, now);
  const api = { ...parts, start, tokens, states, resumeCodes, openBrake, resumeBrake };
  router.use('/api/chat', createChatApi(api));
  router.use('/v3/directline', createDirectLine({ ...parts, adapter, start, tokens }));
  router.use(API, answerChatError({ ...parts, languageOf: languageOf(conversations, tokens) }));
  return { router, stream };
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** The language of the conversation, or what the browser asks for where there is none. */
function languageOf(conversations: ChatConversations, tokens: ChatTokens) {
  return async (request: Request): Promise<Language> => {
    try {
      const head = await conversations.head(tokens.read(bearer(request)));
      if (head !== undefined) return head.language;
    } catch {
      // No conversation can be told from this request.
    }
    return request.acceptsLanguages('fr', 'en') === 'en' ? 'en' : 'fr';
  };
}
