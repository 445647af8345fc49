import type { Clock, Instant } from '../kernel/clock.js';
import type { ConversationId, LegId, LineRequestId } from '../kernel/ids.js';
import { newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { Carrier } from './carrier.js';
import type { Duty, LineReason, LineRequest, LineState, ResponderId, ResponderRole } from './line.js';
import type { DutyStore, LineRequestStore } from './line-store.js';
import { afterMiss, freed, nextResponder, RING_SECONDS, ringIsOver } from './ring-plan.js';

/** Asked of booking: who is in an appointment now, and so must not be rung. */
export interface BusyTimes {
  inAppointment(responders: readonly ResponderId[]): Promise<ReadonlySet<string>>;
}

export type LegFate = 'refused' | 'unanswered' | 'hung-up';
export type LineProgress =
  | { kind: 'ringing' }
  | { kind: 'accepted' }
  | { kind: 'ended'; because: 'nobody' | 'caller-left' | 'done' };

export interface PhoneLine {
  /**
   * Puts a caller in line; while the request lives the same one comes back.
   * @param wanted for `appointment`, whose it is
   */
  request(conversation: ConversationId, reason: LineReason, wanted?: ResponderId): Promise<LineRequestId>;
  /**
   * Moves a request on by due time: rings the next responder when the last ring is over.
   * Called each time the caller's phone asks, so that a restart loses nothing.
   */
  advance(id: LineRequestId): Promise<LineProgress>;
  /** The responder pressed 1. One of several wins; the same leg may say it twice. */
  accept(id: LineRequestId, leg: { responder: ResponderId; leg: LegId }): Promise<'accepted' | 'taken'>;
  /** A responder's leg is over, or was refused. Comes twice, late or for a leg long replaced without harm. */
  legEnded(id: LineRequestId, responder: ResponderId, fate: LegFate): Promise<void>;
  leave(id: LineRequestId): Promise<void>;
  onDuty(): Promise<{ psychologists: number; operators: number }>;
  /** A responder's own switch; coming back ends a pause. */
  setAvailable(responder: ResponderId, role: ResponderRole, available: boolean): Promise<void>;
}

export interface PhoneLineDependencies {
  clock: Clock;
  random: Random;
  duties: DutyStore;
  requests: LineRequestStore;
  carrier: Carrier;
  busyTimes: BusyTimes;
}

/** Lost compare-and-sets in a row before giving up: each means that somebody else moved the request on. */
const ATTEMPTS = 12;

const GONE: LineProgress = { kind: 'ended', because: 'caller-left' };

/** Where a request stands when nothing is due yet. */
function settledProgress({ state }: LineRequest, now: Instant): LineProgress | undefined {
  if (state.kind === 'ended') return { kind: 'ended', because: state.because };
  if (state.kind === 'accepted') return { kind: 'accepted' };
  return state.kind === 'ringing' && !ringIsOver(state.since, now) ? { kind: 'ringing' } : undefined;
}

export function createPhoneLine(dependencies: PhoneLineDependencies): PhoneLine {
  const { clock, random, duties, requests, carrier, busyTimes } = dependencies;

  const saveState = (
    request: LineRequest,
    state: LineState,
    rung = request.rung,
  ): Promise<'saved' | 'conflict'> =>
    requests.save({ ...request, state, rung, version: request.version + 1 });

  const changeDuty = async (
    responder: ResponderId,
    change: (duty: Duty) => Duty | undefined,
  ): Promise<boolean> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const duty = await duties.get(responder);
      const next = duty === undefined ? undefined : change(duty);
      if (next === undefined) return false;
      if ((await duties.save(next)) === 'saved') return true;
    }
    return false;
  };

  /** Only the request that holds a responder frees them. */
  const release = (
    responder: ResponderId,
    request: LineRequest,
    next: (duty: Duty) => Duty,
  ): Promise<boolean> =>
    changeDuty(responder, (duty) => (duty.busyWith === request.id ? next(duty) : undefined));

  const everybody = async (): Promise<Duty[]> => [
    ...(await duties.list('psychologist')),
    ...(await duties.list('operator')),
  ];

  const miss = async (request: LineRequest, responder: ResponderId): Promise<void> => {
    const saved = await saveState(request, { kind: 'waiting' });
    if (saved === 'saved') await release(responder, request, (duty) => afterMiss(duty, request));
  };

  /** Claims the next responder, then rings. The claim is what keeps anybody out of two calls. */
  const ringNext = async (request: LineRequest): Promise<void> => {
    const all = await everybody();
    const busy = await busyTimes.inAppointment(all.map(({ responder }) => responder));
    const chosen = nextResponder(request, all, { now: clock.now(), busy });
    if (chosen === undefined) {
      await saveState(request, { kind: 'ended', because: 'nobody' });
      return;
    }
    const { responder } = chosen;
    const claimed = await changeDuty(responder, (duty) =>
      duty.busyWith === null ? { ...duty, busyWith: request.id, version: duty.version + 1 } : undefined,
    );
    if (!claimed) return;
    const ringing: LineState = { kind: 'ringing', responder, leg: null, since: clock.now() };
    if ((await saveState(request, ringing, [...request.rung, responder])) === 'conflict') {
      await release(responder, request, freed);
      return;
    }
    await ring({ ...request, version: request.version + 1 }, responder);
  };

  const ring = async (request: LineRequest, responder: ResponderId): Promise<void> => {
    const outcome = await carrier.ring({ responder, request: request.id, seconds: RING_SECONDS });
    const current = await requests.get(request.id);
    const stillRinging = current?.state.kind === 'ringing' && current.state.responder === responder;
    if (outcome.kind === 'failed') {
      if (current !== undefined && stillRinging) await miss(current, responder);
      return;
    }
    if (current === undefined || current.state.kind !== 'ringing' || !stillRinging) {
      // The caller left while the call was placed: nobody is to be rung for nothing.
      if (current?.state.kind === 'ended') await carrier.hangUp(outcome.leg);
      return;
    }
    await saveState(current, { ...current.state, leg: outcome.leg });
  };

  const ringOver = async (
    request: LineRequest,
    state: Extract<LineState, { kind: 'ringing' }>,
  ): Promise<void> => {
    if (state.leg !== null) await carrier.hangUp(state.leg);
    await miss(request, state.responder);
  };

  const end = async (id: LineRequestId, because: 'caller-left' | 'done'): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const request = await requests.get(id);
      if (request === undefined || request.state.kind === 'ended') return;
      const { state } = request;
      if ((await saveState(request, { kind: 'ended', because })) === 'conflict') continue;
      if (state.kind === 'waiting') return;
      if (state.leg !== null) await carrier.hangUp(state.leg);
      await release(state.responder, request, (duty) => ({
        ...freed(duty),
        ...(state.kind === 'accepted' ? { idleSince: clock.now(), missed: 0 } : {}),
      }));
      return;
    }
  };

  return {
    async request(conversation, reason, wanted) {
      const id = newId<LineRequestId>(random);
      const created = await requests.create({
        id,
        conversation,
        reason,
        openedAt: clock.now(),
        state: { kind: 'waiting' },
        rung: [],
        ...(wanted === undefined ? {} : { wanted }),
        version: 1,
      });
      if (created === 'created') return id;
      return (await requests.live(conversation))?.id ?? id;
    },
    async advance(id) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const request = await requests.get(id);
        const settled = request === undefined ? GONE : settledProgress(request, clock.now());
        if (settled !== undefined) return settled;
        if (request?.state.kind === 'ringing') await ringOver(request, request.state);
        else if (request !== undefined) await ringNext(request);
      }
      return { kind: 'ringing' };
    },
    async accept(id, { responder, leg }) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const request = await requests.get(id);
        if (request?.state.kind === 'accepted' && request.state.leg === leg) return 'accepted';
        if (request?.state.kind !== 'ringing' || request.state.responder !== responder) return 'taken';
        if ((await saveState(request, { kind: 'accepted', responder, leg, at: clock.now() })) === 'saved')
          return 'accepted';
      }
      return 'taken';
    },
    async legEnded(id, responder, fate) {
      const request = await requests.get(id);
      if (request === undefined || request.state.kind === 'ended' || request.state.kind === 'waiting') return;
      if (request.state.responder !== responder) return;
      if (request.state.kind === 'ringing') return miss(request, responder);
      if (fate === 'hung-up') await end(id, 'done');
    },
    leave: (id) => end(id, 'caller-left'),
    async onDuty() {
      const all = await everybody();
      const ready = all.filter(({ available, paused }) => available && !paused);
      const count = (role: ResponderRole): number => ready.filter((duty) => duty.role === role).length;
      return { psychologists: count('psychologist'), operators: count('operator') };
    },
    async setAvailable(responder, role, available) {
      const known = await changeDuty(responder, (duty) => ({
        ...duty,
        available,
        missed: 0,
        paused: false,
        version: duty.version + 1,
      }));
      if (known) return;
      const idleSince = clock.now();
      await duties.save({
        responder,
        role,
        available,
        idleSince,
        missed: 0,
        paused: false,
        busyWith: null,
        version: 1,
      });
    },
  };
}
