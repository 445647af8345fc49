import type { Clock } from '../kernel/clock.js';
import type { LineRequestId } from '../kernel/ids.js';
import type { Carrier, Whisper } from './carrier.js';
import { changeRequest } from './change-request.js';
import type { DutyDesk } from './duty-desk.js';
import type { Duty, LineRequest, LineState, ResponderId, Ring } from './line.js';
import type { LineRequestStore } from './line-store.js';
import { aheadOf, respondersInTurn, ringSeconds, worthWaiting } from './ring-plan.js';

export interface RingingDependencies {
  clock: Clock;
  requests: LineRequestStore;
  carrier: Carrier;
  desk: DutyDesk;
}

/** Callers looked at to find a caller's place in line. */
const QUEUE_LOOKED_AT = 200;

export type Place = { kind: 'moved' } | { kind: 'queued'; position: number };

/** Rings people for a request and takes back rings that nobody took. Every step is one conditional write. */
export class Ringing {
  readonly #parts: RingingDependencies;

  constructor(parts: RingingDependencies) {
    this.#parts = parts;
  }

  save(
    request: LineRequest,
    state: LineState,
    rung: readonly ResponderId[] = request.rung,
  ): Promise<'saved' | 'conflict'> {
    return this.#parts.requests.save({ ...request, state, rung, version: request.version + 1 });
  }

  /** Rings whoever comes next; a caller whose turn has not come stays in line. */
  async next(request: LineRequest): Promise<Place> {
    const { clock, desk, requests } = this.#parts;
    const now = clock.now();
    const duties = await desk.present();
    const ahead = aheadOf(request, await requests.listLive(QUEUE_LOOKED_AT), now);
    const ready = { now, busy: await desk.inAppointment(duties) };
    const chosen = respondersInTurn(request, ahead, duties, ready);
    if (chosen.length > 0) {
      await this.#ringAll(request, chosen);
      return { kind: 'moved' };
    }
    if (ahead.length > 0 || worthWaiting(request, duties, now))
      return { kind: 'queued', position: ahead.length + 1 };
    await this.save(request, { kind: 'ended', because: 'nobody' });
    return { kind: 'moved' };
  }

  async #ringAll(request: LineRequest, chosen: readonly Duty[]): Promise<void> {
    const { clock, desk } = this.#parts;
    const claimed: ResponderId[] = [];
    for (const { responder } of chosen) if (await desk.claim(responder, request.id)) claimed.push(responder);
    if (claimed.length === 0) return;
    const rings = claimed.map((responder): Ring => ({ responder, leg: null }));
    const ringing: LineState = { kind: 'ringing', rings, since: clock.now() };
    if ((await this.save(request, ringing, [...request.rung, ...claimed])) === 'conflict') {
      for (const responder of claimed) await desk.release(responder, request.id);
      return;
    }
    await Promise.all(claimed.map((responder) => this.ring(request, responder)));
  }

  /** Places the call of a ring that is written down already. */
  async ring(request: LineRequest, responder: ResponderId, whisper: Whisper = 'call'): Promise<void> {
    const { carrier } = this.#parts;
    const call = { responder, request: request.id, seconds: ringSeconds(request), whisper };
    const outcome = await carrier.ring(call);
    if (outcome.kind === 'failed') return this.drop(request.id, responder);
    const known = await changeRequest(this.#parts.requests, request.id, ({ state }) =>
      state.kind === 'ringing' && names(state.rings, responder)
        ? { state: { ...state, rings: withLeg(state.rings, { responder, leg: outcome.leg }) } }
        : undefined,
    );
    if (known !== undefined) return;
    const state = (await this.#parts.requests.get(request.id))?.state;
    // The caller left, or somebody else was faster, while this call was placed.
    if (state?.kind !== 'accepted' || state.leg !== outcome.leg) await carrier.hangUp(outcome.leg);
  }

  /** One phone of those that ring is out: refused, unanswered, busy or not reachable. */
  async drop(id: LineRequestId, responder: ResponderId): Promise<void> {
    const before = await changeRequest(this.#parts.requests, id, ({ state }) => {
      if (state.kind !== 'ringing' || !names(state.rings, responder)) return undefined;
      const rings = state.rings.filter((ring) => ring.responder !== responder);
      return { state: rings.length === 0 ? { kind: 'waiting' } : { ...state, rings } };
    });
    if (before !== undefined) await this.#parts.desk.miss(responder, before);
  }

  /** The time of a ring is over. */
  async over(request: LineRequest, rings: readonly Ring[]): Promise<void> {
    if ((await this.save(request, { kind: 'waiting' })) === 'conflict') return;
    for (const { responder, leg } of rings) {
      if (leg !== null) await this.#parts.carrier.hangUp(leg);
      await this.#parts.desk.miss(responder, request);
    }
  }

  /** Somebody else has the caller, or the caller has gone: these phones stop, and count nothing as missed. */
  async stop(id: LineRequestId, rings: readonly Ring[]): Promise<void> {
    for (const { responder, leg } of rings) {
      if (leg !== null) await this.#parts.carrier.hangUp(leg);
      await this.#parts.desk.release(responder, id);
    }
  }
}

export const names = (rings: readonly Ring[], responder: ResponderId): boolean =>
  rings.some((ring) => ring.responder === responder);

const withLeg = (rings: readonly Ring[], named: Ring): Ring[] =>
  rings.map((ring) => (ring.responder === named.responder ? named : ring));
