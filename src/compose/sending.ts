import { createSmtpMailer } from '../channels/email/smtp-mailer.js';
import { createTwilioSms } from '../channels/twilio/twilio-sms.js';
import type { Config } from '../config.js';
import type { Conversations } from '../conversations/conversations.js';
import type { Logger } from '../kernel/log.js';
import type { Messenger } from '../messages/messenger.js';
import type { CarrierRecords } from '../phone-line/carrier-records.js';
import type { TextThreads } from '../phone-line/text-threads.js';
import type { TextConversations, TextSender } from '../voice/text-flow.js';

interface Sending {
  log: Logger;
  carrierRecords: CarrierRecords;
  textThreads: TextThreads;
}

/** Ways of sending that the configuration has; none, and no contact is ever asked for. */
export function messengerOf(
  { twilio, smsFrom, smtpUrl }: Config,
  { textThreads, ...parts }: Sending,
): Messenger {
  const sms =
    twilio === undefined || smsFrom === undefined
      ? undefined
      : createTwilioSms({ ...twilio, ...parts, from: smsFrom });
  const mailer = smtpUrl === undefined ? undefined : createSmtpMailer(smtpUrl, parts.log);
  return {
    ways: [
      ...(sms === undefined ? [] : (['sms'] as const)),
      ...(mailer === undefined ? [] : (['email'] as const)),
    ],
    async send({ way, ...message }) {
      if (way === 'sms' && (await textThreads.isStopped(message.to))) return 'failed';
      return (await (way === 'sms' ? sms : mailer)?.send(message)) ?? 'failed';
    },
  };
}

/** Texts are answered from a number that can receive: the one for texts, or the line's own. */
export function textSenderOf({ twilio, smsFrom }: Config, parts: Omit<Sending, 'textThreads'>): TextSender {
  if (twilio === undefined) return { send: async () => 'failed' };
  const from = smsFrom?.startsWith('+') === true ? smsFrom : twilio.number;
  return createTwilioSms({ ...twilio, ...parts, from });
}

const TEXTED_AT_ONCE = 50;

/** What the texts need of a conversation. */
export const textConversations = (conversations: Conversations): TextConversations => ({
  open: async (id) => {
    await conversations.open({ channel: 'sms', language: 'fr', id });
  },
  messages: async (id, after) => (await conversations.transcript(id, after, TEXTED_AT_ONCE)) ?? [],
});
