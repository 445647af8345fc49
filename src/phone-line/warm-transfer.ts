import { type Clock, SECOND } from '../kernel/clock.js';
import type { ConversationId, LegId, LineRequestId } from '../kernel/ids.js';
import type { Carrier } from './carrier.js';
import { changeRequest } from './change-request.js';
import type { DutyDesk } from './duty-desk.js';
import type { Duty, Guest, LineRequest, LineState, ResponderId, ResponderRole } from './line.js';
import type { LineRequestStore } from './line-store.js';
import { canBeRung, RING_SECONDS } from './ring-plan.js';

/** Whoever is asked into the talk: somebody of a role, whoever has been idle longest, or one person. */
export type TransferTarget = { role: ResponderRole } | { responder: ResponderId };

export type TransferOutcome =
  | { kind: 'ringing'; responder: ResponderId }
  /** Whoever asked is not in a talk with this caller. */
  | { kind: 'not-yours' }
  /** A colleague is being rung already, or in the room. */
  | { kind: 'already' }
  | { kind: 'nobody' };

/** A talk as the console shows it. */
export interface Talk {
  request: LineRequestId;
  responder: ResponderId;
  guest?: { responder: ResponderId; joined: boolean };
}

export interface WarmTransfer {
  /**
   * Rings a colleague into the caller's room. The caller and the first go on talking meanwhile; whoever does not
   * answer changes nothing. The first leaves by hanging up, or by `stepOut`.
   */
  transfer(
    call: { conversation: ConversationId; by: ResponderId },
    to: TransferTarget,
  ): Promise<TransferOutcome>;
  /** The first leaves the caller with the colleague; `alone` while no colleague is there. */
  stepOut(call: { conversation: ConversationId; by: ResponderId }): Promise<'left' | 'alone'>;
  talk(conversation: ConversationId): Promise<Talk | undefined>;
}

type Talking = Extract<LineState, { kind: 'accepted' }>;
interface Leg {
  responder: ResponderId;
  leg: LegId;
}

/** Colleagues tried before it is said that nobody can be reached. */
const TRIED = 3;
/** A ring whose end was never told is over for certain after this. */
export const GUEST_GONE_AFTER = 2 * RING_SECONDS * SECOND;

/** Warm transfer: the third leg joins before the first leaves. Every step is one conditional write. */
export class Transfers implements WarmTransfer {
  readonly #parts: { clock: Clock; requests: LineRequestStore; carrier: Carrier; desk: DutyDesk };

  constructor(parts: { clock: Clock; requests: LineRequestStore; carrier: Carrier; desk: DutyDesk }) {
    this.#parts = parts;
  }

  async talk(conversation: ConversationId): Promise<Talk | undefined> {
    const request = await this.#parts.requests.live(conversation);
    if (request?.state.kind !== 'accepted' || request.state.connectedAt === null) return undefined;
    const { responder, guest } = request.state;
    return {
      request: request.id,
      responder,
      ...(guest === undefined ? {} : { guest: { responder: guest.responder, joined: guest.joined } }),
    };
  }

  async transfer(
    { conversation, by }: { conversation: ConversationId; by: ResponderId },
    to: TransferTarget,
  ): Promise<TransferOutcome> {
    const talk = await this.talk(conversation);
    if (talk === undefined || talk.responder !== by) return { kind: 'not-yours' };
    if (talk.guest !== undefined) return { kind: 'already' };
    for (const { responder } of (await this.#colleagues(by, to)).slice(0, TRIED)) {
      const rung = await this.#ring(talk.request, by, responder);
      if (rung !== undefined) return rung;
    }
    return { kind: 'nobody' };
  }

  async #colleagues(by: ResponderId, to: TransferTarget): Promise<Duty[]> {
    const { desk, clock } = this.#parts;
    const present = await desk.present();
    const ready = { now: clock.now(), busy: await desk.inAppointment(present) };
    const wanted = (duty: Duty): boolean =>
      'role' in to ? duty.role === to.role : duty.responder === to.responder;
    return present
      .filter((duty) => duty.responder !== by && wanted(duty) && canBeRung(duty, ready))
      .sort((a, b) => a.idleSince - b.idleSince);
  }

