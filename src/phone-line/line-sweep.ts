import { type Clock, SECOND } from '../kernel/clock.js';
import type { LineRequestId } from '../kernel/ids.js';
import type { Carrier } from './carrier.js';
import type { DutyDesk } from './duty-desk.js';
import type { Duty, LineRequest } from './line.js';
import type { LineRequestStore } from './line-store.js';
import type { Transfers } from './warm-transfer.js';

/** A caller's phone asks every few seconds; one that has not for so long has gone without a word. */
export const GONE_AFTER = 90 * SECOND;
const SWEPT_AT_ONCE = 200;

export interface SweepDependencies {
  clock: Clock;
  requests: LineRequestStore;
  carrier: Carrier;
  desk: DutyDesk;
  transfers: Pick<Transfers, 'sweep' | 'firstGone'>;
  end(id: LineRequestId, because: 'caller-left' | 'done'): Promise<void>;
}

/**
 * Mends what a lost callback or a killed process left behind: requests whose caller has gone, talks whose leg is
 * over, responders held by a request that does not know them.
 * @returns a function that sweeps once and says how many things it mended
 */
export function createSweep({
  clock,
  requests,
  carrier,
  desk,
  transfers,
  end,
}: SweepDependencies): () => Promise<number> {
  /** A claim is written just before its request: only one seen twice in the same state is stuck. */
  let suspects = new Map<string, number>();

  const sweepRequest = async (request: LineRequest): Promise<number> => {
    const { id, state, seenAt } = request;
    const silent = clock.now() - seenAt >= GONE_AFTER;
    if (state.kind === 'accepted' && state.connectedAt !== null) {
      if (!(await carrier.isOver(state.leg))) return transfers.sweep(request);
      if (!(await transfers.firstGone(id, state.responder))) await end(id, 'done');
      return 1;
    }
    if (state.kind === 'ended' || !silent) return 0;
    await end(id, 'caller-left');
    return 1;
  };

  const isStuck = async ({ responder, busyWith }: Duty): Promise<boolean> => {
    if (busyWith === null) return false;
    const state = (await requests.get(busyWith))?.state;
    if (state?.kind === 'ringing') return !state.rings.some((ring) => ring.responder === responder);
    if (state?.kind !== 'accepted') return true;
    return state.responder !== responder && state.guest?.responder !== responder;
  };

  return async () => {
    let mended = 0;
    for (const request of await requests.listLive(SWEPT_AT_ONCE)) mended += await sweepRequest(request);
    const seen = new Map<string, number>();
    for (const duty of await desk.everybody()) {
      if (duty.busyWith === null || !(await isStuck(duty))) continue;
      if (suspects.get(duty.responder) !== duty.version) seen.set(duty.responder, duty.version);
      else if (await desk.release(duty.responder, duty.busyWith)) mended += 1;
    }
    suspects = seen;
    return mended;
  };
}
