import type { Instant } from '../kernel/clock.js';
import type { ConversationId, Id, LegId, LineRequestId } from '../kernel/ids.js';
import type { ContactId } from '../privacy/vault-store.js';
import type { LineLanguage, ResponderId } from './line.js';

export type CallbackId = Id<'callback'>;

/** `withdrawn` by the caller; `expired` when its time was over; `unreached` after the last attempt. */
export const CALLBACK_OUTCOMES = ['reached', 'unreached', 'withdrawn', 'expired'] as const;
export type CallbackOutcome = (typeof CALLBACK_OUTCOMES)[number];

/** One call that was tried: who tried is seen by everybody, so that nobody calls twice. */
export interface CallbackAttempt {
  by: ResponderId;
  at: Instant;
  /** `null` while it is under way. */
  reached: boolean | null;
}

export type CallbackState =
  | { kind: 'open' }
  | { kind: 'claimed'; by: ResponderId; at: Instant }
  /** The desk phone rings; once `dialled`, the caller's. `leg`: the caller's, once the carrier has named it. */
  | {
      kind: 'calling';
      by: ResponderId;
      at: Instant;
      request: LineRequestId;
      dialled: boolean;
      leg: LegId | null;
    }
  | { kind: 'done'; by: ResponderId | null; at: Instant; outcome: CallbackOutcome };

/** Somebody asked to be called. Their number is in the vault, for these attempts only. */
export interface Callback {
  id: CallbackId;
  /** Keyed hash of the number: one callback a number. `id` once it is done. */
  key: string;
  conversation: ConversationId;
  contact: ContactId;
  language: LineLanguage;
  from: Instant;
  to: Instant;
  /** Whether a message may be left when nobody presses 1. */
  mayLeaveMessage: boolean;
  askedAt: Instant;
  state: CallbackState;
  attempts: readonly CallbackAttempt[];
  version: number;
}

export interface CallbackStore {
  /** One live callback a number: a second one is `exists`. */
  create(callback: Callback): Promise<'created' | 'exists'>;
  get(id: CallbackId): Promise<Callback | undefined>;
  /** The live callback of a number's hash. */
  ofNumber(key: string): Promise<Callback | undefined>;
  /** Saved only if the stored version is `callback.version - 1`. */
  save(callback: Callback): Promise<'saved' | 'conflict'>;
  /** Callbacks that are not done, those whose time ends first. */
  listLive(limit: number): Promise<Callback[]>;
  /** Removes what was done before that instant; at most 500 a call. */
  removeDoneBefore(at: Instant): Promise<number>;
}
