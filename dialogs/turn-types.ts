import type { Message, OfferedChoice, Owner } from '../src/conversations/conversation.js';
import type { ConversationId, LineRequestId } from '../src/kernel/ids.js';

/** One thing a caller does, from any channel; `offer` is the service's own: a time came free for who waits here. */
export interface CallerInput {
  conversation: ConversationId;
  /**
   * Names this input for the conversation: the same key again is the same input, answered with the same
   * replies. Chat: the client's activity id; phone: the number of the turn asked.
   */
  key: string;
  /** `start` opens the conversation: nothing was said yet. */
  kind: 'start' | 'text' | 'keys' | 'silence' | 'hang-up' | 'line-ended' | 'offer' | 'handed-back';
  /**
   * Words, or the keys pressed (`0`-`9`, `*`, `#`). For `start` the id of an earlier conversation that this one may
   * go on from, for `offer` the ticket of who waits; '' for the others. `handed-back` is no act of the caller: a
   * person has left them to the bot.
   */
  text: string;
}

/** What the conversation waits for after a turn. */
export interface Ask {
  /** Choices in the order of the keypad: the first is key 1. Empty: an open question. */
  choices: readonly OfferedChoice[];
  /** Whether a phone reads the choices out: an open question does so only when it was not answered. */
  menu: boolean;
  /** Keys to collect for one answer: a reference code, or one key of a menu. */
  keys: { kind: 'none' } | { kind: 'one' } | { kind: 'code'; length: number };
  /** Words the speech recogniser should favour. */
  hints: readonly string[];
}

/** What the channel must do besides showing the messages. */
export type TurnAction =
  | { kind: 'listen'; ask: Ask }
  /** The caller waits on the phone for this request. */
  | { kind: 'hold-the-line'; request: LineRequestId }
  /** A person has the conversation: nothing is asked. */
  | { kind: 'human' }
  | { kind: 'end' };

export interface TurnResult {
  /** Replies of this turn, in order, in the language of the conversation. */
  messages: readonly Message[];
  /** Number of the caller's own message in the transcript; `null` when nothing was said. */
  callerSeq: number | null;
  action: TurnAction;
  owner: Owner;
  /** The caller asked to be spoken to slowly. */
  slow?: boolean;
  /** Rising number of the conversation's state: names the next input on the phone. */
  version: number;
}

/**
 * The only door into the dialogs, for every channel (architecture.md, rule 1).
 * Rejects with `CodedError` `not-found` for an unknown, erased or closed conversation.
 */
export type TakeTurn = (input: CallerInput) => Promise<TurnResult>;
