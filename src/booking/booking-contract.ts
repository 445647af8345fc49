import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, PsychologistId, SiteId } from '../kernel/ids.js';
import type { Mode, Site, Slot } from './booking.js';
import type { BookingCode } from './code.js';
import type { SiteQuery } from './site-choice.js';

export interface SlotQuery {
  /** These sites; without them, those of `sitesFor` for the department and the mode. */
  sites?: readonly SiteId[] | undefined;
  department?: string | undefined;
  academyDepartments?: readonly string[] | undefined;
  mode?: Mode | undefined;
  psychologist?: PsychologistId | undefined;
  /** Earliest start; the notice still counts. */
  from?: Instant | undefined;
  /** 1 to 50. */
  limit: number;
}

export type HoldOutcome =
  | { kind: 'held'; booking: BookingId; code: BookingCode; since: Instant; until: Instant }
  | { kind: 'taken'; nearest: Slot[] };

export type RenewOutcome = { kind: 'renewed'; until: Instant } | { kind: 'hold-ended' };

/** All that a code reveals: a time and a place (product.md, "Anonymity", rule 6). */
export interface PublicBooking {
  site: Site;
  mode: Mode;
  start: Instant;
  end: Instant;
}

export type LookUp = { kind: 'found'; booking: PublicBooking } | { kind: 'not-found' };

export interface BookingService {
  /** Sites with availability: the department's own, then the académie's, then those that serve everybody. */
  sitesFor(query: SiteQuery): Promise<Site[]>;
  site(id: SiteId): Promise<Site | undefined>;
  /** Free slots from 2 hours to less than 28 days ahead, earliest first, one for each time, site and mode. */
  findSlots(query: SlotQuery): Promise<Slot[]>;
  /**
   * Keeps a slot for 5 minutes; an earlier hold of the conversation gives way. `taken` also answers a slot that
   * is not, or no longer, offered. `nearest` has at most 3 slots of the same site and mode, nearest in time
   * first; it may be empty.
   */
  hold(slot: Slot, conversation: ConversationId): Promise<HoldOutcome>;
  /**
   * Five more minutes from now, never past 15 minutes after `heldSince`.
   * @param heldSince the `since` of the hold
   */
  renew(booking: BookingId, heldSince: Instant): Promise<RenewOutcome>;
  /** May be repeated: `confirmed` each time. */
  confirm(booking: BookingId): Promise<'confirmed' | 'hold-ended' | 'unknown'>;
  /** Gives up what the conversation holds, if anything. */
  release(conversation: ConversationId): Promise<void>;
  /**
   * Confirmed appointment that has not ended. A malformed, wrong, unknown, cancelled or past code answers the same.
   * @param code as it was typed or said
   */
  byCode(code: string): Promise<LookUp>;
  /**
   * Cancels what `byCode` finds. Repeating it, as a retried turn does, answers `cancelled` again until the time
   * of the appointment has passed, although `byCode` no longer finds it.
   * @param code as it was typed or said
   */
  cancel(code: string): Promise<'cancelled' | 'not-found'>;
}
