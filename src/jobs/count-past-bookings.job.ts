import { createHash } from 'node:crypto';
import type { Booking } from '../booking/booking.js';
import type { BookingStore } from '../booking/booking-store.js';
import { type Clock, DAY, instant } from '../kernel/clock.js';
import type { CountStore } from '../reporting/count-store.js';
import { countersOf } from '../reporting/counters.js';
import type { Fact, SupportPlace } from '../reporting/fact.js';
import { parisDay } from '../reporting/paris-day.js';
import type { Job } from './job.js';

export const PAST_BOOKINGS_KEPT_DAYS = 30;
const BATCH = 50;
const BATCHES = 20;

/**
 * Reduces past bookings to counts after 30 days (product.md, rule 6). Counted under a name first, destroyed then,
 * one by one and oldest first: a run that dies between the two counts nothing twice.
 */
export function countPastBookings(parts: {
  clock: Clock;
  bookings: Pick<BookingStore, 'endedBy' | 'remove'>;
  counts: CountStore;
  placeOf: (booking: Booking) => Promise<SupportPlace>;
}): Job {
  const { clock, bookings, counts } = parts;

  const reduce = async (booking: Booking): Promise<void> => {
    if (booking.status === 'confirmed') {
      const place = await parts.placeOf(booking);
      const { session, attendance } = booking;
      const fact: Fact =
        attendance === 'missed'
          ? { kind: 'session-missed', place }
          : { kind: 'session-held', place, session };
      const added = Object.fromEntries(countersOf(fact).map((counter) => [counter, 1]));
      await counts.add(parisDay(booking.start), added, nameOf(booking));
    }
    await bookings.remove([booking.id]);
  };

  return {
    name: 'count-past-bookings',
    pattern: '20 4 * * *',
    async run() {
      const old = instant(clock.now() - PAST_BOOKINGS_KEPT_DAYS * DAY);
      let total = 0;
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const past = await bookings.endedBy(old, BATCH);
        for (const booking of past) await reduce(booking);
        total += past.length;
        if (past.length < BATCH) break;
      }
      return total;
    },
  };
}

/** Leads nowhere: the booking it was made from is destroyed next. */
const nameOf = ({ id }: Booking): string => createHash('sha256').update(id).digest('base64url').slice(0, 12);
