import { setTimeout as wait } from 'node:timers/promises';
import { asId, type LegId, type LineRequestId } from '../../kernel/ids.js';
import type { Logger } from '../../kernel/log.js';
import { errorFields } from '../../kernel/log.js';
import type { CallbackCarrier } from '../../phone-line/callbacks.js';
import type { CallerCarrier } from '../../phone-line/caller-carrier.js';
import type { Carrier, RingOutcome } from '../../phone-line/carrier.js';
import type { CarrierErasure } from '../../phone-line/carrier-records.js';
import type { ResponderId } from '../../phone-line/line.js';
import type { ContactId, ContactPurpose } from '../../privacy/vault-store.js';
import { createTwilioClient, statusOf, type TwilioApiOptions, withRetries } from './twilio-client.js';
import { address } from './twiml.js';

/** Where a responder is rung: an E.164 number, read from the vault for this one call. */
export interface DeskPhones {
  /** A phone its owner has verified. */
  of(responder: ResponderId): Promise<string | undefined>;
  /** Verified or not: for the call that says its code. */
  entered(responder: ResponderId): Promise<string | undefined>;
}

export interface TwilioCarrierOptions extends TwilioApiOptions {
  /** The line's own number: what a responder's phone shows (product.md, "Anonymity", rule 2). */
  from: string;
  publicUrl: () => string;
  deskPhones: DeskPhones;
  /** A number that a caller left, read from the vault for this one call. */
  callerPhone: (contact: ContactId, purpose: ContactPurpose) => Promise<string | undefined>;
  log: Logger;
}

const NOTICE_RINGS_SECONDS = 25;
const CALLBACK_RINGS_SECONDS = 25;
const FINAL = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);
/** A conference can be in use before the API lists it. */
const LOOK_AGAIN_MS = [0, 250, 750] as const;

interface PersonCall {
  contact: ContactId;
  purpose: ContactPurpose;
  seconds: number;
  /** What they hear once they answer. */
  url: string;
  statusCallback: string;
}

