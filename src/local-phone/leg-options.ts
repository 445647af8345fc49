import type { CallLeg } from './call-leg.js';
import type { CallEvent } from './callee.js';
import type { Party } from './party.js';
import type { PhoneClock } from './phone-clock.js';
import type { Rooms } from './rooms.js';
import type { Fields, Method, SendSigned } from './signed-webhook.js';
import type { Verb } from './twiml.js';

export interface LegOptions {
  sid: string;
  /** First document, and how it is fetched. */
  url: string;
  method?: Method;
  /** Where the carrier goes when `url` or a later document fails; held by the carrier, as a number's fallback. */
  fallbackUrl?: string;
  /** Fields every request carries: From, To, AccountSid, Direction. */
  fields: Fields;
  party: Party;
  rooms: Rooms;
  clock: PhoneClock;
  send: SendSigned;
  /** Told of each status somebody asked to know, in order. */
  statusCallback: string | undefined;
  statusEvents?: readonly CallEvent[];
  /** Dials numbers for a Dial. */
  dial?: DialOut;
}

/** Rings numbers for a leg. @returns the fields its action is told */
export type DialOut = (from: CallLeg, dial: Verb, signal: AbortSignal) => Promise<Fields>;

export type LegEnd =
  | { kind: 'completed' }
  | { kind: 'rejected'; reason: 'busy' | 'rejected' }
  | { kind: 'failed'; status: number }
  /** A document that is not TwiML, and what is wrong with it. */
  | { kind: 'twiml-error'; message: string };

/** Where to go after a verb: the next one, another document, or the end. */
export type Next =
  | { kind: 'on' }
  | { kind: 'go'; url: string; method: Method; fields: Fields }
  | { kind: 'document'; xml: string }
  | { kind: 'end'; end?: LegEnd };
