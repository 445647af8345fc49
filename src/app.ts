import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import { type RefusalPage, wantsStaffPage } from './console/refusal-page.js';
import { CodedError, describeError } from './kernel/errors.js';
import { errorFields, type Logger } from './kernel/log.js';

export interface AppParts {
  log: Logger;
  /** Reverse proxies in front; 0 trusts nothing they say. */
  trustProxy: number;
  health: Router;
  metrics: Router;
  webChat: Router;
  /** Absent without a Twilio token in production. */
  twilio: Router | undefined;
  /** Absent without Bot Framework credentials. */
  botFramework: Router | undefined;
  console: Router;
  /** For staff with a browser, instead of JSON. */
  staffRefusal: RefusalPage;
  api: Router;
  /** Three phones on a page, in the demonstration. */
  telephone?: Router | undefined;
  /** Calendars of psychologists, by secret address. */
  calendars?: Router;
}

/** The order of the middleware, nothing else. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', parts.trustProxy);
  app.set('query parser', 'simple');
  app.use(parts.health);
  app.use(parts.metrics);
  if (parts.twilio !== undefined) app.use('/twilio', parts.twilio);
  if (parts.botFramework !== undefined) app.use('/api/messages', parts.botFramework);
  app.use('/console', parts.console);
  app.use('/api/v1', parts.api);
  if (parts.telephone !== undefined) app.use('/telephone', parts.telephone);
  if (parts.calendars !== undefined) app.use(parts.calendars);
  app.use(parts.webChat);
  app.use(() => {
    throw new CodedError('not-found', 'There is nothing at this address.');
  });
  app.use(answerError(parts));
  return app;
}

/** What body parsers throw carries a status; what we throw carries a code; everything else is ours to mend. */
function answerError({ log, staffRefusal }: Pick<AppParts, 'log' | 'staffRefusal'>): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { code, status, message } = describeError(fromParser(error));
    const fields = { code, status, method: request.method, route: request.route?.path ?? 'none' };
    if (status >= 500) log.error('a request failed', { ...fields, ...errorFields(error) });
    else log.info('a request was refused', fields);
    response.status(status).set('Cache-Control', 'no-store');
    if (wantsStaffPage(request)) response.type('html').send(staffRefusal(status));
    else response.json({ error: { code, message } });
  };
}

function fromParser(error: unknown): unknown {
  const status = (error as { status?: unknown } | null)?.status;
  if (error instanceof CodedError || typeof status !== 'number') return error;
  if (status === 413) return new CodedError('too-large', 'The body is too large: 128 KB at most.');
  if (status >= 400 && status < 500) return new CodedError('invalid-input', 'The request cannot be read.');
  return error;
}
