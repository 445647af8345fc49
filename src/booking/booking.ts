import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, PsychologistId, SiteId } from '../kernel/ids.js';

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
}

export interface Psychologist {
  id: PsychologistId;
  /** Functional label for the console; callers never see it. */
  label: string;
}

/** Weekly opening of one psychologist at one site, in wall-clock time of the site. */
export interface AvailabilityRule {
  id: string;
  psychologist: PsychologistId;
  site: SiteId;
  modes: readonly Mode[];
  /** ISO weekday, 1 Monday to 7 Sunday. */
  weekday: number;
  /** Wall clock `HH:MM`, start included, end excluded. */
  from: string;
  to: string;
  /** Length of a slot, minutes, a multiple of 5. */
  minutes: number;
  /** ISO dates, both included. */
  firstDate: string;
  lastDate: string | null;
}

/** A bookable time: one psychologist, one place, one way of meeting. */
export interface Slot {
  psychologist: PsychologistId;
  site: SiteId;
  mode: Mode;
  start: Instant;
  end: Instant;
}

export type BookingStatus = 'held' | 'confirmed' | 'cancelled';

export interface Booking extends Slot {
  id: BookingId;
  status: BookingStatus;
  /** Keyed hash of the reference code (product.md, rule 6). */
  codeHash: string;
  /** Who holds it; emptied on confirmation, so that a booking leads to no conversation. */
  heldBy: ConversationId | null;
  /** End of the hold; decided by time, never by a sweeper. */
  heldUntil: Instant | null;
  /**
   * The psychologist's 5-minute ticks this booking takes, `<psychologist>|<epoch minutes / 5>`.
   * A cancelled booking keeps one private tick, `free|<id>`: a unique index takes missing values for equal.
   */
  ticks: readonly string[];
}
