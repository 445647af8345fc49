import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, PsychologistId } from '../kernel/ids.js';
import type { Booking } from './booking.js';

export interface BookingStore {
  /**
   * Inserts a held booking. Refused as a whole when one of its ticks belongs to a confirmed booking or to a
   * hold that has not ended at `now`; holds that have ended, and other holds of the same conversation, give way.
   */
  hold(booking: Booking, now: Instant): Promise<'held' | 'taken'>;
  /** Confirms a hold that has not ended at `now`. Confirming twice is `confirmed` both times. */
  confirm(id: BookingId, now: Instant): Promise<'confirmed' | 'hold-ended' | 'unknown'>;
  /** Extends a hold that has not ended at `now`. */
  renew(id: BookingId, until: Instant, now: Instant): Promise<'renewed' | 'hold-ended'>;
  /** Frees the time of a confirmed booking. Cancelling twice is `already-cancelled`. */
  cancel(id: BookingId): Promise<'cancelled' | 'already-cancelled' | 'unknown'>;
  /** Gives up the holds of a conversation, if any. */
  releaseHolds(conversation: ConversationId): Promise<void>;
  /** Confirmed or cancelled booking behind a code. */
  byCode(codeHash: string): Promise<Booking | undefined>;
  /** Confirmed bookings, and holds not ended at `now`, that touch [from, to), at most 5,000. */
  busy(query: {
    psychologists: readonly PsychologistId[];
    from: Instant;
    to: Instant;
    now: Instant;
  }): Promise<Booking[]>;
}
