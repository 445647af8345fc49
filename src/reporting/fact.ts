import type { Instant } from '../kernel/clock.js';
import type { Need } from '../kernel/needs.js';

/** Where an appointment is: product.md, "Booking rules". */
export type SupportPlace = 'eae' | 'section' | 'telephone';

/**
 * Something that happened, without whom it happened to. A fact is counted at once and not kept: it never names a
 * conversation, a booking or a person.
 */
export type Fact =
  | { kind: 'contact-opened'; channel: string }
  | { kind: 'need-understood'; need: Need }
  | { kind: 'academy-said'; academy: string }
  | { kind: 'corps-said'; corps: string }
  | { kind: 'oriented'; service: string }
  | { kind: 'booked'; place: SupportPlace; session: number }
  | { kind: 'booking-cancelled' }
  /** Somebody asks to be called back, and how it ended. */
  | { kind: 'callback'; step: 'asked' | 'reached' | 'unreached' | 'withdrawn' | 'expired' }
  /** Somebody waits for a time, is offered one that came free, or takes it. */
  | { kind: 'waiting'; step: 'joined' | 'offered' | 'taken' }
  | { kind: 'session-held'; place: SupportPlace; session: number }
  /** Staff said that nobody came; held against no code. */
  | { kind: 'session-missed'; place: SupportPlace }
  | { kind: 'call-answered'; by: 'psychologist' | 'operator'; reason: string; seconds: number }
  | { kind: 'call-unanswered'; because: 'nobody' | 'caller-left' }
  | { kind: 'alert-opened'; at: Instant }
  | { kind: 'alert-acknowledged'; seconds: number }
  | { kind: 'alert-closed'; outcome: string }
  | { kind: 'handed-over' }
  | { kind: 'taken-over'; seconds: number }
  | { kind: 'closed-by-person'; outcome: string; orientation: string };

/** Where parts leave facts. Never fails and never makes a caller wait. */
export interface FactSink {
  record(facts: readonly Fact[]): void;
}
