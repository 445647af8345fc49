import type { Clock } from '../kernel/clock.js';
import { type ConversationId, type LineRequestId, newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { ATTEMPTS, changeRequest } from './change-request.js';
import type { DutyDesk } from './duty-desk.js';
import type { LineRequest, LineState, ResponderId, Ring } from './line.js';
import type { LineRequestStore } from './line-store.js';
import type { Ringing } from './ringing.js';

export type BringInOutcome =
  | { kind: 'ringing'; request: LineRequestId }
  /** Whoever asked is being rung, or on another call. */
  | { kind: 'busy' }
  /** Somebody has this caller. */
  | { kind: 'taken' };

interface BringInDependencies {
  clock: Clock;
  random: Random;
  requests: LineRequestStore;
  desk: DutyDesk;
  ringing: Ringing;
}

/** Why staff ring their own phone: a caller they take over, or somebody who asked to be called. */
export type OwnReason = 'take-over' | 'callback';

interface BringIn {
  staff: ResponderId;
  conversation: ConversationId;
  reason: OwnReason;
}

/**
 * Rings the desk phone of somebody of the staff for one caller: beside those who ring already, or for a caller who
 * is still talking with the bot. The caller is put through when their phone next asks.
 */
export async function bringIn(
  parts: BringInDependencies,
  { staff, conversation, reason }: BringIn,
): Promise<BringInOutcome> {
  const { requests, desk } = parts;
  await desk.known(staff, 'operator');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const live = await requests.live(conversation);
    if (live?.state.kind === 'accepted') return { kind: 'taken' };
    const id = live?.id ?? newId<LineRequestId>(parts.random);
    if (!(await desk.claim(staff, id))) return { kind: 'busy' };
    const request = await addRing(parts, { live, id, staff, conversation, reason });
    if (request !== undefined) {
      await parts.ringing.ring(request, staff, reason);
      return { kind: 'ringing', request: id };
    }
    await desk.release(staff, id);
  }
  return { kind: 'taken' };
}

/** `undefined`: somebody else moved the request on. */
async function addRing(
  { clock, requests }: BringInDependencies,
  { live, id, staff, conversation, reason }: BringIn & { live: LineRequest | undefined; id: LineRequestId },
): Promise<LineRequest | undefined> {
  const now = clock.now();
  const ring: Ring = { responder: staff, leg: null };
  if (live !== undefined) {
    const rung = await changeRequest(requests, id, ({ state, rung: before }) => {
      const rings = ringsOf(state);
      if (rings === undefined) return undefined;
      return { state: { kind: 'ringing', rings: [...rings, ring], since: now }, rung: [...before, staff] };
    });
    return rung;
  }
  const request: LineRequest = {
    id,
    conversation,
    reason,
    wish: {},
    openedAt: now,
    seenAt: now,
    state: { kind: 'ringing', rings: [ring], since: now },
    rung: [staff],
    version: 1,
  };
  return (await requests.create(request)) === 'created' ? request : undefined;
}

function ringsOf(state: LineState): readonly Ring[] | undefined {
  if (state.kind === 'waiting') return [];
  return state.kind === 'ringing' ? state.rings : undefined;
}
