import { z } from 'zod';
import type { ErrorCode } from '../../kernel/errors.js';
import type { StaffId } from '../../kernel/ids.js';
import type { CallbackId } from '../../phone-line/callback-store.js';
import type { CallbackActs } from '../office/callback-pages.js';
import { type AnyEndpoint, type ApiAnswer, endpoint } from './endpoint.js';
import { DONE, done, idIn, idParams, isoOf, time } from './fields.js';
import { pageOf } from './paging.js';

export interface CallbackEndpointParts {
  callbacks: CallbackActs;
}

const callbackSchema = z.object({
  id: z.string(),
  language: z.enum(['fr', 'en']),
  from: time,
  to: time,
  mayLeaveMessage: z.boolean(),
  state: z.enum(['open', 'claimed', 'calling', 'done']),
  by: z.string().nullable().describe('Who has it.'),
  attempts: z.array(z.object({ by: z.string(), at: time, reached: z.boolean().nullable() })),
});

const PROBLEMS: Readonly<Record<string, [ErrorCode, string]>> = {
  taken: ['conflict', 'Somebody else has this callback.'],
  over: ['not-found', 'This callback is over.'],
  busy: ['conflict', 'You are on another call.'],
  'not-yours': ['conflict', 'Take the callback first.'],
  'too-early': ['conflict', 'Its time has not come.'],
};
const answerOf = (kind: string): ApiAnswer<z.input<typeof done>> => {
  const [problem, detail] = PROBLEMS[kind] ?? [];
  return problem === undefined || detail === undefined ? DONE : { problem, detail };
};

/** Those who asked to be called, without their numbers. */
export function callbackEndpoints({ callbacks }: CallbackEndpointParts): AnyEndpoint[] {
  const act = <Body extends z.ZodType>(
    name: string,
    { summary, body }: { summary: string; body?: Body },
    run: (id: CallbackId, by: StaffId, given: z.output<Body>) => Promise<string>,
  ): AnyEndpoint =>
    endpoint({
      ...{ method: 'post', path: `/callbacks/{id}/${name}`, permission: 'desk:act', params: idParams },
      ...{ summary, answer: done, ...(body === undefined ? {} : { body }) },
      handle: async (request) =>
        answerOf(await run(idIn<CallbackId>(request.params), request.account.id, request.body as never)),
    });
  return [
    endpoint({
      ...{ method: 'get', path: '/callbacks', permission: 'desk:see' },
      summary: 'Callbacks that are not done, those whose time ends first; at most 200, all in one page',
      answer: pageOf(callbackSchema),
      async handle() {
        const items = (await callbacks.list()).map((one) => ({
          ...one,
          ...{ from: isoOf(one.from), to: isoOf(one.to) },
          attempts: one.attempts.map((attempt) => ({ ...attempt, at: isoOf(attempt.at) })),
        }));
        return { body: { items, next: null } };
      },
    }),
    act('claim', { summary: 'Takes it; one wins' }, async (id, by) => (await callbacks.claim(id, by)).kind),
    act('release', { summary: 'Gives it back' }, async (id, by) => {
      await callbacks.release(id, by);
      return 'done';
    }),
    act(
      'call',
      { summary: 'Rings one’s own desk phone, then the person' },
      async (id, by) => (await callbacks.call(id, by)).kind,
    ),
    act(
      'done',
      { summary: 'Ends it', body: z.object({ outcome: z.enum(['reached', 'unreached']) }) },
      (id, by, { outcome }) => callbacks.done(id, by, outcome),
    ),
  ];
}
