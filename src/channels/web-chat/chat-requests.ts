import type { Request } from 'express';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../conversations/conversation.js';
import { CodedError } from '../../kernel/errors.js';

const startSchema = z.object({
  language: z.enum(LANGUAGES).optional(),
  locale: z.string().max(35).optional(),
});

/** What is used of an activity; everything else a client tells (its zone, its clock, its name) is dropped. */
const activitySchema = z
  .object({
    type: z.enum(['message', 'typing', 'event', 'endOfConversation']),
    text: z.string().max(131_072).nullish(),
    attachments: z.array(z.unknown()).max(0).nullish(),
    channelData: z.object({ clientActivityID: z.string().min(1).max(100).optional() }).nullish(),
  })
  .refine(({ type, text }) => type !== 'message' || (text ?? '').trim() !== '', { path: ['text'] });

export interface IncomingActivity {
  type: 'message' | 'typing' | 'event' | 'endOfConversation';
  text: string;
  clientActivityId: string | undefined;
}

/** @throws CodedError `unauthenticated` */
export function bearer(request: Request): string {
  const match = /^Bearer (\S{1,4000})$/.exec(request.get('authorization') ?? '');
  if (match?.[1] === undefined) throw new CodedError('unauthenticated', 'A bearer token is required.');
  return match[1];
}

/** @throws CodedError `invalid-input` */
export function languageOfBody(body: unknown): Language {
  const parsed = startSchema.safeParse(body ?? {});
  if (!parsed.success) throw new CodedError('invalid-input', 'The language is fr or en.');
  const { language, locale } = parsed.data;
  return language ?? (locale?.toLowerCase().startsWith('en') ? 'en' : 'fr');
}

const resumeSchema = z.object({ code: z.string().max(40) });

/** @throws CodedError `invalid-input` */
export function codeOfBody(body: unknown): string {
  const parsed = resumeSchema.safeParse(body);
  if (!parsed.success) throw new CodedError('invalid-input', 'A resume code is twelve letters and digits.');
  return parsed.data.code;
}

/** Without a watermark everything is sent again: a page that was reloaded has nothing. */
export function watermarkOf(given: unknown): number {
  const watermark = typeof given === 'string' ? Number(given) : 0;
  return Number.isSafeInteger(watermark) && watermark >= 0 ? watermark : 0;
}

/** @throws CodedError `invalid-input` */
export function parseActivity(body: unknown): IncomingActivity {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success)
    throw new CodedError('invalid-input', 'The activity is not a text message: files are not taken.');
  const { type, text, channelData } = parsed.data;
  return { type, text: text ?? '', clientActivityId: channelData?.clientActivityID };
}
