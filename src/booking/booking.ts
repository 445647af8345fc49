import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, PsychologistId, SiteId } from '../kernel/ids.js';
import type { DatePattern } from './recurrence.js';

export const MODES = ['face_to_face', 'telephone'] as const;
export type Mode = (typeof MODES)[number];

export const SITE_KINDS = ['eae', 'section', 'telephone'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

export interface Site {
  id: SiteId;
  kind: SiteKind;
  name: string;
  /** Department code (`67`, `2A`, `974`); '' for the telephone site, which serves everybody. */
  department: string;
  address: string;
  accessibility: string;
  /** IANA time zone of the place. */
  zone: string;
  /**
   * Alsace-Moselle only: whether the commune has the Good Friday off (code du travail, L3134-13). Left out, it is
   * closed: a closed desk is better than a closed door.
   */
  goodFriday?: boolean;
}

export interface Psychologist {
  id: PsychologistId;
  /** Functional label for the console; callers never see it. */
  label: string;
}

/** Hours of wall clock, `HH:MM`, start included, end excluded. `24:00` ends the day; an end before the start is on the next day. */
export interface Hours {
  from: string;
  to: string;
}

/** One occurrence that is not like the others: other hours, or none. */
export interface RuleException {
  /** ISO date. */
  date: string;
  hours: Hours | null;
}

/**
 * Opening of one psychologist at one site, in wall-clock time of the site. A rule that recurs `once` was made on
 * purpose for its date: it beats an absence and a public holiday, but not the closure of the site.
 */
export interface AvailabilityRule extends DatePattern, Hours {
  id: string;
  psychologist: PsychologistId;
  site: SiteId;
  modes: readonly Mode[];
  /** Lengths of an appointment, minutes, multiples of 5; the first is the usual one. */
  durations: readonly number[];
  exceptions?: readonly RuleException[];
  /** Public holidays are days off unless this is set. */
  worksOnHolidays?: boolean;
  /** Minutes kept free around an appointment, multiples of 5. Those of two neighbours add up. */
  bufferBefore?: number;
  bufferAfter?: number;
  /** Minutes from one start to the next; without it, the length of the appointment. */
  step?: number;
  /** Starts fall on multiples of this many minutes of the clock; without it, on the start of the free time. */
  align?: number;
  /** Shortest time from the offer to the start, and how far ahead; without them, the service's own. */
  noticeMinutes?: number;
  horizonDays?: number;
  /** Every nth slot (1: all) is for operators, until so many hours before its start. */
  operatorShare?: { everyNth: number; releasedHoursBefore: number };
}

/** A psychologist is away, for a time or time and again. */
export interface Absence extends DatePattern, Hours {
  id: string;
  psychologist: PsychologistId;
  /** IANA zone of the hours. */
  zone: string;
}

/** A site is closed, for everybody who works there. */
export interface Closure extends DatePattern, Hours {
  id: string;
  site: SiteId;
}

/** Times that another calendar of the psychologist says are taken. */
export interface ImportedBusy {
  psychologist: PsychologistId;
  /** At most 2,000, from included, to excluded. */
  times: readonly { from: Instant; to: Instant }[];
}

/** A bookable time: one psychologist, one place, one way of meeting. */
export interface Slot {
  psychologist: PsychologistId;
  site: SiteId;
  mode: Mode;
  start: Instant;
  end: Instant;
}

/** A slot and the time it takes with its buffers. */
export interface Placement extends Slot {
  blockedFrom: Instant;
  blockedTo: Instant;
}

export type BookingStatus = 'held' | 'confirmed' | 'cancelled';

/** Another time kept for a confirmed booking until the caller has answered; the booked time stays theirs. */
export interface Proposal {
  to: Placement;
  /** Decided by time, never by a sweeper. */
  until: Instant;
  by: 'caller' | 'service';
}

export const ATTENDANCES = ['attended', 'missed'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

export interface Booking extends Placement {
  id: BookingId;
  status: BookingStatus;
  /** Keyed hash of the reference code (product.md, rule 6). */
  codeHash: string;
  /** Which appointment of the code this is, from 1. */
  session: number;
  /** Who holds it; emptied on confirmation, so that a booking leads to no conversation. */
  heldBy: ConversationId | null;
  /** End of the hold; decided by time, never by a sweeper. */
  heldUntil: Instant | null;
  proposal: Proposal | null;
  /** Whether they came, as far as staff have said. */
  attendance?: Attendance | null;
}

/** What a psychologist's time is taken by. */
export interface BusyTime {
  psychologist: PsychologistId;
  status: 'held' | 'confirmed';
  /** Buffers included. */
  from: Instant;
  to: Instant;
}
