import type { LegId, LineRequestId } from '../kernel/ids.js';
import type { ResponderId } from './line.js';

export type RingOutcome = { kind: 'ringing'; leg: LegId } | { kind: 'failed' };

/** The telephone network as the phone line needs it. It never sees or returns a number. */
export interface Carrier {
  /** Rings a responder's desk phone; the leg's later fate comes back as call events. */
  ring(call: { responder: ResponderId; request: LineRequestId; seconds: number }): Promise<RingOutcome>;
  /** Ends a leg; a leg that is gone already is no error. */
  hangUp(leg: LegId): Promise<void>;
  /** Whether a leg is over for certain; `false` when the network cannot say. */
  isOver(leg: LegId): Promise<boolean>;
  /** Sends whoever is still in the room of a request back to us; a room that is gone is no error. */
  closeRoom(request: LineRequestId): Promise<void>;
}
