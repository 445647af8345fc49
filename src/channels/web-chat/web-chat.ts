import { Router } from 'express';
import type { Logger } from '../../kernel/log.js';
import type { Secrets } from '../../privacy/secrets.js';
import { createChatPage } from './chat-page.js';
import { type ChatStream, createChatStream } from './chat-stream.js';
import { createChatTokens } from './chat-tokens.js';
import { createDirectLine, type DirectLineParts } from './direct-line.js';

export interface WebChatParts extends Omit<DirectLineParts, 'tokens'> {
  secrets: Secrets;
  exitUrl: string;
  log: Logger;
}

export interface WebChat {
  router: Router;
  stream: ChatStream;
}

/** The written door: the page, the protocol behind it, and its streams. */
export function createWebChat(parts: WebChatParts): WebChat {
  const tokens = createChatTokens(parts);
  const router = Router();
  router.use(createChatPage(parts));
  router.use(createDirectLine({ ...parts, tokens }));
  return { router, stream: createChatStream({ ...parts, tokens }) };
}
