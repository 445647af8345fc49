import type { Instant } from '../kernel/clock.js';
import type { AlertId, ConversationId, LineRequestId, StaffId } from '../kernel/ids.js';

export const CHANNELS = ['web', 'phone', 'sms', 'bot-framework'] as const;
export type Channel = (typeof CHANNELS)[number];

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Who answers. Each change raises the epoch (architecture.md, "Ownership is an owner and an epoch"). */
export type Owner =
  | { kind: 'bot' }
  | { kind: 'queue'; since: Instant }
  | { kind: 'operator'; staff: StaffId; pseudonym: string; since: Instant }
  | { kind: 'closed'; at: Instant };

export type OwnerKind = Owner['kind'];

/** A colleague is asked to take over. Until they accept, the owner stays the owner. */
export interface Offer {
  to: StaffId;
  by: StaffId;
  until: Instant;
}

/** What a person asks the bot to go on with. */
export const HAND_BACKS = ['anything', 'appointment', 'service', 'call'] as const;
export type HandBack = (typeof HAND_BACKS)[number];

/** The last part a person had, for the bot to read: its messages from the first to the last, and what is next. */
export interface HumanPart {
  from: number;
  to: number;
  next: HandBack;
}

/** What is stored of a conversation outside its sealed part. Nothing here comes from the caller's words. */
export interface ConversationHead {
  id: ConversationId;
  channel: Channel;
  language: Language;
  owner: Owner;
  /** Raised by one at each change of owner, from 0. */
  epoch: number;
  /** Raised by one at each write, from 0: every write is a compare-and-set on it. */
  version: number;
  /** Number of the last message, 0 when there is none. Also the Direct Line watermark. */
  lastSeq: number;
  openedAt: Instant;
  activeAt: Instant;
  /** The open alert, if there is one: it sorts first and nothing automatic may close the conversation. */
  alert: AlertId | null;
  /** The caller waits for somebody on the phone. */
  lineRequest: LineRequestId | null;
  /** Ended by any change of owner, and by its own time. */
  offer?: Offer | null;
  humanPart?: HumanPart;
  /** Dialog state, encrypted with the record's own key. */
  sealedState: string;
}

export const AUTHORS = ['caller', 'bot', 'operator', 'system'] as const;
export type Author = (typeof AUTHORS)[number];

/** One choice offered with a message: `value` comes back as the caller's text. */
export interface OfferedChoice {
  value: string;
  title: string;
}

/** Structured content shown beside the text on screens; the text alone is enough everywhere else. */
export type Card =
  | { kind: 'appointment'; code: string; start: Instant; zone: string; place: string; mode: string }
  | { kind: 'services'; services: readonly ServiceCardEntry[] }
  | { kind: 'sheet'; measures: readonly SheetMeasure[]; notes: readonly string[] }
  | { kind: 'numbers'; numbers: readonly { number: string; what: string }[] };

/** One measure on a sheet to keep or print. */
export interface SheetMeasure {
  name: string;
  why: string;
  duration: string;
  effects: { post: string; pay: string };
  conditions: readonly string[];
  papers: { administrative: readonly string[]; medical: readonly string[] };
  send: readonly { what: string; to: string; how: string }[];
  deadlines: readonly { what: string; date: string; status: 'open' | 'closed' }[];
}

export interface ServiceCardEntry {
  name: string;
  what: string;
  contacts: readonly { kind: string; value: string }[];
  stale: boolean;
}

/** A message as the people in the conversation see it: identifiers already masked. */
export interface Message {
  seq: number;
  from: Author;
  at: Instant;
  text: string;
  choices?: readonly OfferedChoice[];
  card?: Card;
  /** Pseudonym of the person who wrote it, for operators. */
  by?: string;
  /** The channel's own key of a caller's message, echoed so that a client can recognise it. */
  clientKey?: string;
}

export type NewMessage = Omit<Message, 'seq' | 'at'>;

/** A message as stored: only its number, author and time are readable without the record's key. */
export interface SealedMessage {
  conversation: ConversationId;
  seq: number;
  from: Author;
  at: Instant;
  sealed: string;
}
