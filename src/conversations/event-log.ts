import type { ConversationId } from '../kernel/ids.js';

/** What other parts and other instances want to hear about. Ids only, never content. */
export type DomainEvent =
  | { kind: 'conversation-changed'; conversation: ConversationId }
  | { kind: 'alert-changed'; conversation: ConversationId }
  | { kind: 'line-changed' }
  /** Who is at the desk, what they read, or whether they take a break. */
  | { kind: 'presence-changed' };

export interface LoggedEvent {
  /** Rising from 1. */
  seq: number;
  event: DomainEvent;
}

/**
 * Append-only, with a rising number. Numbers may become visible out of order: `after` stops at the first
 * gap, and gives a gap up as abandoned only when later events are older than a few seconds.
 */
export interface EventLog {
  append(event: DomainEvent): Promise<number>;
  /** Events with `seq > after`, in order, up to the first gap, at most `limit` (1 to 1,000). */
  after(seq: number, limit: number): Promise<LoggedEvent[]>;
  /** Highest number appended, 0 when empty. */
  last(): Promise<number>;
  /** Drops events up to and including `seq`. */
  trim(upTo: number): Promise<void>;
}
