import type { Ask } from '../../dialogs/turn-types.js';
import type { Language } from '../../locales/translate.js';
import type { ConversationId, LineRequestId } from '../kernel/ids.js';
import type { CallbackId } from '../phone-line/callback-store.js';

/** How the phone speaks to a caller. `slow` when they asked for it. */
export interface Voice {
  language: Language;
  slow?: boolean;
}

/** What a phone is to do next, in no carrier's words. */
export type VoiceAction =
  | ({ kind: 'say'; text: string } & Voice)
  /** Says `prompt`, listens by speech and keypad, then brings the answer, or silence, to turn `turn`. */
  | ({
      kind: 'ask';
      prompt: readonly string[];
      conversation: ConversationId;
      turn: number;
      keys: Ask['keys'];
      hints: readonly string[];
    } & Voice)
  /** Keeps the caller in line, listening meanwhile, then asks again how far the request is. */
  | ({
      kind: 'wait';
      prompt: readonly string[];
      conversation: ConversationId;
      turn: number;
      request: LineRequestId;
      round: number;
    } & Voice)
  /** Goes on to the room of a request once everything before is said: whether it still is one is asked again. */
  | { kind: 'enter'; request: LineRequestId; conversation: ConversationId }
  /**
   * Puts this phone in the room of a request; the room outlives a guest. `staff` and `person`: the two of a callback.
   */
  | {
      kind: 'connect';
      request: LineRequestId;
      party: 'caller' | 'responder' | 'guest' | 'staff' | 'person';
      conversation?: ConversationId;
    }
  /** Puts the caller through to the agreed suicide prevention line; a leg that fails comes back. */
  | { kind: 'transfer'; request: LineRequestId; conversation: ConversationId }
  /** Asks the professional who was rung to press 1: a voicemail cannot. */
  | { kind: 'screen'; prompt: string; language: Language; request: LineRequestId; responder: string }
  /** Asks whoever picked up the phone of a caller to press 1: a voicemail, or somebody else, does not. */
  | {
      kind: 'screen-caller';
      prompt: string;
      language: Language;
      request: LineRequestId;
      conversation: ConversationId;
    }
  /** Asks whoever picked up a callback to press 1: somebody else, or a voicemail, is told nothing more. */
  | { kind: 'screen-person'; prompt: string; language: Language; callback: CallbackId }
  /** The answer is not ready in time: come back for it. */
  | { kind: 'come-back'; text: string; language: Language }
  | { kind: 'hang-up' };
