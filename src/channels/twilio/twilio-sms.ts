import { SECOND } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/log.js';
import { createTwilioClient } from './twilio-client.js';

export interface SmsSender {
  send(message: { to: string; text: string }): Promise<'sent' | 'failed'>;
}

export interface TwilioSmsOptions {
  accountSid: string;
  authToken: string;
  apiBaseUrl: string | undefined;
  from: string;
  log: Logger;
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>;
}

/** A message may be deleted once the carrier is done with it: it is asked again so long after it was sent. */
const DELETED_AFTER = [2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND];

/** Text messages over Twilio's REST API, deleted from its log once they are out (product.md, "Anonymity", rule 8). */
export function createTwilioSms(options: TwilioSmsOptions): SmsSender {
  const { log, wait } = options;
  const client = createTwilioClient(options);

  async function forget(sid: string): Promise<void> {
    for (const ms of DELETED_AFTER) {
      await wait(ms);
      try {
        if (await client.messages(sid).remove()) return;
      } catch (error) {
        log.debug('a text message cannot be deleted yet', { part: 'sms', code: codeOf(error) });
      }
    }
    log.error('a text message may remain in the log of the carrier; delete it there', {
      part: 'sms',
      count: 1,
    });
  }

  return {
    async send({ to, text }) {
      try {
        const { sid } = await client.messages.create({ to, from: options.from, body: text });
        await forget(sid);
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
