import { z } from 'zod';
import { CodedError } from '../../kernel/errors.js';
import { asId, type ConversationId, type LegId, type LineRequestId, type StaffId } from '../../kernel/ids.js';
import type { CallbackId } from '../../phone-line/callback-store.js';
import { STAFF_NOTICES } from '../../phone-line/carrier.js';
import type { ResponderId } from '../../phone-line/line.js';

const ourId = z.string().regex(/^[\w-]{1,64}$/);
const conversation = ourId.transform((text) => asId<ConversationId>(text));
const request = ourId.transform((text) => asId<LineRequestId>(text));
const callback = ourId.transform((text) => asId<CallbackId>(text));
const responder = ourId.transform((text) => asId<ResponderId>(text));
const callSid = z.string().regex(/^CA[0-9a-f]{32}$/i);
const leg = callSid.transform((text) => asId<LegId>(text));
const counter = z.coerce.number().int().min(0).max(1_000_000);

/** Hashed at once, and nowhere kept; absent or withheld for some. */
const number = z.string().max(64).default('');
export const callBody = z.object({ CallSid: callSid });
export const incomingBody = callBody.extend({ From: number });

const keys = z.string().regex(/^[0-9*#]{0,32}$/);
/** `r`: the request waited for meanwhile; `k`: keys that were keyed before coming back. */
export const turnQuery = z.object({
  c: conversation,
  t: counter,
  r: request.optional(),
  k: keys.optional(),
});
export const turnBody = callBody.extend({
  Digits: keys.optional(),
  /** Speech recognition may return long tellings; the screen reads them whole. */
  SpeechResult: z.string().max(20_000).optional(),
});

/** `s`: the caller asked to be spoken to slowly. */
export const waitQuery = z.object({ c: conversation, r: request, n: counter, s: z.literal('1').optional() });
export const roomQuery = z.object({ c: conversation, r: request });
export const legQuery = z.object({ r: request, p: responder });
/** `w`: what whoever is rung hears first. */
export const pickedUpQuery = legQuery.extend({
  w: z.enum(['call', 'transfer', 'take-over', 'callback']).default('call'),
});
/** The phone of a caller who asked to be called. */
export const calledQuery = roomQuery.extend({ l: z.enum(['fr', 'en']).default('fr') });
/** `k`: a code, sealed. */
export const deskCodeQuery = z.object({
  p: ourId.transform((text) => asId<StaffId>(text)),
  k: z.string().regex(/^[\w-]{20,200}$/),
});
export const noticeQuery = z.object({ n: z.enum(STAFF_NOTICES) });
/** `n`: which attempt, from 1. */
export const callbackQuery = z.object({ b: callback });
export const callbackStatusQuery = callbackQuery.extend({ n: counter });
export const callbackKeyBody = callBody.extend({ Digits: z.string().max(4).default('') });
export const legKeyBody = z.object({ CallSid: leg, Digits: z.string().max(4).default('') });

export const CALL_STATUSES = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;
export const dialBody = z.object({ DialCallStatus: z.string().max(20).default('') });
export const machineBody = z.object({ AnsweredBy: z.string().max(30).default('unknown') });
export const statusBody = incomingBody.extend({ CallStatus: z.enum(CALL_STATUSES) });

/** @throws CodedError `invalid-input` that names the fields, never what they hold */
export function parseWebhook<T extends z.ZodType>(shape: T, value: unknown): z.infer<T> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => String(path[0])).slice(0, 5);
  throw new CodedError(
    'invalid-input',
    `These webhook fields are missing or malformed: ${fields.join(', ')}.`,
  );
}
