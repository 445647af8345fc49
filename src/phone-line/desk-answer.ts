import type { LineRequestId } from '../kernel/ids.js';
import type { Carrier } from './carrier.js';
import type { LineReason, ResponderId } from './line.js';
import type { DutyStore, LineRequestStore } from './line-store.js';
import type { Ringing } from './ringing.js';

/** A call that rings at somebody's desk phone. */
export interface IncomingCall {
  request: LineRequestId;
  reason: LineReason;
}

/** What a responder may do from a screen while the phone rings. Accepting stays on the phone: a voicemail has no key. */
export interface DeskAnswer {
  /** The call that rings at a responder's phone now. */
  ringingAt(responder: ResponderId): Promise<IncomingCall | undefined>;
  /** The same as a refusal by phone: this phone stops at once, and somebody else is rung. */
  refuse(id: LineRequestId, responder: ResponderId): Promise<'refused' | 'not-ringing'>;
}

export function createDeskAnswer(parts: {
  requests: Pick<LineRequestStore, 'get'>;
  duties: Pick<DutyStore, 'get'>;
  carrier: Pick<Carrier, 'hangUp'>;
  ringing: Pick<Ringing, 'drop'>;
  ringOn: (id: LineRequestId) => Promise<void>;
}): DeskAnswer {
  const { requests, duties, carrier, ringing, ringOn } = parts;

  const ringOf = async (id: LineRequestId, responder: ResponderId) => {
    const request = await requests.get(id);
    if (request?.state.kind !== 'ringing') return undefined;
    const ring = request.state.rings.find((one) => one.responder === responder);
    return ring === undefined ? undefined : { ring, reason: request.reason };
  };

  return {
    async ringingAt(responder) {
      const id = (await duties.get(responder))?.busyWith ?? undefined;
      const found = id === undefined ? undefined : await ringOf(id, responder);
      return id === undefined || found === undefined ? undefined : { request: id, reason: found.reason };
    },
    async refuse(id, responder) {
      const found = await ringOf(id, responder);
      if (found === undefined) return 'not-ringing';
      await ringing.drop(id, responder);
      if (found.ring.leg !== null) await carrier.hangUp(found.ring.leg);
      await ringOn(id);
      return 'refused';
    },
  };
}
