import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, PsychologistId, SiteId } from '../kernel/ids.js';
import type { Mode, Site, Slot } from './booking.js';
import type { BookingCode } from './code.js';
import type { SiteQuery } from './site-choice.js';
import type { Audience } from './slot-cutting.js';
import type { TimeWish } from './time-wish.js';

export interface SlotQuery {
  /** These sites; without them, those of `sitesFor` for the department and the mode. */
  sites?: readonly SiteId[] | undefined;
  department?: string | undefined;
  academyDepartments?: readonly string[] | undefined;
  mode?: Mode | undefined;
  psychologist?: PsychologistId | undefined;
  /** Length in minutes; without it, the usual one of each opening. */
  minutes?: number | undefined;
  /** Earliest start; the notice still counts. */
  from?: Instant | undefined;
  /** Starts before this; the horizon still counts. */
  to?: Instant | undefined;
  /** Days and hours of the place. */
  wish?: TimeWish | undefined;
  /** Without it, what callers are offered. */
  audience?: Audience | undefined;
  /** 1 to 200. */
  limit: number;
}

export interface HoldOptions {
  audience?: Audience;
  /** Code of earlier appointments that this one follows (see `followUp`). */
  followUp?: string;
  /** When this conversation first held the same time; the 15 minutes count from then. */
  heldSince?: Instant | undefined;
}

export type HoldOutcome =
  | { kind: 'held'; booking: BookingId; code: BookingCode; since: Instant; until: Instant }
  | { kind: 'taken'; nearest: Slot[] }
  /** This conversation has held it for 15 minutes: it is for others until then. */
  | { kind: 'held-too-long'; again: Instant };

export type RenewOutcome = { kind: 'renewed'; until: Instant } | { kind: 'hold-ended' };

/** All that a code reveals: a time and a place (product.md, "Anonymity", rule 6). */
export interface PublicBooking {
  site: Site;
  mode: Mode;
  start: Instant;
  end: Instant;
}

/** A code that finds nothing; `too-busy`: so many wrong codes came that only a person can look now. */
export type NoBooking = { kind: 'not-found' } | { kind: 'too-busy' };

export type LookUp =
  | {
      kind: 'found';
      booking: PublicBooking;
      /** Another time that the service asks the caller to take; the booked one stands until they answer. */
      proposed: PublicBooking | null;
    }
  | NoBooking;

export type MoveOutcome =
  | { kind: 'moved'; booking: PublicBooking }
  | { kind: 'taken'; nearest: Slot[] }
  | NoBooking;

export type KeepOutcome = { kind: 'kept'; until: Instant } | { kind: 'taken'; nearest: Slot[] } | NoBooking;

export type FollowUp =
  | {
      kind: 'allowed';
      /** Which appointment of the code it would be. */
      session: number;
      psychologist: PsychologistId;
      site: SiteId;
      mode: Mode;
      minutes: number;
    }
  /** One appointment ahead at a time. */
  | { kind: 'booked-already'; booking: PublicBooking }
  | { kind: 'quota-reached' }
  | NoBooking;

/** Whether the telephone appointment of a code is to be had now (product.md, "Booking rules"). */
export type Admission =
  | { kind: 'now'; psychologist: PsychologistId }
  /** Not by telephone, or not at this time. */
  | { kind: 'not-now' }
  | NoBooking;

export interface BookingService {
  /** Sites with availability: the department's own, then the académie's, then those that serve everybody. */
  sitesFor(query: SiteQuery): Promise<Site[]>;
  site(id: SiteId): Promise<Site | undefined>;
  /** Free slots from 2 hours to less than 28 days ahead, earliest first, one for each time, site and mode. */
  findSlots(query: SlotQuery): Promise<Slot[]>;
  /** The first free slot of each of the sites, the earliest site first. */
  firstFree(query: Omit<SlotQuery, 'limit'>): Promise<Slot[]>;
  /**
   * Keeps a slot for 5 minutes, 15 at most however often it is chosen again (`heldSince`); an earlier hold of the
   * conversation gives way. `taken` also answers a slot that
   * is not, or no longer, offered. `nearest` has at most 3 slots of the same site and mode, nearest in time
   * first; it may be empty.
   */
  hold(slot: Slot, conversation: ConversationId, options?: HoldOptions): Promise<HoldOutcome>;
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
   * The next appointment of a code that has not ended. A malformed, wrong, unknown, cancelled or past code answers
   * the same. The more wrong codes come in, the longer all answers take; never for `operator`.
   * @param code as it was typed or said
   */
  byCode(code: string, as?: Audience): Promise<LookUp>;
  /**
   * Cancels what `byCode` finds. Repeating it, as a retried turn does, answers `cancelled` again until the time
   * of the appointment has passed, although `byCode` no longer finds it.
   */
  cancel(code: string, as?: Audience): Promise<'cancelled' | NoBooking['kind']>;
  /** Free slots that the appointment of a code may move to: same psychologist first, its length kept. */
  slotsToMove(
    code: string,
    query: Pick<SlotQuery, 'from' | 'wish' | 'limit'>,
    as?: Audience,
  ): Promise<Slot[]>;
  /** Keeps a slot 5 minutes for the appointment of the code to move to; the booked time stays kept too. */
  keepForMove(code: string, slot: Slot, as?: Audience): Promise<KeepOutcome>;
  /** Puts the appointment at another time, the length kept. When that is taken the old one stands. May be repeated. */
  move(code: string, slot: Slot, as?: Audience): Promise<MoveOutcome>;
  /** Answers the time that the service proposed: `accept` moves, `refuse` keeps the booked one. */
  answerProposal(
    code: string,
    answer: 'accept' | 'refuse',
    as?: Audience,
  ): Promise<MoveOutcome | { kind: 'refused' }>;
  /** The appointment as a calendar file that says "Occupé" and no code. */
  calendarOf(code: string, as?: Audience): Promise<{ kind: 'found'; file: string } | NoBooking>;
  /** What the parts beside booking call the appointment that `byCode` finds; never shown. */
  idOf(code: string, as?: Audience): Promise<BookingId | undefined>;
  /** From 5 minutes before a telephone appointment to 15 after its start, the psychologist whose it is. */
  admit(code: string, as?: Audience): Promise<Admission>;
  /** Whether the caller may see the same psychologist again under this code (3 appointments). */
  followUp(code: string, as?: Audience): Promise<FollowUp>;
}
