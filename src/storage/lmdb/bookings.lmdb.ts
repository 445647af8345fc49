import type { Booking, BusyTime } from '../../booking/booking.js';
import { BUSY_LIMIT } from '../../booking/booking-limits.js';
import type { BookingStore, BusyQuery } from '../../booking/booking-store.js';
import { ticksOf } from '../../booking/ticks.js';
import { type Instant, instant } from '../../kernel/clock.js';
import { asId, type BookingId, type PsychologistId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

/** Bookings behind one code: its sessions and those that were cancelled. */
const MAX_OF_A_CODE = 50;
/** No appointment is longer (src/booking/ticks.ts): an earlier start cannot reach into a window. */
const LONGEST_MS = 12 * 60 * 60 * 1_000;
const LAST_KEY = '\uffff';

/** End of what is taken, and end of the hold, 0 when it is confirmed: enough to search without reading bookings. */
type Taken = [blockedTo: number, heldUntil: number];
type TimeKey = [psychologist: PsychologistId, blockedFrom: number, name: string];

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
  /** `[psychologist, blockedFrom, id]`, and `[psychologist, blockedFrom, id + '+']` for a proposal. */
  const times = file.table<Taken>('booking-times');
  /** `[end, id]` of what is confirmed or cancelled. */
  const ends = file.table<BookingId>('booking-ends');

  const takenKeys = (booking: Booking): { key: TimeKey; taken: Taken }[] => {
    if (booking.status === 'cancelled') return [];
    const { psychologist, blockedFrom, blockedTo, id, heldUntil, proposal } = booking;
    const own = {
      key: [psychologist, blockedFrom, id] as TimeKey,
      taken: [blockedTo, heldUntil ?? 0] as Taken,
    };
    if (proposal === null) return [own];
    const { to, until } = proposal;
    return [own, { key: [to.psychologist, to.blockedFrom, `${id}+`], taken: [to.blockedTo, until] }];
  };
  const ticksTaken = (booking: Booking): string[] =>
    booking.status === 'cancelled'
      ? []
      : [...ticksOf(booking), ...(booking.proposal === null ? [] : ticksOf(booking.proposal.to))];

  const erase = (booking: Booking): void => {
    for (const tick of ticksTaken(booking)) ticks.removeSync(tick);
    for (const { key } of takenKeys(booking)) times.removeSync(key);
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
    for (const { key, taken } of takenKeys(booking)) times.putSync(key, taken);
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

  const busyOf = (psychologist: PsychologistId, { from, to, now }: BusyQuery, limit: number): BusyTime[] => {
    const found: BusyTime[] = [];
    const range = { start: [psychologist, from - LONGEST_MS], end: [psychologist, to], limit };
    for (const { key, value } of times.getRange(range)) {
      const [blockedTo, heldUntil] = value;
      if (blockedTo <= from || (heldUntil !== 0 && heldUntil <= now)) continue;
      found.push({
        psychologist,
        status: heldUntil === 0 ? 'confirmed' : 'held',
        from: instant((key as TimeKey)[1]),
        to: instant(blockedTo),
      });
    }
    return found;
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
    busy: async (query) => {
      const found: BusyTime[] = [];
      for (const psychologist of query.psychologists) {
        found.push(...busyOf(psychologist, query, BUSY_LIMIT - found.length));
        if (found.length >= BUSY_LIMIT) break;
      }
      return found;
    },
    confirmedIn: async ({ psychologists, from, to }) =>
      psychologists
        .flatMap((psychologist) => [
          ...times.getRange({
            start: [psychologist, from - LONGEST_MS],
            end: [psychologist, to + LONGEST_MS],
            limit: BUSY_LIMIT,
          }),
        ])
        .flatMap(({ key }) => confirmed(asId<BookingId>((key as TimeKey)[2])) ?? [])
        .filter((booking) => booking.start < to && booking.end > from)
        .sort((a, b) => a.start - b.start)
        .slice(0, BUSY_LIMIT),
    endedBy: async (at, limit) =>
      values(ends, { start: [0, ''], end: [at, LAST_KEY], limit }).flatMap((id) => bookings.get(id) ?? []),
    remove: (ids) =>
      file.transaction(() => {
        for (const id of ids) {
          const booking = bookings.get(id);
          if (booking !== undefined) erase(booking);
        }
      }),
  };
}
