import type { ErrorRequestHandler, Request } from 'express';
import type { Translate } from '../../../locales/translate.js';
import type { Language } from '../../conversations/conversation.js';
import { CodedError, describeError, type ErrorCode } from '../../kernel/errors.js';
import { errorFields, type Logger } from '../../kernel/log.js';

/** As Direct Line 3.0 names them. 403 is never answered: the official client does not recover from it. */
const DIRECT_LINE: Readonly<Record<ErrorCode, { code: string; status: number }>> = {
  'invalid-input': { code: 'BadArgument', status: 400 },
  unauthenticated: { code: 'BadArgument', status: 401 },
  'token-expired': { code: 'TokenExpired', status: 401 },
  forbidden: { code: 'BadArgument', status: 401 },
  'not-found': { code: 'ConversationNotFound', status: 404 },
  conflict: { code: 'Conflict', status: 409 },
  'version-conflict': { code: 'Conflict', status: 412 },
  'version-missing': { code: 'BadArgument', status: 428 },
  'too-large': { code: 'MessageSizeTooBig', status: 413 },
  'too-many-requests': { code: 'ServiceUnavailable', status: 503 },
  internal: { code: 'ServiceError', status: 500 },
  unavailable: { code: 'ServiceUnavailable', status: 503 },
};

/** Every refusal carries a sentence; one that stops a message carries the emergency numbers. */
export function answerChatError(parts: {
  log: Logger;
  translate: Translate;
  languageOf: (request: Request) => Promise<Language>;
}): ErrorRequestHandler {
  return async (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const described = describeError(fromParser(error));
    const { code, status } = DIRECT_LINE[described.code];
    const fields = { code, status, channel: 'web', method: request.method };
    if (status >= 500) parts.log.error('a chat request failed', { ...fields, ...errorFields(error) });
    else parts.log.debug('a chat request was refused', fields);
    const message =
      described.code === 'too-large'
        ? parts.translate(await parts.languageOf(request), 'chat.too-long')
        : described.message;
    response.status(status).json({ error: { code, message } });
  };
}

/** What the body parsers and the router throw carries a status. */
function fromParser(error: unknown): unknown {
  if (error instanceof CodedError || !(error instanceof Error) || !('status' in error)) return error;
  if (error.status === 413) return new CodedError('too-large', 'The body is too large: 128 KB at most.');
  const refused = typeof error.status === 'number' && error.status >= 400 && error.status < 500;
  return refused ? new CodedError('invalid-input', 'The request cannot be read.') : error;
}
