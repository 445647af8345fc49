import { type Clock, SECOND } from '../kernel/clock.js';
import type { ConversationId, LegId, LineRequestId } from '../kernel/ids.js';
import { newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { type BringInOutcome, bringIn, type OwnReason } from './bring-in.js';
import type { Carrier } from './carrier.js';
import { ATTEMPTS, changeRequest } from './change-request.js';
import { createDeskAnswer, type DeskAnswer } from './desk-answer.js';
import { type BusyTimes, DutyDesk, type LineNotices, type LineTrouble } from './duty-desk.js';
import type {
  Duty,
  LineEnd,
  LineReason,
  LineRequest,
  LineState,
  ResponderId,
  ResponderProfile,
  ResponderRole,
  Wish,
} from './line.js';
import type { DutyStore, LineRequestStore } from './line-store.js';
import { createSweep } from './line-sweep.js';
import { fits, isReady, ringIsOver } from './ring-plan.js';
import { names, Ringing } from './ringing.js';
import type { RosterStore } from './roster-store.js';
import { createWaitEstimate } from './wait-estimate.js';
import { Transfers, type WarmTransfer } from './warm-transfer.js';

export type { BringInOutcome } from './bring-in.js';
export type { BusyTimes, LineNotices, LineTrouble } from './duty-desk.js';
export type { Talk, TransferOutcome, TransferTarget } from './warm-transfer.js';

export type LegFate = 'refused' | 'unanswered' | 'hung-up';
export type LineProgress =
  | { kind: 'ringing' }
  /** Everybody is on another call. `minutes` is `null` until enough calls were seen to know. */
  | { kind: 'queued'; position: number; minutes: number | null }
  | { kind: 'accepted' }
  | { kind: 'ended'; because: LineEnd };

export interface PhoneLine extends WarmTransfer, DeskAnswer {
  /**
   * Puts a caller in line; while the request lives the same one comes back, for its new reason. Danger rings
   * everybody anew, and stays danger.
   */
  request(conversation: ConversationId, reason: LineReason, wish?: Wish): Promise<LineRequestId>;
  /**
   * Moves a request on by due time: rings the next responders when the last ring is over.
   * Called each time the caller's phone asks, so that a restart loses nothing.
   */
  advance(id: LineRequestId): Promise<LineProgress>;
  /**
   * The caller's phone is about to enter the room, and enters it when this says `accepted`. Whoever accepted may have
   * gone while the caller was still being told so: then the caller waits on.
   */
  enter(id: LineRequestId): Promise<LineProgress>;
  /** The same after news of a leg, while the caller's phone is busy with something else. */
  ringOn(id: LineRequestId): Promise<void>;
  /** Why somebody waits; `undefined` for a request that is unknown. */
  reasonOf(id: LineRequestId): Promise<LineReason | undefined>;
  /** The responder pressed 1. One of several wins; the same leg may say it twice. `joined`: a guest of a talk. */
  accept(
    id: LineRequestId,
    leg: { responder: ResponderId; leg: LegId },
  ): Promise<'accepted' | 'joined' | 'taken'>;
  /** A responder's leg is over, or was refused. Comes twice, late or for a leg long replaced without harm. */
  legEnded(id: LineRequestId, responder: ResponderId, fate: LegFate): Promise<void>;
  leave(id: LineRequestId): Promise<void>;
  /** The caller's phone is out of the room: the talk is over, unless a colleague is being rung for them. */
  roomLeft(id: LineRequestId): Promise<'waits' | 'over'>;
  /** Rings the desk phone of somebody who asks for this caller; pressing 1 puts them together. */
  bringIn(staff: ResponderId, conversation: ConversationId, reason?: OwnReason): Promise<BringInOutcome>;
  /** How many people could be rung now for such a wish. */
  onDuty(wish?: Wish): Promise<{ psychologists: number; operators: number }>;
  /** Who of a role is there and on no call. */
  free(role: ResponderRole): Promise<ResponderId[]>;
  /** A responder's own switch; coming back ends a pause. */
  setAvailable(responder: ResponderId, role: ResponderRole, available: boolean): Promise<void>;
  setProfile(responder: ResponderId, profile: ResponderProfile): Promise<'saved' | 'unknown'>;
  /** Everybody's switch, for the coordinators. */
  duties(): Promise<Duty[]>;
  /** Mends what lost callbacks left behind; returns how much. Safe to run at any time. */
  sweep(): Promise<number>;
}

export interface PhoneLineDependencies {
  clock: Clock;
  random: Random;
  duties: DutyStore;
  requests: LineRequestStore;
  roster: Pick<RosterStore, 'list'>;
  carrier: Carrier;
  busyTimes: BusyTimes;
  notices: LineNotices;
  trouble: LineTrouble;
}

const SEEN_EVERY = 5 * SECOND;
const GONE: LineProgress = { kind: 'ended', because: 'caller-left' };

export function createPhoneLine(dependencies: PhoneLineDependencies): PhoneLine {
  const { clock, random, requests, carrier } = dependencies;
  const desk = new DutyDesk(dependencies);
  const ringing = new Ringing({ clock, requests, carrier, desk });
  const transfers = new Transfers({ clock, requests, carrier, desk });
  const estimate = createWaitEstimate();

  const end = async (id: LineRequestId, because: 'caller-left' | 'done'): Promise<void> => {
    const before = await changeRequest(requests, id, ({ state }) =>
      state.kind === 'ended' ? undefined : { state: { kind: 'ended', because } },
    );
    if (before?.state.kind === 'ringing') await ringing.stop(id, before.state.rings);
    if (before?.state.kind !== 'accepted') return;
    const { responder, leg, at, guest } = before.state;
    estimate.talked(clock.now() - at);
    await desk.release(responder, id, { idleSince: clock.now(), missed: 0 });
    await carrier.hangUp(leg);
    if (guest !== undefined) await ringing.stop(id, [guest]);
    if (because === 'done') await carrier.closeRoom(id);
  };

  /** Who accepted has gone before the caller was put through: the caller waits on, and others are rung. */
  const lostBeforeTalk = async (request: LineRequest, responder: ResponderId): Promise<void> => {
    if ((await ringing.save(request, { kind: 'waiting' })) === 'saved')
      await desk.release(responder, request.id);
  };

  /** `undefined`: there is more to do. */
  type Step = Promise<LineProgress | undefined>;

  const connect = async (request: LineRequest, state: AcceptedState): Step => {
    if (state.connectedAt !== null) return { kind: 'accepted' };
    const connected = { ...state, connectedAt: clock.now() };
    return (await ringing.save(request, connected)) === 'saved' ? { kind: 'accepted' } : undefined;
  };

  const ringNext = async (request: LineRequest): Step => {
    const place = await ringing.next(request);
    if (place.kind === 'moved') return undefined;
    const staff = (await desk.present()).filter(isReady).length;
    return { ...place, minutes: estimate.minutes(place.position, staff) };
  };

  const step = async (request: LineRequest): Step => {
    const { state } = request;
    const now = clock.now();
    if (state.kind === 'ended') return { kind: 'ended', because: state.because };
    if (state.kind === 'accepted') return { kind: 'accepted' };
    if (now - request.seenAt >= SEEN_EVERY) {
      await requests.save({ ...request, seenAt: now, version: request.version + 1 });
      return undefined;
    }
    if (state.kind === 'waiting') return ringNext(request);
    if (!ringIsOver(request, state.since, now)) return { kind: 'ringing' };
    await ringing.over(request, state.rings);
    return undefined;
  };

  const advance = async (id: LineRequestId): Promise<LineProgress> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const request = await requests.get(id);
      const progress = request === undefined ? GONE : await step(request);
      if (progress !== undefined) return progress;
    }
    return { kind: 'ringing' };
  };

  const onDuty = async (wish: Wish = {}): Promise<{ psychologists: number; operators: number }> => {
    const ready = (await desk.present()).filter(isReady);
    return {
      psychologists: ready.filter((duty) => duty.role === 'psychologist' && fits(duty, wish)).length,
      operators: ready.filter(({ role }) => role === 'operator').length,
    };
  };

  const ringOn = async (id: LineRequestId): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const request = await requests.get(id);
      if (request?.state.kind !== 'waiting' || (await ringing.next(request)).kind === 'queued') return;
    }
  };

  return {
    async request(conversation, reason, wish = {}) {
      const id = newId<LineRequestId>(random);
      const now = clock.now();
      const created = await requests.create({
        id,
        conversation,
        reason,
        wish,
        openedAt: now,
        seenAt: now,
        state: { kind: 'waiting' },
        rung: [],
        version: 1,
      });
      if (created === 'created') return id;
      const known = (await requests.live(conversation))?.id ?? id;
      await changeRequest(requests, known, (request) => forReason(request, reason, wish));
      return known;
    },
    advance,
    async enter(id) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const request = await requests.get(id);
        if (request?.state.kind !== 'accepted') break;
        const entered = await connect(request, request.state);
        if (entered !== undefined) return entered;
      }
      return advance(id);
    },
    ringOn,
    ...createDeskAnswer({ requests, duties: dependencies.duties, carrier, ringing, ringOn }),
    reasonOf: async (id) => (await requests.get(id))?.reason,
    async accept(id, { responder, leg }) {
      const guest = await transfers.join(id, { responder, leg });
      if (guest !== undefined) return guest;
      const before = await changeRequest(requests, id, ({ state }) =>
        state.kind === 'ringing' && names(state.rings, responder)
          ? { state: { kind: 'accepted', responder, leg, at: clock.now(), connectedAt: null } }
          : undefined,
      );
      if (before?.state.kind !== 'ringing') {
        const state = (await requests.get(id))?.state;
        return state?.kind === 'accepted' && state.leg === leg ? 'accepted' : 'taken';
      }
      const others = before.state.rings.filter((ring) => ring.responder !== responder);
      await ringing.stop(id, others);
      return 'accepted';
    },
    async legEnded(id, responder, fate) {
      const request = await requests.get(id);
      if (request?.state.kind === 'ringing') return ringing.drop(id, responder);
      if (await transfers.guestGone(id, responder)) return;
      if (request?.state.kind !== 'accepted' || request.state.responder !== responder) return;
      if (fate !== 'hung-up') return;
      if (request.state.connectedAt === null) return lostBeforeTalk(request, responder);
      if (!(await transfers.firstGone(id, responder))) await end(id, 'done');
    },
    leave: (id) => end(id, 'caller-left'),
    async roomLeft(id) {
      const state = (await requests.get(id))?.state;
      if (state?.kind === 'accepted' && state.guest?.joined === false)
        await transfers.firstGone(id, state.responder);
      const now = (await requests.get(id))?.state;
      const accepted = now?.kind === 'accepted' && now.connectedAt === null;
      if (accepted || now?.kind === 'ringing' || now?.kind === 'waiting') return 'waits';
      await end(id, 'caller-left');
      return 'over';
    },
    bringIn: (staff, conversation, reason = 'take-over') =>
      bringIn({ clock, random, requests, desk, ringing }, { staff, conversation, reason }),
    transfer: (call, to) => transfers.transfer(call, to),
    stepOut: (call) => transfers.stepOut(call),
    talk: (conversation) => transfers.talk(conversation),
    onDuty,
    free: async (role) =>
      (await desk.present())
        .filter((duty) => duty.role === role && isReady(duty) && duty.busyWith === null)
        .map(({ responder }) => responder),
    setAvailable: (responder, role, available) => desk.setAvailable(responder, role, available),
    setProfile: (responder, profile) => desk.setProfile(responder, profile),
    duties: () => desk.everybody(),
    sweep: createSweep({ clock, requests, carrier, desk, transfers, end }),
  };
}

const currentlyRung = ({ state }: LineRequest): ResponderId[] =>
  state.kind === 'ringing' ? state.rings.map(({ responder }) => responder) : [];

type AcceptedState = Extract<LineState, { kind: 'accepted' }>;

/** Nothing is changed once somebody has accepted; danger stays danger. */
function forReason(request: LineRequest, reason: LineReason, wish: Wish): Partial<LineRequest> | undefined {
  const { state } = request;
  if (request.reason === reason || request.reason === 'vital') return undefined;
  if (state.kind === 'accepted' || state.kind === 'ended') return undefined;
  return { reason, wish, rung: reason === 'vital' ? currentlyRung(request) : request.rung };
}
