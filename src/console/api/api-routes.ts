import { type ErrorRequestHandler, json, type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import type { ApiTokens } from '../../accounts/api-token.js';
import { may } from '../../accounts/permissions.js';
import { CodedError } from '../../kernel/errors.js';
import { errorFields, type Logger } from '../../kernel/log.js';
import { type StaffSessions, sameSecret } from '../staff-session.js';
import type { AnyEndpoint, ApiAnswer, ApiRequest } from './endpoint.js';
import { openApiOf } from './openapi.js';
import { problemOf, sendProblem } from './problem.js';

export interface ApiFrameParts {
  endpoints: readonly AnyEndpoint[];
  sessions: StaffSessions;
  apiTokens: Pick<ApiTokens, 'find'>;
  log: Logger;
}

interface Caller {
  account: Account;
  csrf: string;
}

const BEARER = /^Bearer ([\w-]{1,200})$/i;

/** Closed by default: whatever is served here was declared with a permission, and is in the OpenAPI document. */
export function createApiRoutes(parts: ApiFrameParts): Router {
  const { endpoints, log } = parts;
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store').set('X-Content-Type-Options', 'nosniff');
    next();
  });
  const serve = (declared: AnyEndpoint): void => {
    const path = declared.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[declared.method](path, allow(parts, declared), json({ limit: '16kb' }), run(declared));
  };
  for (const declared of endpoints) serve(declared);
  router.get(
    '/openapi.json',
    allow(parts, { permission: 'account:own', method: 'get' }),
    (_request, response) => {
      response.json(openApiOf(endpoints));
    },
  );
  router.use(() => {
    throw new CodedError('not-found', 'There is nothing at this address; see /api/v1/openapi.json.');
  });
  router.use(answerProblem(log));
  return router;
}

/** Who asks, and whether they may: before anything of the request is read. */
function allow(parts: ApiFrameParts, { permission, method }: Pick<AnyEndpoint, 'permission' | 'method'>) {
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    const caller = await callerOf(parts, request, method !== 'get');
    if (!may(caller.account, permission))
      throw new CodedError('forbidden', 'Your account does not allow this.');
    response.locals.caller = caller;
    next();
  };
}

/** A program has a token; a browser has its session, and for changes the header no other site can send. */
async function callerOf(
  { sessions, apiTokens }: ApiFrameParts,
  request: Request,
  changes: boolean,
): Promise<Caller> {
  const secret = BEARER.exec(request.get('authorization') ?? '')?.[1];
  if (secret !== undefined) {
    const account = await apiTokens.find(secret);
    if (account === undefined) throw new CodedError('unauthenticated', 'The token is unknown or has ended.');
    return { account, csrf: '' };
  }
  const session = await sessions.identify(request);
  if (session === undefined)
    throw new CodedError(
      'unauthenticated',
      'Sign in to the console, or send a token: Authorization: Bearer.',
    );
  if (changes && !sameSecret(request.get('x-csrf-token') ?? '', session.csrf))
    throw new CodedError('forbidden', 'Changes from a browser carry X-CSRF-Token; see /api/v1/me.');
  return session;
}

function run(declared: AnyEndpoint) {
  return async (request: Request, response: Response): Promise<void> => {
    const { account, csrf } = response.locals.caller as Caller;
    const given: ApiRequest<unknown, unknown, unknown> = {
      account,
      csrf,
      params: checked(declared.params, request.params, 'The address'),
      query: checked(declared.query, request.query, 'The query'),
      body: checked(declared.body, request.body, 'The body'),
      version: declared.edits === true && declared.marks !== true ? Number(tagOf(request, VERSION)) : 0,
      mark: declared.edits === true && declared.marks === true ? tagOf(request, MARK) : '',
    };
    send(response, declared, await declared.handle(given), given.body);
  };
}

function checked(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new CodedError('invalid-input', `${where} will not do: ${faults.slice(0, 5).join('; ')}`);
}

const VERSION = /^"(\d{1,9})"$/;
const MARK = /^"([\w-]{1,40})"$/;

function tagOf(request: Request, form: RegExp): string {
  const given = request.get('if-match');
  if (given === undefined)
    throw new CodedError('version-missing', 'An edit carries If-Match, with the ETag of what was read.');
  const tag = form.exec(given)?.[1];
  if (tag === undefined) throw new CodedError('invalid-input', 'If-Match is one strong ETag: "3".');
  return tag;
}

function send(response: Response, { answer }: AnyEndpoint, result: ApiAnswer<unknown>, given: unknown): void {
  if ('problem' in result) {
    const { problem: code, detail, current } = result;
    const versions = current === undefined ? {} : { current: answer.parse(current), given };
    sendProblem(response, { code, detail, ...versions });
    return;
  }
  if (result.version !== undefined) response.set('ETag', `"${result.version}"`);
  response.status(result.status ?? 200).json(answer.parse(result.body));
}

function answerProblem(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem.code === 'internal')
      log.error('a request to the staff API failed', {
        ...{ method: request.method, route: request.route?.path ?? 'none' },
        ...errorFields(error),
      });
    sendProblem(response, problem);
  };
}
