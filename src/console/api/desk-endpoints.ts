import { z } from 'zod';
import type { Account } from '../../accounts/account.js';
import { AUTHORS, CHANNELS, HAND_BACKS } from '../../conversations/conversation.js';
import { ALERT_OUTCOMES, type Alert } from '../../handoff/alert.js';
import type { DeskOutcome, Operator } from '../../handoff/desk.js';
import { DESK_FILTERS, DESK_PARTS, type DeskRow } from '../../handoff/desk-list.js';
import { ORIENTATIONS, OUTCOMES } from '../../handoff/outcome.js';
import type { ErrorCode } from '../../kernel/errors.js';
import type { AlertId, ConversationId } from '../../kernel/ids.js';
import { acknowledgeAlert, closeAlert } from '../desk/alert-acts.js';
import { type DeskParts, operatorOf } from '../desk/desk-parts.js';
import { type AnyEndpoint, type ApiAnswer, endpoint } from './endpoint.js';
import { DONE, done, idIn, idParams, isoOf, time } from './fields.js';
import { cursorOf, pageOf, pageQuery, positionOf } from './paging.js';

export type DeskEndpointParts = Pick<DeskParts, 'alerts' | 'audit' | 'desk' | 'help' | 'presences'>;

const alertSchema = z.object({
  id: z.string(),
  conversation: z.string(),
  reason: z.string(),
  openedAt: time,
  state: z.enum(['open', 'acknowledged', 'closed']),
  by: z.string().nullable(),
});
const rowSchema = z.object({
  id: z.string(),
  place: z.enum(DESK_PARTS),
  since: time,
  channel: z.enum(CHANNELS).nullable().describe('null when the caller has erased the conversation.'),
  owner: z.enum(['bot', 'queue', 'operator', 'closed']).nullable(),
  ownerId: z.string().nullable(),
  alert: alertSchema.nullable(),
});
const messageSchema = z.object({
  seq: z.int(),
  from: z.enum(AUTHORS),
  text: z.string().describe('Masked.'),
  at: time,
});

/** What may happen to an act, as the console says it and as the API answers it. */
const PROBLEMS: Readonly<Record<Exclude<DeskOutcome['kind'], 'done' | 'ringing'>, [ErrorCode, string]>> = {
  lost: ['conflict', 'Somebody else has this conversation, or it is over.'],
  'alert-open': ['conflict', 'An alert is open: close it first.'],
  busy: ['conflict', 'The caller, or you, are on another call.'],
  'by-phone': ['conflict', 'A call is passed on by telephone.'],
  unknown: ['not-found', 'This conversation no longer exists.'],
};

const answerOf = (outcome: DeskOutcome): ApiAnswer<z.input<typeof done>> => {
  if (outcome.kind === 'done' || outcome.kind === 'ringing') return DONE;
  const [problem, detail] = PROBLEMS[outcome.kind];
  return { problem, detail };
};

/** Conversations and alerts, by the same services as the desk. */
export function deskEndpoints(parts: DeskEndpointParts): AnyEndpoint[] {
  return [...conversationEndpoints(parts), ...alertEndpoints(parts)];
}

