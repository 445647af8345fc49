import type { Instant } from '../kernel/clock.js';
import type { ConversationId, Id, LegId, LineRequestId } from '../kernel/ids.js';

/** Somebody who may be rung: a psychologist or an operator (the id of their account or diary). */
export type ResponderId = Id<'psychologist'> | Id<'staff'>;
export type ResponderRole = 'psychologist' | 'operator';

/** One responder's state on the immediate line. */
export interface Duty {
  responder: ResponderId;
  role: ResponderRole;
  /** Their own switch. */
  available: boolean;
  /** Since when they have had no call: the one idle longest is rung first. */
  idleSince: Instant;
  /** Consecutive refused or unanswered rings; two pause them (product.md, "Immediate telephone line"). */
  missed: number;
  paused: boolean;
  /** The request they are being rung for or talking to; nobody is in two calls. */
  busyWith: LineRequestId | null;
  version: number;
}

/**
 * Why the caller waits; `vital` rings never count as missed (product.md, "Safety protocol"). `appointment`: at the
 * time of a telephone appointment its own psychologist is rung, then operators.
 */
export type LineReason = 'immediate' | 'operator' | 'vital' | 'appointment';

export type LineState =
  | { kind: 'waiting' }
  | { kind: 'ringing'; responder: ResponderId; leg: LegId | null; since: Instant }
  | { kind: 'accepted'; responder: ResponderId; leg: LegId; at: Instant }
  | { kind: 'ended'; because: 'nobody' | 'caller-left' | 'done' };

/** A caller who waits for a person on the phone. */
export interface LineRequest {
  id: LineRequestId;
  conversation: ConversationId;
  reason: LineReason;
  openedAt: Instant;
  state: LineState;
  /** Whose appointment it is. */
  wanted?: ResponderId;
  /** Responders already rung for this request, in order. */
  rung: readonly ResponderId[];
  version: number;
}
