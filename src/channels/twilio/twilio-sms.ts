import type { Logger } from '../../kernel/log.js';
import type { CarrierRecords } from '../../phone-line/carrier-records.js';
import { toTexts } from './sms-text.js';
import { createTwilioClient } from './twilio-client.js';

export interface SmsSender {
  /** A long message goes out as several texts. `failed`: not all of it could be sent. */
  send(message: { to: string; text: string }): Promise<'sent' | 'failed'>;
}

export interface TwilioSmsOptions {
  accountSid: string;
  authToken: string;
  apiBaseUrl: string | undefined;
  /** A number, or a name that can receive nothing. */
  from: string;
  /** The carrier is to forget each text after use (product.md, "Anonymity", rule 8). */
  carrierRecords: Pick<CarrierRecords, 'forget'>;
  log: Logger;
}

/** Text messages over Twilio's REST API. */
export function createTwilioSms(options: TwilioSmsOptions): SmsSender {
  const { log, from, carrierRecords } = options;
  const client = createTwilioClient(options);
  return {
    async send({ to, text }) {
      try {
        for (const body of toTexts(text)) {
          const { sid } = await client.messages.create({ to, from, body });
          await carrierRecords.forget({ kind: 'message', sid });
        }
        return 'sent';
      } catch (error) {
        log.warn('a text message could not be sent', { part: 'sms', code: codeOf(error) });
        return 'failed';
      }
    },
  };
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