  /** `undefined`: this colleague cannot be rung. */
  async #ring(
    id: LineRequestId,
    by: ResponderId,
    responder: ResponderId,
  ): Promise<TransferOutcome | undefined> {
    const { desk, requests, carrier, clock } = this.#parts;
    if (!(await desk.claim(responder, id))) return undefined;
    const asked: Guest = { responder, leg: null, since: clock.now(), joined: false };
    const before = await changeRequest(requests, id, ({ state }) =>
      isTalkOf(state, by) && state.guest === undefined ? { state: { ...state, guest: asked } } : undefined,
    );
    if (before === undefined) {
      await desk.release(responder, id);
      return { kind: 'not-yours' };
    }
    const outcome = await carrier.ring({
      responder,
      request: id,
      seconds: RING_SECONDS,
      whisper: 'transfer',
    });
    if (outcome.kind === 'failed') {
      await this.guestGone(id, responder);
      return undefined;
    }
    if (!(await this.#named(id, { responder, leg: outcome.leg }))) await carrier.hangUp(outcome.leg);
    return { kind: 'ringing', responder };
  }

  /** The ringing phone has a name now; `false` when nobody wants it any more. */
  async #named(id: LineRequestId, { responder, leg }: Leg): Promise<boolean> {
    const { requests } = this.#parts;
    const known = await changeRequest(requests, id, ({ state }) => {
      if (isGuest(state, responder))
        return { state: { ...state, guest: { ...state.guest, leg: state.guest.leg ?? leg } } };
      if (state.kind !== 'ringing') return undefined;
      const rings = state.rings.map((ring) => (ring.responder === responder ? { responder, leg } : ring));
      return rings.some((ring) => ring.leg === leg) ? { state: { ...state, rings } } : undefined;
    });
    if (known !== undefined) return true;
    const state = (await requests.get(id))?.state;
    return state?.kind === 'accepted' && (state.leg === leg || state.guest?.leg === leg);
  }

  /**
   * The colleague pressed 1. The room is told first not to close when either of the two leaves it: a carrier that
   * cannot be told so leaves the talk as it is.
   * @returns `undefined` when this leg is no guest's
   */
  async join(id: LineRequestId, { responder, leg }: Leg): Promise<'joined' | 'taken' | undefined> {
    const { requests, carrier } = this.#parts;
    const state = (await requests.get(id))?.state;
    if (state === undefined || !isGuest(state, responder)) return undefined;
    if (state.guest.joined) return state.guest.leg === leg ? 'joined' : 'taken';
    if ((await carrier.setExit({ request: id, leg: state.leg, closes: false })) === 'failed') {
      const firstIsOver = await carrier.isOver(state.leg);
      if (firstIsOver && (await this.firstGone(id, state.responder))) return undefined;
      await this.guestGone(id, responder);
      return 'taken';
    }
    const before = await changeRequest(requests, id, (request) =>
      isGuest(request.state, responder) && request.state.responder === state.responder
        ? { state: { ...request.state, guest: { ...request.state.guest, leg, joined: true } } }
        : undefined,
    );
    if (before !== undefined) return 'joined';
    await this.#undoOpenRoom(id, state);
    return undefined;
  }

  /** Somebody left while the room was told to stay open: it closes again, now or with whoever is still in it. */
  async #undoOpenRoom(id: LineRequestId, { responder, leg }: Leg): Promise<void> {
    const { requests, carrier } = this.#parts;
    const state = (await requests.get(id))?.state;
    if (state?.kind === 'accepted' && state.responder === responder)
      await carrier.setExit({ request: id, leg, closes: true });
    else await carrier.closeRoom(id);
  }

  /** The colleague did not answer, or has left again: the first goes on. `false` when this was no guest. */
  async guestGone(id: LineRequestId, responder: ResponderId): Promise<boolean> {
    const { requests, carrier, desk, clock } = this.#parts;
    const before = await changeRequest(requests, id, ({ state }) => {
      if (!isGuest(state, responder)) return undefined;
      const { guest: _guest, ...alone } = state;
      return { state: alone };
    });
    if (before === undefined || !isGuest(before.state, responder)) return false;
    const { guest, leg } = before.state;
    if (guest.joined) await desk.release(responder, id, { idleSince: clock.now(), missed: 0 });
    else await desk.miss(responder, before);
    if (guest.leg !== null) await carrier.hangUp(guest.leg);
    if (guest.joined) await carrier.setExit({ request: id, leg, closes: true });
    return true;
  }

  /**
   * The first has left. With a colleague in the room the talk is theirs; while one is being rung the caller waits
   * for that ring. `false` when there was no colleague.
   */
  async firstGone(id: LineRequestId, responder: ResponderId): Promise<boolean> {
    const { requests, carrier, desk, clock } = this.#parts;
    const before = await changeRequest(requests, id, ({ state }) =>
      isTalkOf(state, responder) && state.guest !== undefined
        ? { state: withoutFirst(state, state.guest) }
        : undefined,
    );
    if (before?.state.kind !== 'accepted') return false;
    const { guest } = before.state;
    await desk.release(responder, id, { idleSince: clock.now(), missed: 0 });
    if (guest?.joined === true && guest.leg !== null)
      await carrier.setExit({ request: id, leg: guest.leg, closes: true });
    return true;
  }

  async stepOut({
    conversation,
    by,
  }: {
    conversation: ConversationId;
    by: ResponderId;
  }): Promise<'left' | 'alone'> {
    const request = await this.#parts.requests.live(conversation);
    if (request === undefined || !isTalkOf(request.state, by)) return 'alone';
    if (request.state.guest?.joined !== true) return 'alone';
    const { leg } = request.state;
    if (!(await this.firstGone(request.id, by))) return 'alone';
    await this.#parts.carrier.hangUp(leg);
    return 'left';
  }

  /** Lost callbacks: a ring that must be over, a colleague whose leg is. */
  async sweep({ id, state }: LineRequest): Promise<number> {
    if (state.kind !== 'accepted' || state.guest === undefined) return 0;
    const { responder, leg, since, joined } = state.guest;
    const over = joined
      ? leg !== null && (await this.#parts.carrier.isOver(leg))
      : this.#parts.clock.now() - since >= GUEST_GONE_AFTER;
    return over && (await this.guestGone(id, responder)) ? 1 : 0;
  }
}

const isTalkOf = (state: LineState, by: ResponderId): state is Talking =>
  state.kind === 'accepted' && state.responder === by && state.connectedAt !== null;

const isGuest = (state: LineState, responder: ResponderId): state is Talking & { guest: Guest } =>
  state.kind === 'accepted' && state.guest?.responder === responder;

function withoutFirst({ at, connectedAt }: Talking, guest: Guest): LineState {
  const { responder, leg, since } = guest;
  if (guest.joined && leg !== null) return { kind: 'accepted', responder, leg, at, connectedAt };
  return { kind: 'ringing', rings: [{ responder, leg }], since };
}
