import { asId, type LegId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/log.js';
import { errorFields } from '../../kernel/log.js';
import type { Carrier } from '../../phone-line/carrier.js';
import type { ResponderId } from '../../phone-line/line.js';
import { twilioClient } from './twilio-client.js';
import { address } from './twiml.js';

/** Where a responder is rung: an E.164 number, read from the vault for this one call. */
export interface DeskPhones {
  of(responder: ResponderId): Promise<string | undefined>;
}

export interface TwilioCarrierOptions {
  accountSid: string;
  authToken: string;
  /** The line's own number: what a responder's phone shows (product.md, "Anonymity", rule 2). */
  from: string;
  /** Origin of Twilio's API, or of the loopback network of the local phone. */
  apiBaseUrl: string | undefined;
  publicUrl: () => string;
  deskPhones: DeskPhones;
  log: Logger;
}

/** The phone line's carrier over Twilio's REST API. */
export function createTwilioCarrier(options: TwilioCarrierOptions): Carrier {
  const { log } = options;
  const client = twilioClient(options);
  const hook = (path: string, query: Record<string, string>): string =>
    `${options.publicUrl()}${address(path, query)}`;

  return {
    async ring({ responder, request, seconds }) {
      const to = await options.deskPhones.of(responder);
      if (to === undefined) return { kind: 'failed' };
      const query = { r: request, p: responder };
      try {
        const call = await client.calls.create({
          to,
          from: options.from,
          url: hook('leg', query),
          method: 'POST',
          timeout: seconds,
          statusCallback: hook('leg-status', query),
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['completed'],
        });
        return { kind: 'ringing', leg: asId<LegId>(call.sid) };
      } catch (error) {
        log.warn('a responder could not be rung', { part: 'carrier', ...errorFields(error) });
        return { kind: 'failed' };
      }
    },
    async hangUp(leg) {
      try {
        await client.calls(leg).update({ status: 'completed' });
      } catch (error) {
        log.info('a leg could not be ended', { part: 'carrier', ...errorFields(error) });
      }
    },
  };
}
