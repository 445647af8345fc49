import type { Card, Channel, Language, Owner } from '../src/conversations/conversation.js';
import type { Profile } from '../src/directory/profile.js';
import type { Instant } from '../src/kernel/clock.js';
import type { ConversationId, LineRequestId } from '../src/kernel/ids.js';
import type { Fact } from '../src/reporting/fact.js';
import type { RiskReason } from '../src/safety/risk.js';
import type { DialogServices } from './services.js';

export const DIALOGS = [
  'welcome',
  'triage',
  'place',
  'orientation',
  'adjustment',
  'send-text',
  'callback',
  'booking',
  'manage-booking',
  'waiting',
  'phone-line',
  'chat-code',
  'handoff',
  'crisis',
] as const;
export type DialogName = (typeof DIALOGS)[number];

/** A list of sentences' parts is said with commas between them. */
export type Params = Readonly<Record<string, string | number | readonly Say[]>>;

/** One sentence: a key in `locales`, or words that are data (a service's description). */
export type Say = { key: string; params?: Params; card?: Card } | { text: string; card?: Card };

/** One possible answer. `words` also choose it when they stand in what the caller says. */
export interface Choice {
  value: string;
  key: string;
  params?: Params;
  words?: readonly string[];
}

/** A question and what may come back. The sentence itself is the last of the step's `says`. */
export interface Question {
  choices: readonly Choice[];
  /** Asks for the caller's own words first: a phone reads the choices only after a misunderstanding. */
  open?: boolean;
  keys: { kind: 'none' } | { kind: 'one' } | { kind: 'code'; length: number };
  /** Another way of asking, said after a first misunderstanding. */
  again: Say;
  /** Words the speech recogniser should favour. */
  hints?: readonly string[];
}

/** A profile without its place, which is remembered beside it. */
export type Told = Omit<Profile, 'academy' | 'department'>;

/** What is remembered across the dialogs of one conversation. Never an identifier. */
export interface Memory {
  academy?: string;
  department?: string;
  need?: string;
  /** How the need was known: read from words, that sure, beside others; or chosen. */
  needFrom?: { confidence?: number; also: readonly string[] };
  /** What the conversation is about, for whoever reads along; `seq`: the message it was read from. */
  about?: { need: string; confidence?: number; also: readonly string[]; seq: number };
  /** Of the psychologist the caller would rather speak to. */
  gender?: 'woman' | 'man';
  /** The caller asked to be spoken to slowly. */
  slow?: boolean;
  /** Wrong codes of the chat keyed in this call: three at most. */
  chatCodeTries?: number;
  /** Said in passing, or asked; only counted. */
  corps?: string;
  /** What the caller's own words told of their situation: it is not asked again. */
  told?: Told;
  /** Times this conversation held, and since when: 15 minutes at most, however often they are chosen again. */
  heldTimes?: readonly { psychologist: string; start: number; since: number }[];
  /** Wrong reference codes given (product.md, rule 6: five tries per conversation). */
  codeTries: number;
}

export interface DialogInput {
  kind: 'text' | 'keys' | 'silence' | 'line-ended';
  text: string;
  /** The choice of the question that this answers, if it answers one. */
  choice: string | undefined;
}

export interface DialogContext {
  conversation: ConversationId;
  channel: Channel;
  language: Language;
  owner: Owner;
  now: Instant;
  memory: Memory;
  services: DialogServices;
  lineRequest: LineRequestId | null;
}

/** What a dialog wants done, all of it saved with its replies in one write. */
export interface Effects {
  memory?: Partial<Memory>;
  owner?: Owner;
  lineRequest?: LineRequestId | null;
  /** A life may be at risk: the desk is alerted. */
  alarm?: RiskReason;
  /** Counted once the turn is saved. */
  facts?: readonly Fact[];
}

export type Step =
  /** Stay in this dialog and listen. */
  | { kind: 'ask'; says: readonly Say[]; question: Question; state: unknown; effects?: Effects }
  /** The caller waits on the phone; the dialog goes on when the wait ends. */
  | {
      kind: 'hold-the-line';
      says: readonly Say[];
      request: LineRequestId;
      question?: Question;
      state: unknown;
      effects?: Effects;
    }
  /** Not an answer to the question: the turn asks in another way, then offers a human. */
  | { kind: 'misunderstood' }
  /** Go on in another dialog, in place of this one. */
  | { kind: 'replace'; says: readonly Say[]; dialog: DialogName; with: unknown; effects?: Effects }
  /** Ask another dialog first; its result comes back to `resumed`. */
  | {
      kind: 'begin';
      says: readonly Say[];
      dialog: DialogName;
      with: unknown;
      state: unknown;
      effects?: Effects;
    }
  /** Finished. */
  | { kind: 'done'; says: readonly Say[]; result?: unknown; effects?: Effects }
  /** Back to what was asked before this dialog cut in. */
  | { kind: 'return'; says: readonly Say[]; effects?: Effects }
  /** The conversation is over: the phone hangs up. */
  | { kind: 'end'; says: readonly Say[]; effects?: Effects };

/**
 * A dialog is three plain functions over a JSON state (architecture.md, "bot"). They may be run twice for the
 * same input, when the write that should have saved them is lost: what they do must bear it.
 */
export interface Dialog {
  name: DialogName;
  start(context: DialogContext, args: unknown): Promise<Step>;
  answer(context: DialogContext, state: unknown, input: DialogInput): Promise<Step>;
  /** A dialog begun by this one is done. */
  resumed?(context: DialogContext, state: unknown, result: unknown): Promise<Step>;
}

/** One dialog under way; the last of the stack is the one that listens. */
export interface Frame {
  dialog: DialogName;
  state: unknown;
}

export const NO_KEYS = { kind: 'none' } as const;
export const ONE_KEY = { kind: 'one' } as const;
