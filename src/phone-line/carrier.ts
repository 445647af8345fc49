import type { LegId, LineRequestId } from '../kernel/ids.js';
import type { ResponderId } from './line.js';

/** What whoever is rung hears before they press 1. */
export type Whisper = 'call' | 'transfer' | 'take-over' | 'callback';

/** What somebody of the staff is told by phone. */
export const STAFF_NOTICES = ['alert', 'paused'] as const;
export type StaffNotice = (typeof STAFF_NOTICES)[number];

export type RingOutcome = { kind: 'ringing'; leg: LegId } | { kind: 'failed' };

/** The telephone network as the phone line needs it. It never sees or returns a number. */
export interface Carrier {
  /** Rings a responder's desk phone; the leg's later fate comes back as call events. */
  ring(call: {
    responder: ResponderId;
    request: LineRequestId;
    seconds: number;
    whisper?: Whisper;
  }): Promise<RingOutcome>;
  /** Rings a desk phone and says a notice to whoever answers: nobody is put through. */
  notify(call: { responder: ResponderId; notice: StaffNotice }): Promise<void>;
  /**
   * Rings a desk phone that is not verified yet; whoever answers hears a code.
   * @param call.ticket the code, sealed
   */
  sayCode(call: { responder: ResponderId; ticket: string }): Promise<'ringing' | 'failed'>;
  /** Ends a leg; a leg that is gone already is no error. */
  hangUp(leg: LegId): Promise<void>;
  /** Whether a leg is over for certain; `false` when the network cannot say. */
  isOver(leg: LegId): Promise<boolean>;
  /**
   * Whether the room of a request closes when this leg leaves it; it does unless this says otherwise.
   * @returns `failed` when the network could not do it
   */
  setExit(room: { request: LineRequestId; leg: LegId; closes: boolean }): Promise<'set' | 'failed'>;
  /** Sends whoever is still in the room of a request back to us; a room that is gone is no error. */
  closeRoom(request: LineRequestId): Promise<void>;
}
