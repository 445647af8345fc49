import type { Instant } from '../kernel/clock.js';
import type { ConversationId, Id, LegId, LineRequestId } from '../kernel/ids.js';

/** Somebody who may be rung: a psychologist or an operator (the id of their account or diary). */
export type ResponderId = Id<'psychologist'> | Id<'staff'>;
export type ResponderRole = 'psychologist' | 'operator';
export type LineLanguage = 'fr' | 'en';
export type Gender = 'woman' | 'man';

/** What a caller may ask of the person who answers. */
export interface ResponderProfile {
  /** Slugs of the académies they know best. */
  academies: readonly string[];
  languages: readonly LineLanguage[];
  gender: Gender | null;
}

/** Nothing is known of them yet: they speak French. */
export const UNKNOWN_PROFILE: ResponderProfile = { academies: [], languages: ['fr'], gender: null };

/** One responder's state on the immediate line. */
export interface Duty {
  responder: ResponderId;
  role: ResponderRole;
  profile: ResponderProfile;
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
 * time of a telephone appointment its own psychologist is rung, then operators. `take-over`: somebody of the staff asked
 * for this caller, and nobody else is rung. `callback`: the same,
 * for somebody who asked to be called.
 */
export type LineReason = 'immediate' | 'operator' | 'vital' | 'appointment' | 'take-over' | 'callback';

/** What the caller asked for: language and gender are kept, the académie is preferred. */
export interface Wish {
  /** For `appointment`: whose it is. */
  psychologist?: ResponderId;
  academy?: string;
  language?: LineLanguage;
  gender?: Gender;
}

/** A colleague asked into a talk: their phone rings, then they are in the room beside the first (warm transfer). */
export interface Guest {
  responder: ResponderId;
  /** `null` until the carrier has named it. */
  leg: LegId | null;
  since: Instant;
  joined: boolean;
}

/** One phone that rings. `leg` is `null` until the carrier has named it. */
export interface Ring {
  responder: ResponderId;
  leg: LegId | null;
}

export type LineState =
  | { kind: 'waiting' }
  | { kind: 'ringing'; rings: readonly Ring[]; since: Instant }
  /** `connectedAt`: when the caller's phone asked to be sent into the room; `null` before. */
  | {
      kind: 'accepted';
      responder: ResponderId;
      leg: LegId;
      at: Instant;
      connectedAt: Instant | null;
      guest?: Guest;
    }
  | { kind: 'ended'; because: LineEnd };

export type LineEnd = 'nobody' | 'caller-left' | 'done';

/** A caller who waits for a person on the phone. */
export interface LineRequest {
  id: LineRequestId;
  conversation: ConversationId;
  reason: LineReason;
  wish: Wish;
  openedAt: Instant;
  /** When the caller's phone last asked: a phone that no longer asks has gone. */
  seenAt: Instant;
  state: LineState;
  /** Responders already rung for this request, in order. */
  rung: readonly ResponderId[];
  version: number;
}