function conversationEndpoints(parts: DeskEndpointParts): AnyEndpoint[] {
  const { desk, audit } = parts;
  const act = <Body extends z.ZodType>(
    name: string,
    { summary, body }: { summary: string; body?: Body },
    run: (id: ConversationId, by: Operator, given: z.output<Body>) => Promise<DeskOutcome>,
  ): AnyEndpoint =>
    endpoint({
      ...{ method: 'post', path: `/conversations/{id}/${name}`, permission: 'desk:act', summary },
      ...{ params: idParams, answer: done, ...(body === undefined ? {} : { body }) },
      handle: async ({ account, params, body: given }) =>
        answerOf(
          await run(idIn<ConversationId>(params), await operatorOf(parts, account), given as z.output<Body>),
        ),
    });

  return [
    endpoint({
      ...{ method: 'get', path: '/conversations', permission: 'desk:see' },
      summary: 'Danger first, then who has waited longest; pages of 50',
      query: pageQuery.pick({ cursor: true }).extend({ filter: z.enum(DESK_FILTERS).default('all') }),
      answer: pageOf(rowSchema),
      async handle({ account, query: { cursor, filter } }) {
        const page = cursor === undefined ? 1 : Number(positionOf(cursor)) || 1;
        const found = await desk.page({ filter, page, me: account.id });
        const next = found.page < found.pages ? cursorOf(found.page + 1) : null;
        return { body: { items: found.rows.map(rowOf), next } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/conversations/{id}', permission: 'desk:see', params: idParams },
      summary: 'What was said, masked; reading is recorded',
      answer: z.object({ id: z.string(), messages: z.array(messageSchema) }),
      async handle({ account, params }) {
        const id = idIn<ConversationId>(params);
        await audit.record({ by: account.id, act: 'transcript-read', on: id });
        const found = await desk.transcript(id);
        if (found === undefined)
          return { problem: 'not-found', detail: 'This conversation no longer exists.' };
        return { body: { id, messages: found.messages.map((one) => ({ ...one, at: isoOf(one.at) })) } };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/presence', permission: 'desk:act', answer: done },
      summary:
        'Says that somebody is there: who has a conversation does so every 5 s, or it goes back to the queue',
      async handle({ account }) {
        await parts.presences.beat(account);
        return DONE;
      },
    }),
    act('claim', { summary: 'Takes it over; one wins' }, desk.claim),
    act(
      'reply',
      { summary: 'Answers the caller', body: z.object({ text: z.string().trim().min(1).max(4_000) }) },
      (id, by, { text }) => desk.reply(id, by, text),
    ),
    act(
      'hand-back',
      { summary: 'Gives it back to the bot', body: z.object({ next: z.enum(HAND_BACKS) }) },
      (id, by, { next }) => desk.handBack(id, by, next),
    ),
    act(
      'close',
      {
        summary: 'Ends it, with how it ended',
        body: z.object({ outcome: z.enum(OUTCOMES), orientation: z.enum(ORIENTATIONS) }),
      },
      desk.close,
    ),
  ];
}

const MOST_ALERTS = 500;

function alertEndpoints(parts: DeskEndpointParts): AnyEndpoint[] {
  const { alerts } = parts;
  const unknown = { problem: 'not-found', detail: 'There is no such alert.' } as const;
  return [
    endpoint({
      ...{ method: 'get', path: '/alerts', permission: 'desk:see' },
      summary: 'Alerts that are not closed, oldest first; all in one page',
      answer: pageOf(alertSchema),
      handle: async () => ({ body: { items: (await alerts.live(MOST_ALERTS)).map(alertOf), next: null } }),
    }),
    endpoint({
      ...{ method: 'post', path: '/alerts/{id}/acknowledge', permission: 'desk:act', params: idParams },
      ...{ summary: 'Takes it, and its conversation when nobody has it', answer: done },
      async handle({ account, params }) {
        const by = await operatorOf(parts, account);
        const outcome = await acknowledgeAlert(parts, idIn<AlertId>(params), by);
        if (outcome.kind === 'already') return { problem: 'conflict', detail: 'Somebody has this alert.' };
        return outcome.kind === 'unknown' ? unknown : DONE;
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/alerts/{id}/close', permission: 'desk:act', params: idParams },
      ...{ summary: 'Closes one’s own alert, with how it ended', answer: done },
      body: z.object({ outcome: z.enum(ALERT_OUTCOMES) }),
      async handle({ account, params, body: { outcome } }) {
        const by: Pick<Account, 'id' | 'pseudonym'> = account;
        const closed = await closeAlert(parts, idIn<AlertId>(params), { by, outcome });
        if (closed.kind === 'not-yours')
          return { problem: 'conflict', detail: 'Only who has taken the alert closes it.' };
        return closed.kind === 'unknown' ? unknown : DONE;
      },
    }),
  ];
}

const alertOf = ({ id, conversation, reason, openedAt, state }: Alert) => ({
  ...{ id, conversation, reason, state: state.kind, by: 'by' in state ? state.by : null },
  openedAt: isoOf(openedAt),
});

const rowOf = ({ conversation, place, head, alert }: DeskRow) => ({
  ...{ id: conversation, place: place.part, since: isoOf(place.since) },
  channel: head?.channel ?? null,
  owner: head?.owner.kind ?? null,
  ownerId: head?.owner.kind === 'operator' ? head.owner.staff : null,
  alert: alert === undefined ? null : alertOf(alert),
});
