import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, PsychologistId } from '../kernel/ids.js';
import type { Attendance, Booking, BusyTime, Placement, Proposal } from './booking.js';

/**
 * Each act is one conditional write. Times are taken in 5-minute ticks, buffers included: no two live bookings,
 * holds or proposals share one. What has ended at `now` gives way; nothing waits for a sweeper.
 */
export interface BookingStore {
  /**
   * Inserts a held booking. Refused as a whole when one of its ticks, or its appointment of the code, belongs to
   * somebody else; an earlier hold of the same conversation gives way.
   */
  hold(booking: Booking, now: Instant): Promise<'held' | 'taken'>;
  /** Confirms a hold that has not ended at `now`. Confirming twice is `confirmed` both times. */
  confirm(id: BookingId, now: Instant): Promise<'confirmed' | 'hold-ended' | 'unknown'>;
  /** Extends a hold that has not ended at `now`. */
  renew(id: BookingId, until: Instant, now: Instant): Promise<'renewed' | 'hold-ended'>;
  /** Frees the time of a confirmed booking and its place among the code's. Cancelling twice is `already-cancelled`. */
  cancel(id: BookingId): Promise<'cancelled' | 'already-cancelled' | 'unknown'>;
  /** Keeps another time for a confirmed booking, beside its own; an earlier proposal gives way. */
  propose(id: BookingId, proposal: Proposal, now: Instant): Promise<'proposed' | 'taken' | 'unknown'>;
  /** Gives up what was proposed, if anything. */
  withdrawProposal(id: BookingId): Promise<void>;
  /** Puts a confirmed booking at another time. The old time is kept when the new one is taken. */
  move(id: BookingId, to: Placement, now: Instant): Promise<'moved' | 'taken' | 'unknown'>;
  /** Says whether somebody came to a confirmed booking; `null` takes it back. */
  mark(id: BookingId, attendance: Attendance | null): Promise<'marked' | 'unknown'>;
  /** Gives up the hold of a conversation, if any. */
  releaseHolds(conversation: ConversationId): Promise<void>;
  get(id: BookingId): Promise<Booking | undefined>;
  /** Confirmed and cancelled bookings behind a code, at most 50. */
  byCode(codeHash: string): Promise<Booking[]>;
  /** What takes time of these psychologists and touches [from, to), at most `BUSY_LIMIT`. */
  busy(query: BusyQuery): Promise<BusyTime[]>;
  /** Confirmed bookings of these psychologists that touch [from, to), earliest first, at most `BUSY_LIMIT`. */
  confirmedIn(query: Omit<BusyQuery, 'now'>): Promise<Booking[]>;
  /** Confirmed and cancelled bookings that ended at or before, at most `limit`. */
  endedBy(at: Instant, limit: number): Promise<Booking[]>;
  /** Destroys holds that ended at or before, at most `limit`: they give way anyway, but name a conversation. */
  removeEndedHolds(at: Instant, limit: number): Promise<number>;
  /** Destroys bookings for good. */
  remove(ids: readonly BookingId[]): Promise<void>;
}

export interface BusyQuery {
  psychologists: readonly PsychologistId[];
  from: Instant;
  to: Instant;
  now: Instant;
  /** For some of them less is enough; a store may answer more than was asked. */
  windows?: ReadonlyMap<PsychologistId, { from: number; to: number }>;
}
