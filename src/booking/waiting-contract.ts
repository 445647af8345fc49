import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, Id, SiteId } from '../kernel/ids.js';
import type { Messenger } from '../messages/messenger.js';
import type { Mode } from './booking.js';
import type { PublicBooking } from './booking-contract.js';
import type { BookingCode } from './code.js';
import type { TimeWish } from './time-wish.js';
import type { WaitingEntry, WaitingReach } from './waiting-store.js';

/** Names a place in the line inside the service: who has it has had the code. */
export type WaitingTicket = Id<'waiting-ticket'>;

/** What is written to somebody whose turn it is: a time, until when it is kept, and nothing about psychology. */
export type OfferWords = (offer: {
  language: WaitingEntry['language'];
  zone: string;
  start: Instant;
  until: Instant;
}) => { subject: string; text: string };

/** The chats of those who wait in one. */
export interface ChatNotices {
  /** Whether somebody who waits there would see what is said now. */
  isOpen(conversation: ConversationId): Promise<boolean>;
  /** May be repeated for the same booking: it is said once. */
  offer(
    conversation: ConversationId,
    offer: { ticket: WaitingTicket; booking: BookingId },
  ): Promise<'told' | 'not-now'>;
}

/** A chat is told in itself; anybody may leave a contact instead. */
export type ReachRequest =
  | { chat: ConversationId }
  /** As it was typed, keyed or said. */
  | { contact: string };

export interface JoinRequest {
  sites: readonly SiteId[];
  mode: Mode;
  wish?: TimeWish | undefined;
  /** Only times that start before this one. */
  before?: Instant | undefined;
  reach: ReachRequest;
  language: WaitingEntry['language'];
}

export type JoinOutcome =
  | { kind: 'joined'; code: BookingCode; ticket: WaitingTicket; until: Instant }
  | { kind: 'not-a-contact' }
  | { kind: 'not-offered' };

export type WaitingState =
  | { kind: 'not-found' }
  | { kind: 'waiting' }
  | { kind: 'offered'; offer: PublicBooking; until: Instant };

export type AcceptOutcome =
  | { kind: 'confirmed'; booking: PublicBooking }
  | { kind: 'offer-ended' }
  | { kind: 'not-found' };

/** One who waits, as a coordinator sees it: nothing leads to a caller. */
export interface WaitingLine {
  sites: readonly SiteId[];
  mode: Mode;
  wish: TimeWish | null;
  before: Instant | null;
  way: WaitingReach['way'];
  since: Instant;
  until: Instant;
  /** A time is held for them until then. */
  offeredUntil: Instant | null;
}

/** The line for a time that comes free (product.md, "Booking rules"). It never moves anybody by itself. */
export interface WaitingList {
  ways: Messenger['ways'];
  /** Waits for 28 days at most, for one of these sites. */
  join(request: JoinRequest): Promise<JoinOutcome>;
  /**
   * The place in the line behind a code. It waits for its turn as every look-up of a code; what is not found here is
   * looked for, and counted, among the appointments.
   */
  find(code: string): Promise<WaitingTicket | 'not-found' | 'too-busy'>;
  state(ticket: WaitingTicket): Promise<WaitingState>;
  /** Takes the time that is held: the code becomes the appointment's. May be repeated. */
  accept(ticket: WaitingTicket): Promise<AcceptOutcome>;
  /** Not this time: it goes to the next, is never offered to them again, and they wait on. */
  decline(ticket: WaitingTicket): Promise<void>;
  /** Out of the line, with the contact and whatever was held. */
  leave(ticket: WaitingTicket): Promise<void>;
  /** Everybody who waits, the head of the line first, at most 500. */
  lines(): Promise<WaitingLine[]>;
  /** Something came free: holds it at once for whoever is first in line for it and can be reached; tells nobody yet. */
  holdFreed(): Promise<number>;
  /**
   * Lets go of what was not answered, holds what is free, and tells those it is held for. Nobody is written to at
   * night. May be run twice or late. @returns how many were told
   */
  offerFree(): Promise<number>;
}
