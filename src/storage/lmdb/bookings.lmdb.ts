import type { Booking } from '../../booking/booking.js';
import { BUSY_LIMIT } from '../../booking/booking-limits.js';
import type { BookingStore } from '../../booking/booking-store.js';
import { ticksOf } from '../../booking/ticks.js';
import type { Instant } from '../../kernel/clock.js';
import type { BookingId } from '../../kernel/ids.js';
import { busyIndex } from './busy-index.lmdb.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

/** Bookings behind one code: its sessions and those that were cancelled. */
const MAX_OF_A_CODE = 50;
const LAST_KEY = '\uffff';

const holdEnded = ({ status, heldUntil }: Booking, now: Instant): boolean =>
  status === 'held' && (heldUntil ?? 0) <= now;

const proposalEnded = ({ proposal }: Booking, now: Instant): boolean =>
  proposal === null || proposal.until <= now;

export function bookingStore(file: LmdbFile): BookingStore {
  const bookings = file.table<Booking>('bookings');
  /** Who takes a tick: the unique index that refuses any overlap. */
  const ticks = file.table<BookingId>('booking-ticks');
  /** `[code hash, session]` of what is held or confirmed. */
  const sessions = file.table<BookingId>('booking-sessions');
  /** `[code hash, id]`. */
  const codes = file.table<BookingId>('booking-codes');
  const holds = file.table<BookingId>('booking-holds');
  const times = busyIndex(file);
  /** `[end, id]` of what is confirmed or cancelled. */
  const ends = file.table<BookingId>('booking-ends');

  const ticksTaken = (booking: Booking): string[] =>
    booking.status === 'cancelled'
      ? []
      : [...ticksOf(booking), ...(booking.proposal === null ? [] : ticksOf(booking.proposal.to))];

  const erase = (booking: Booking): void => {
    for (const tick of ticksTaken(booking)) ticks.removeSync(tick);
    times.remove(booking);
    const session = [booking.codeHash, booking.session];
    if (sessions.get(session) === booking.id) sessions.removeSync(session);
    codes.removeSync([booking.codeHash, booking.id]);
    ends.removeSync([booking.end, booking.id]);
    if (booking.heldBy !== null && holds.get(booking.heldBy) === booking.id) holds.removeSync(booking.heldBy);
    bookings.removeSync(booking.id);
  };
  const write = (booking: Booking): void => {
    bookings.putSync(booking.id, booking);
    for (const tick of ticksTaken(booking)) ticks.putSync(tick, booking.id);
    times.add(booking);
    if (booking.status !== 'cancelled') sessions.putSync([booking.codeHash, booking.session], booking.id);
    if (booking.status !== 'held') {
      codes.putSync([booking.codeHash, booking.id], booking.id);
      ends.putSync([booking.end, booking.id], booking.id);
    }
    if (booking.heldBy !== null) holds.putSync(booking.heldBy, booking.id);
  };
  const replace = (before: Booking, after: Booking): void => {
    erase(before);
    write(after);
  };

  /** Ticks that the booking itself takes, without an ended proposal: who has them stays. */
  const standsOn = (booking: Booking, wanted: ReadonlySet<string>, now: Instant): boolean =>
    !holdEnded(booking, now) &&
    (ticksOf(booking).some((tick) => wanted.has(tick)) || !proposalEnded(booking, now));

  /** Clears these ticks of what has ended and of what gives way; `false`, and nothing done, when somebody stands there. */
  const clear = (wanted: readonly string[], givesWay: BookingId | undefined, now: Instant): boolean => {
    const set = new Set(wanted);
    const ids = [...new Set(wanted.flatMap((tick) => ticks.get(tick) ?? []))];
    const others = ids.flatMap((id) => (id === givesWay ? [] : (bookings.get(id) ?? [])));
    if (others.some((other) => standsOn(other, set, now))) return false;
    for (const other of others) {
      if (holdEnded(other, now)) erase(other);
      else replace(other, { ...other, proposal: null });
    }
    return true;
  };
  const earlierHold = ({ heldBy }: Booking): Booking | undefined => {
    const id = heldBy === null ? undefined : holds.get(heldBy);
    return id === undefined ? undefined : bookings.get(id);
  };
  const confirmed = (id: BookingId): Booking | undefined => {
    const booking = bookings.get(id);
    return booking?.status === 'confirmed' ? booking : undefined;
  };
  const sessionIsFree = (booking: Booking, own: BookingId | undefined, now: Instant): boolean => {
    const id = sessions.get([booking.codeHash, booking.session]);
    const other = id === undefined || id === own ? undefined : bookings.get(id);
    if (other === undefined) return true;
    if (!holdEnded(other, now)) return false;
    erase(other);
    return true;
  };

  return {
    hold: (booking, now) =>
      file.transaction(() => {
        const earlier = earlierHold(booking);
        if (!sessionIsFree(booking, earlier?.id, now)) return 'taken';
        if (!clear(ticksOf(booking), earlier?.id, now)) return 'taken';
        if (earlier !== undefined) erase(earlier);
        write(booking);
        return 'held';
      }),
    confirm: (id, now) =>
      file.transaction(() => {
        const booking = bookings.get(id);
        if (booking === undefined || booking.status === 'cancelled') return 'unknown';
        if (booking.status === 'confirmed') return 'confirmed';
        if (holdEnded(booking, now)) return 'hold-ended';
        replace(booking, { ...booking, status: 'confirmed', heldBy: null, heldUntil: null });
        return 'confirmed';
      }),
    renew: (id, until, now) =>
      file.transaction(() => {
        const booking = bookings.get(id);
        if (booking?.status !== 'held' || holdEnded(booking, now)) return 'hold-ended';
        replace(booking, { ...booking, heldUntil: until });
        return 'renewed';
      }),
    cancel: (id) =>
      file.transaction(() => {
        const booking = bookings.get(id);
        if (booking === undefined || booking.status === 'held') return 'unknown';
        if (booking.status === 'cancelled') return 'already-cancelled';
        replace(booking, { ...booking, status: 'cancelled', proposal: null });
        return 'cancelled';
      }),
    propose: (id, proposal, now) =>
      file.transaction(() => {
        const booking = confirmed(id);
        if (booking === undefined) return 'unknown';
        if (!clear(ticksOf(proposal.to), id, now)) return 'taken';
        replace(booking, { ...booking, proposal });
        return 'proposed';
      }),
    withdrawProposal: (id) =>
      file.transaction(() => {
        const booking = confirmed(id);
        if (booking !== undefined) replace(booking, { ...booking, proposal: null });
      }),
    move: (id, to, now) =>
      file.transaction(() => {
        const booking = confirmed(id);
        if (booking === undefined) return 'unknown';
        if (!clear(ticksOf(to), id, now)) return 'taken';
        replace(booking, { ...booking, ...to, proposal: null });
        return 'moved';
      }),
    mark: (id, attendance) =>
      file.transaction(() => {
        const booking = confirmed(id);
        if (booking === undefined) return 'unknown';
        replace(booking, { ...booking, attendance });
        return 'marked';
      }),
    releaseHolds: (conversation) =>
      file.transaction(() => {
        const id = holds.get(conversation);
        const booking = id === undefined ? undefined : bookings.get(id);
        if (booking?.status === 'held') erase(booking);
      }),
    get: async (id) => bookings.get(id),
    byCode: async (codeHash) =>
      values(codes, { start: [codeHash, ''], end: [codeHash, LAST_KEY], limit: MAX_OF_A_CODE }).flatMap(
        (id) => bookings.get(id) ?? [],
      ),
    busy: async (query) => times.busy(query),
    confirmedIn: async ({ psychologists, from, to }) =>
      psychologists
        .flatMap((psychologist) => times.idsIn(psychologist, from, to))
        .flatMap((id) => confirmed(id) ?? [])
        .filter((booking) => booking.start < to && booking.end > from)
        .sort((a, b) => a.start - b.start)
        .slice(0, BUSY_LIMIT),
    endedBy: async (at, limit) =>
      values(ends, { start: [0, ''], end: [at, LAST_KEY], limit }).flatMap((id) => bookings.get(id) ?? []),
    removeEndedHolds: (at, limit) =>
      file.transaction(() => {
        let removed = 0;
        for (const { value: id } of holds.getRange({})) {
          const booking = bookings.get(id);
          if (booking === undefined || !holdEnded(booking, at)) continue;
          erase(booking);
          removed += 1;
          if (removed >= limit) break;
        }
        return removed;
      }),
    remove: (ids) =>
      file.transaction(() => {
        for (const id of ids) {
          const booking = bookings.get(id);
          if (booking !== undefined) erase(booking);
        }
      }),
  };
}
