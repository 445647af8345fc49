import type { Booking } from '../../booking/booking.js';
import type { BookingStore } from '../../booking/booking-store.js';
import { privateTick } from '../../booking/ticks.js';
import type { Instant } from '../../kernel/clock.js';
import type { BookingId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const MAX_BUSY = 5_000;
/** No appointment is longer (src/booking/ticks.ts): an earlier start cannot reach into a window. */
const LONGEST_MS = 12 * 60 * 60 * 1_000;

const holdEnded = ({ status, heldUntil }: Booking, now: Instant): boolean =>
  status === 'held' && (heldUntil ?? 0) <= now;

export function bookingStore(file: LmdbFile): BookingStore {
  const bookings = file.table<Booking>('bookings');
  /** Who takes a tick: the unique index that refuses any overlap. */
  const ticks = file.table<BookingId>('booking-ticks');
  const codes = file.table<BookingId>('booking-codes');
  const holds = file.table<BookingId>('booking-holds');
  /** `[psychologist, start, id]`. */
  const times = file.table<BookingId>('booking-times');

  const removeHold = (booking: Booking): void => {
    for (const tick of booking.ticks) ticks.removeSync(tick);
    codes.removeSync(booking.codeHash);
    times.removeSync([booking.psychologist, booking.start, booking.id]);
    if (booking.heldBy !== null && holds.get(booking.heldBy) === booking.id) holds.removeSync(booking.heldBy);
    bookings.removeSync(booking.id);
  };
  const insert = (booking: Booking): void => {
    bookings.putSync(booking.id, booking);
    for (const tick of booking.ticks) ticks.putSync(tick, booking.id);
    codes.putSync(booking.codeHash, booking.id);
    times.putSync([booking.psychologist, booking.start, booking.id], booking.id);
    if (booking.heldBy !== null) holds.putSync(booking.heldBy, booking.id);
  };
  const heldBy = (booking: Booking): Booking | undefined => {
    const id = booking.heldBy === null ? undefined : holds.get(booking.heldBy);
    return id === undefined ? undefined : bookings.get(id);
  };
  const inTheWay = (booking: Booking): Booking[] => {
    const ids = new Set(booking.ticks.flatMap((tick) => ticks.get(tick) ?? []));
    return [...ids].flatMap((id) => bookings.get(id) ?? []);
  };

  return {
    hold: (booking, now) =>
      file.transaction(() => {
        const own = heldBy(booking);
        const others = inTheWay(booking).filter(({ id }) => id !== own?.id);
        if (others.some((other) => !holdEnded(other, now))) return 'taken';
        if (codes.get(booking.codeHash) !== undefined) return 'taken';
        for (const ended of [...others, ...(own === undefined ? [] : [own])]) removeHold(ended);
        insert(booking);
        return 'held';
      }),
    confirm: (id, now) =>
      file.transaction(() => {
        const booking = bookings.get(id);
        if (booking === undefined || booking.status === 'cancelled') return 'unknown';
        if (booking.status === 'confirmed') return 'confirmed';
        if (holdEnded(booking, now)) return 'hold-ended';
        if (booking.heldBy !== null) holds.removeSync(booking.heldBy);
        bookings.putSync(id, { ...booking, status: 'confirmed', heldBy: null, heldUntil: null });
        return 'confirmed';
      }),
    renew: (id, until, now) =>
      file.transaction(() => {
        const booking = bookings.get(id);
        if (booking?.status !== 'held' || holdEnded(booking, now)) return 'hold-ended';
        bookings.putSync(id, { ...booking, heldUntil: until });
        return 'renewed';
      }),
    cancel: (id) =>
      file.transaction(() => {
        const booking = bookings.get(id);
        if (booking === undefined || booking.status === 'held') return 'unknown';
        if (booking.status === 'cancelled') return 'already-cancelled';
        for (const tick of booking.ticks) ticks.removeSync(tick);
        times.removeSync([booking.psychologist, booking.start, id]);
        bookings.putSync(id, { ...booking, status: 'cancelled', ticks: [privateTick(id)] });
        return 'cancelled';
      }),
    releaseHolds: (conversation) =>
      file.transaction(() => {
        const id = holds.get(conversation);
        const booking = id === undefined ? undefined : bookings.get(id);
        if (booking?.status === 'held') removeHold(booking);
      }),
    byCode: async (codeHash) => {
      const id = codes.get(codeHash);
      const booking = id === undefined ? undefined : bookings.get(id);
      return booking?.status === 'held' ? undefined : booking;
    },
    busy: async ({ psychologists, from, to, now }) =>
      psychologists
        .flatMap((psychologist) =>
          values(times, {
            start: [psychologist, from - LONGEST_MS],
            end: [psychologist, to],
            limit: MAX_BUSY,
          }),
        )
        .flatMap((id) => bookings.get(id) ?? [])
        .filter((booking) => booking.start < to && booking.end > from && !holdEnded(booking, now))
        .slice(0, MAX_BUSY),
  };
}
