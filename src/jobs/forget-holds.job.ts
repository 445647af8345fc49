import type { BookingStore } from '../booking/booking-store.js';
import { type Clock, HOUR, instant } from '../kernel/clock.js';
import type { Job } from './job.js';

/** Long after any hold, and whatever a clock may be off. */
const KEPT = HOUR;
const BATCH = 1_000;

/** A time nobody wanted again keeps its ended hold, which names a conversation: destroyed an hour later. */
export const forgetHolds = (parts: {
  clock: Clock;
  bookings: Pick<BookingStore, 'removeEndedHolds'>;
}): Job => ({
  name: 'forget-holds',
  pattern: '25 0-1,3-23 * * *',
  run: () => parts.bookings.removeEndedHolds(instant(parts.clock.now() - KEPT), BATCH),
});
