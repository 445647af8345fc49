import type { Response } from 'express';
import { z } from 'zod';
import { CodedError, describeError, type ErrorCode } from '../../kernel/errors.js';

/** RFC 9457. `code` is ours and stable; `current` and `given` are the two versions of a refused edit. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  current: z.unknown().optional(),
  given: z.unknown().optional(),
});

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

export function sendProblem(
  response: Response,
  { code, detail, ...versions }: { code: ErrorCode; detail: string; current?: unknown; given?: unknown },
): void {
  const { status } = new CodedError(code, detail);
  const title = TITLES[status] ?? 'Internal Server Error';
  const problem = { type: 'about:blank', title, status, code, detail, ...versions };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** What was thrown: ours tells its code, a body parser its status, anything else is a fault of ours. */
export function problemOf(error: unknown): { code: ErrorCode; detail: string } {
  const status = (error as { status?: unknown } | null)?.status;
  if (!(error instanceof CodedError) && typeof status === 'number' && status < 500)
    return status === 413
      ? { code: 'too-large', detail: 'The body is too large: 16 KB at most.' }
      : { code: 'invalid-input', detail: 'The body is not JSON.' };
  const { code, message } = describeError(error);
  return { code, detail: message };
}