/** The phone line's carrier over Twilio's REST API. */
export function createTwilioCarrier(
  options: TwilioCarrierOptions,
): Carrier & CarrierErasure & CallbackCarrier & CallerCarrier {
  const { log, pause = wait } = options;
  const client = createTwilioClient(options);
  const hook = (path: string, query: Record<string, string>): string =>
    `${options.publicUrl()}${address(path, query)}`;
  const failed = (event: string, error: unknown): void =>
    log.warn(event, { part: 'carrier', status: statusOf(error), ...errorFields(error) });

  /** Rings somebody who left a number for it. */
  async function callPerson({
    contact,
    purpose,
    seconds,
    url,
    statusCallback,
  }: PersonCall): Promise<RingOutcome> {
    try {
      const to = await options.callerPhone(contact, purpose);
      if (to === undefined) return { kind: 'failed' };
      const create = () =>
        client.calls.create({
          ...{ to, from: options.from, url, method: 'POST', timeout: seconds },
          ...{ statusCallback, statusCallbackMethod: 'POST', statusCallbackEvent: ['completed'] },
        });
      const call = await withRetries(create, pause);
      return { kind: 'ringing', leg: asId<LegId>(call.sid) };
    } catch (error) {
      failed('somebody who asked for it could not be called', error);
      return { kind: 'failed' };
    }
  }

  /** The room of a request, looked for again when it is listed late. */
  const roomOf = async (request: LineRequestId): Promise<string | undefined> => {
    for (const ms of LOOK_AGAIN_MS) {
      await pause(ms);
      const list = () => client.conferences.list({ friendlyName: request, status: 'in-progress', limit: 1 });
      const [room] = await withRetries(list, pause);
      if (room !== undefined) return room.sid;
    }
    return undefined;
  };

  return {
    async ring({ responder, request, seconds, whisper = 'call' }) {
      const query = { r: request, p: responder, w: whisper };
      try {
        const to = await options.deskPhones.of(responder);
        if (to === undefined) return { kind: 'failed' };
        const create = () =>
          client.calls.create({
            to,
            from: options.from,
            url: hook('leg', query),
            method: 'POST',
            timeout: seconds,
            statusCallback: hook('leg-status', query),
            statusCallbackMethod: 'POST',
            statusCallbackEvent: ['completed'],
            machineDetection: 'Enable',
            asyncAmd: 'true',
            asyncAmdStatusCallback: hook('leg-machine', query),
            asyncAmdStatusCallbackMethod: 'POST',
          });
        const call = await withRetries(create, pause);
        return { kind: 'ringing', leg: asId<LegId>(call.sid) };
      } catch (error) {
        failed('a responder could not be rung', error);
        return { kind: 'failed' };
      }
    },
    async hangUp(leg) {
      try {
        await withRetries(() => client.calls(leg).update({ status: 'completed' }), pause);
      } catch (error) {
        failed('a leg could not be ended', error);
      }
    },
    async isOver(leg) {
      try {
        return FINAL.has((await client.calls(leg).fetch()).status);
      } catch (error) {
        return statusOf(error) === 404;
      }
    },
    ringCaller: ({ contact, purpose, request, conversation, language, seconds }) => {
      const query = { c: conversation, r: request, l: language };
      return callPerson({
        ...{ contact, purpose, seconds },
        url: hook('caller-leg', query),
        statusCallback: hook('caller-status', query),
      });
    },
    callBack: ({ callback, attempt, contact }) =>
      callPerson({
        ...{ contact, purpose: 'callback', seconds: CALLBACK_RINGS_SECONDS },
        url: hook('callback-answered', { b: callback }),
        statusCallback: hook('callback-status', { b: callback, n: String(attempt) }),
      }),
    async notify({ responder, notice }) {
      try {
        const to = await options.deskPhones.of(responder);
        if (to === undefined) return;
        await client.calls.create({
          to,
          from: options.from,
          url: hook('notice', { n: notice }),
          method: 'POST',
          timeout: NOTICE_RINGS_SECONDS,
          statusCallback: hook('notice-status', {}),
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['completed'],
        });
      } catch (error) {
        failed('a notice could not be rung', error);
      }
    },
    async sayCode({ responder, ticket }) {
      try {
        const to = await options.deskPhones.entered(responder);
        if (to === undefined) return 'failed';
        const create = () =>
          client.calls.create({
            ...{
              to,
              from: options.from,
              url: hook('desk-code', { p: responder, k: ticket }),
              method: 'POST',
            },
            ...{ timeout: NOTICE_RINGS_SECONDS, statusCallback: hook('notice-status', {}) },
            ...{ statusCallbackMethod: 'POST', statusCallbackEvent: ['completed'] },
          });
        await withRetries(create, pause);
        return 'ringing';
      } catch (error) {
        failed('a code could not be said', error);
        return 'failed';
      }
    },
    async setExit({ request, leg, closes }) {
      try {
        const room = await roomOf(request);
        if (room === undefined) return 'failed';
        const participant = client.conferences(room).participants(leg);
        await withRetries(() => participant.update({ endConferenceOnExit: closes }), pause);
        return 'set';
      } catch (error) {
        failed('a room could not be told who may leave it', error);
        return 'failed';
      }
    },
    async closeRoom(request) {
      try {
        const room = await roomOf(request);
        if (room === undefined) return;
        await withRetries(() => client.conferences(room).update({ status: 'completed' }), pause);
      } catch (error) {
        failed('a room could not be closed', error);
      }
    },
    async erase({ kind, sid }) {
      const resource = kind === 'call' ? client.calls(sid) : client.messages(sid);
      try {
        await resource.remove();
      } catch (error) {
        if (statusOf(error) !== 404) return 'kept';
      }
      return (await isGone(() => resource.fetch())) ? 'gone' : 'kept';
    },
  };
}

/** The proof that something is deleted is that the carrier no longer knows it. */
async function isGone(fetch: () => Promise<unknown>): Promise<boolean> {
  try {
    await fetch();
    return false;
  } catch (error) {
    return statusOf(error) === 404;
  }
}
