import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { CodedError } from '../../kernel/errors.js';

const party = z.object({ id: z.string().min(1).max(500) });

/** What is used of a channel's activity; names, zones and entities are dropped at the door. */
const activitySchema = z.object({
  type: z.string().min(1).max(60),
  id: z.string().min(1).max(500),
  text: z.string().max(131_072).nullish(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(500),
  locale: z.string().max(35).nullish(),
  conversation: party,
  from: party,
  recipient: party,
});

/** @throws CodedError `invalid-input` */
export function parseChannelActivity(body: unknown): Partial<Activity> {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) throw new CodedError('invalid-input', 'This is no Bot Framework activity.');
  const { text, locale, conversation, from, recipient, ...rest } = parsed.data;
  return {
    ...rest,
    text: text ?? '',
    locale: locale ?? 'fr',
    conversation: { ...conversation, isGroup: false, conversationType: 'personal', name: '' },
    from: { ...from, name: '' },
    recipient: { ...recipient, name: '' },
  };
}
