import { createHmac } from 'node:crypto';
import { type Clock, DAY, HOUR, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { asId, type ConversationId, type LegId, type LineRequestId, newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { readPhone } from '../messages/contact.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type {
  Callback,
  CallbackAttempt,
  CallbackId,
  CallbackOutcome,
  CallbackState,
  CallbackStore,
} from './callback-store.js';
import type { RingOutcome } from './carrier.js';
import { ATTEMPTS } from './change-request.js';
import type { LineLanguage, ResponderId } from './line.js';
import type { BringInOutcome, PhoneLine } from './phone-line.js';

export const MOST_ATTEMPTS = 3;
/** Who has taken a callback and does nothing gives it back after this. */
export const CLAIM_LASTS = 15 * MINUTE;
/** A call whose end was never told is over for certain after this. */
const CALL_LASTS = 3 * HOUR;
const DONE_KEPT = 30 * DAY;
const LISTED = 200;

export type AskOutcome =
  | { kind: 'kept'; id: CallbackId }
  | { kind: 'not-a-number' }
  /** This number is to be called back already: the same callback. */
  | { kind: 'exists'; id: CallbackId };

export type ClaimOutcome = { kind: 'claimed' } | { kind: 'taken'; by: ResponderId } | { kind: 'over' };

export type CallOutcome = BringInOutcome | { kind: 'not-yours' } | { kind: 'too-early' };

/** A callback as staff see it: when, how often it was tried and by whom; never the number. */
export interface CallbackEntry
  extends Pick<Callback, 'id' | 'conversation' | 'language' | 'from' | 'to' | 'mayLeaveMessage' | 'askedAt'> {
  state: CallbackState['kind'];
  /** Who has it. */
  by: ResponderId | null;
  attempts: readonly CallbackAttempt[];
}

/** The carrier, as far as it calls somebody who asked for it. The number is opened from the vault for this call. */
export interface CallbackCarrier {
  /** @param call `attempt` counts from 1 */
  callBack(call: {
    callback: CallbackId;
    attempt: number;
    contact: Callback['contact'];
  }): Promise<RingOutcome>;
  hangUp(leg: LegId): Promise<void>;
  closeRoom(request: LineRequestId): Promise<void>;
}

export interface Callbacks {
  /**
   * Keeps a number for one callback, with consent. `mayLeaveMessage` only when the caller said so.
   * @param number as it was keyed, typed or said
   */
  ask(asked: {
    conversation: ConversationId;
    number: string;
    language: LineLanguage;
    /** Epoch milliseconds, UTC. */
    window: { from: number; to: number };
    mayLeaveMessage: boolean;
  }): Promise<AskOutcome>;
  /** The caller no longer wants it; the number is destroyed at once. */
  withdraw(id: CallbackId): Promise<void>;
  /** What is still to be called, first whose time ends first. */
  list(): Promise<CallbackEntry[]>;
  get(id: CallbackId): Promise<Callback | undefined>;
  /** One of several wins; the same person may say it twice. */
  claim(id: CallbackId, by: ResponderId): Promise<ClaimOutcome>;
  release(id: CallbackId, by: ResponderId): Promise<void>;
  /** Rings the desk phone of who has claimed it; pressing 1 calls the number. */
  call(id: CallbackId, by: ResponderId): Promise<CallOutcome>;
  /** Whoever has it says how it ended. Without it, a talk is `reached` and the third failure `unreached`. */
  done(id: CallbackId, by: ResponderId, outcome: 'reached' | 'unreached'): Promise<'done' | 'not-yours'>;
  /** The desk phone has accepted: the number is called. `nobody`: it cannot be. */
  staffReady(request: LineRequestId): Promise<'ringing' | 'nobody'>;
  /** The person themselves pressed 1, and enters the room of this request; `undefined`: nobody waits there. */
  personReady(id: CallbackId): Promise<LineRequestId | undefined>;
  /** One of the two legs is over, or never was: whoever is left is let go, and the attempt is counted once. */
  legOver(id: CallbackId, attempt: number): Promise<void>;
  /** The desk phone of this request is over; a request that is no callback's is no error. */
  staffOver(request: LineRequestId): Promise<void>;
  /** Gives back what was claimed and forgotten, ends what is over, destroys its numbers; returns how many. */
  sweep(): Promise<number>;
}

export function createCallbacks(parts: {
  clock: Clock;
  random: Random;
  key: Buffer;
  store: CallbackStore;
  contacts: Pick<ContactVault, 'keep' | 'withdraw'>;
  line: Pick<PhoneLine, 'bringIn' | 'enter' | 'leave'>;
  carrier: CallbackCarrier;
  /** Told once of each thing. */
  happened: (what: 'asked' | CallbackOutcome) => void;
}): Callbacks {
  const { clock, random, key, store, contacts, line, carrier } = parts;

  const change = async (
    id: CallbackId,
    next: (callback: Callback) => Partial<Callback> | undefined,
  ): Promise<Callback | undefined> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const callback = await store.get(id);
      const changed = callback === undefined ? undefined : next(callback);
      if (callback === undefined || changed === undefined) return undefined;
      const saved = { ...callback, ...changed, version: callback.version + 1 };
      if ((await store.save(saved)) === 'saved') return callback;
    }
    return undefined;
  };

  const finish = async (
    id: CallbackId,
    by: ResponderId | null,
    outcome: CallbackOutcome,
  ): Promise<boolean> => {
    const before = await change(id, ({ state }) =>
      state.kind === 'done' ? undefined : { key: id, state: { kind: 'done', by, at: clock.now(), outcome } },
    );
    if (before === undefined) return false;
    await contacts.withdraw(before.contact);
    parts.happened(outcome);
    return true;
  };

  /** The call of an attempt is over: counted once, whichever leg tells of it first. */
  const attemptOver = async (id: CallbackId): Promise<void> => {
    const before = await change(id, ({ state, attempts }) => {
      if (state.kind !== 'calling') return undefined;
      const last = attempts.at(-1);
      const counted = attempts.map((one) => (one === last ? { ...one, reached: one.reached === true } : one));
      return { state: { kind: 'claimed', by: state.by, at: clock.now() }, attempts: counted };
    });
    if (before?.state.kind !== 'calling') return;
    const { by, leg, request } = before.state;
    if (leg !== null) await carrier.hangUp(leg);
    await carrier.closeRoom(request);
    if (!before.state.dialled) await line.leave(request);
    const reached = before.attempts.at(-1)?.reached === true;
    if (reached) await finish(id, by, 'reached');
    else if (before.attempts.length >= MOST_ATTEMPTS) await finish(id, by, 'unreached');
    else
      await change(id, ({ state }) => (state.kind === 'claimed' ? { state: { kind: 'open' } } : undefined));
  };

  const calling = async (request: LineRequestId): Promise<Callback | undefined> =>
    (await store.listLive(LISTED)).find(({ state }) => state.kind === 'calling' && state.request === request);

  const stale = ({ state, to }: Callback, now: Instant): boolean =>
    (state.kind === 'open' && now >= to) ||
    (state.kind === 'claimed' && now - state.at >= CLAIM_LASTS) ||
    (state.kind === 'calling' && now - state.at >= CALL_LASTS);

  return {
    async ask({ conversation, number, language, window, mayLeaveMessage }) {
      const [from, to] = [instant(window.from), instant(window.to)];
      const given = readPhone(number);
      if (given === undefined) return { kind: 'not-a-number' };
      const hash = createHmac('sha256', key).update(given).digest('base64url');
      const known = await store.ofNumber(hash);
      if (known !== undefined) return { kind: 'exists', id: known.id };
      const id = newId<CallbackId>(random);
      const contact = await contacts.keep({ purpose: 'callback', conversation, value: given, endsAt: to });
      const created = await store.create({
        ...{ id, key: hash, conversation, contact, language, from, to, mayLeaveMessage },
        ...{ askedAt: clock.now(), state: { kind: 'open' }, attempts: [], version: 1 },
      });
      if (created === 'created') {
        parts.happened('asked');
        return { kind: 'kept', id };
      }
      await contacts.withdraw(contact);
      return { kind: 'exists', id: (await store.ofNumber(hash))?.id ?? id };
    },
    async withdraw(id) {
      await finish(id, null, 'withdrawn');
    },
    list: async () => (await store.listLive(LISTED)).map(entryOf),
    get: (id) => store.get(id),
    async claim(id, by) {
      let taken: ResponderId | undefined;
      const before = await change(id, ({ state }) => {
        taken = 'by' in state && state.kind !== 'done' && state.by !== by ? state.by : undefined;
        return state.kind === 'open' ? { state: { kind: 'claimed', by, at: clock.now() } } : undefined;
      });
      if (before !== undefined) return { kind: 'claimed' };
      if (taken !== undefined) return { kind: 'taken', by: taken };
      const state = (await store.get(id))?.state;
      return state === undefined || state.kind === 'done' ? { kind: 'over' } : { kind: 'claimed' };
    },
    async release(id, by) {
      await change(id, ({ state }) =>
        state.kind === 'claimed' && state.by === by ? { state: { kind: 'open' } } : undefined,
      );
    },
    async call(id, by) {
      const callback = await store.get(id);
      if (callback?.state.kind !== 'claimed' || callback.state.by !== by) return { kind: 'not-yours' };
      if (clock.now() < callback.from) return { kind: 'too-early' };
      const brought = await line.bringIn(by, asId<ConversationId>(id), 'callback');
      if (brought.kind !== 'ringing') return brought;
      const now = clock.now();
      const { request } = brought;
      const begun = await change(id, ({ state, attempts }) =>
        state.kind === 'claimed' && state.by === by
          ? {
              state: { kind: 'calling', by, at: now, request, dialled: false, leg: null },
              attempts: [...attempts, { by, at: now, reached: null }],
            }
          : undefined,
      );
      if (begun !== undefined) return brought;
      await line.leave(request);
      return { kind: 'not-yours' };
    },
    async done(id, by, outcome) {
      const state = (await store.get(id))?.state;
      if (state === undefined || !('by' in state) || state.by !== by || state.kind === 'done')
        return 'not-yours';
      if (state.kind === 'calling') await line.leave(state.request);
      await attemptOver(id);
      await finish(id, by, outcome);
      return 'done';
    },
    async staffReady(request) {
      const callback = await calling(request);
      if (callback === undefined) return 'nobody';
      const { id, contact } = callback;
      const first = await change(id, ({ state }) =>
        isCalling(state, request) && !state.dialled ? { state: { ...state, dialled: true } } : undefined,
      );
      if (first === undefined) return 'ringing';
      const rung = await carrier.callBack({ callback: id, attempt: callback.attempts.length, contact });
      if (rung.kind === 'failed') return 'nobody';
      const known = await change(id, ({ state }) =>
        isCalling(state, request) ? { state: { ...state, leg: rung.leg } } : undefined,
      );
      if (known === undefined) await carrier.hangUp(rung.leg);
      return 'ringing';
    },
    async personReady(id) {
      const state = (await store.get(id))?.state;
      if (state?.kind !== 'calling') return undefined;
      if ((await line.enter(state.request)).kind !== 'accepted') return undefined;
      await change(id, ({ state: now, attempts }) =>
        now.kind === 'calling' ? { attempts: attempts.map(reachedIfLast) } : undefined,
      );
      return state.request;
    },
    async legOver(id, attempt) {
      if ((await store.get(id))?.attempts.length === attempt) await attemptOver(id);
    },
    async staffOver(request) {
      const callback = await calling(request);
      if (callback !== undefined) await attemptOver(callback.id);
    },
    async sweep() {
      let swept = 0;
      for (const callback of await store.listLive(LISTED)) {
        if (!stale(callback, clock.now())) continue;
        if (callback.state.kind === 'calling') {
          await line.leave(callback.state.request);
          await attemptOver(callback.id);
        } else if (clock.now() >= callback.to) await finish(callback.id, null, 'expired');
        else
          await change(callback.id, ({ state }) =>
            state.kind === 'claimed' ? { state: { kind: 'open' } } : undefined,
          );
        swept += 1;
      }
      await store.removeDoneBefore(instant(clock.now() - DONE_KEPT));
      return swept;
    },
  };
}

const isCalling = (
  state: CallbackState,
  request: LineRequestId,
): state is Extract<CallbackState, { kind: 'calling' }> =>
  state.kind === 'calling' && state.request === request;

const reachedIfLast = (
  attempt: CallbackAttempt,
  index: number,
  all: readonly CallbackAttempt[],
): CallbackAttempt => (index === all.length - 1 ? { ...attempt, reached: true } : attempt);

function entryOf(callback: Callback): CallbackEntry {
  const { id, conversation, language, from, to, mayLeaveMessage, askedAt, state, attempts } = callback;
  const by = 'by' in state ? state.by : null;
  return { id, conversation, language, from, to, mayLeaveMessage, askedAt, state: state.kind, by, attempts };
}
