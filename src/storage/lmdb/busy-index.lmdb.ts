import type { Booking, BusyTime } from '../../booking/booking.js';
import { BUSY_LIMIT } from '../../booking/booking-limits.js';
import type { BusyQuery } from '../../booking/booking-store.js';
import { type Instant, instant } from '../../kernel/clock.js';
import type { BookingId, PsychologistId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';

/** No appointment is longer (src/booking/ticks.ts): an earlier start cannot reach into a window. */
const LONGEST_MS = 12 * 60 * 60 * 1_000;
/** A psychologist has fewer: five years of twenty appointments a day. */
const MOST_OF_ONE = 40_000;
const MOST_KEPT = 1_000_000;

/** End of what is taken, and end of the hold, 0 when it is confirmed: enough to search without reading bookings. */
type Taken = [blockedTo: number, heldUntil: number];
/** The name is the booking's id, and with a `+` its proposal's. */
type TimeKey = [psychologist: PsychologistId, blockedFrom: number, name: string];

/** Raised with every write: while it stands still nobody's own revision has to be looked at. */
const EVERYBODY = '';

interface Kept {
  revision: number;
  /** Revision of everybody at which that one was looked at. */
  checked: number;
  entries: Entry[];
}

interface Entry {
  from: number;
  to: number;
  heldUntil: number;
}

/** What takes each psychologist's time, by start. Written inside the transaction of the booking it comes from. */
export interface BusyIndex {
  add(booking: Booking): void;
  remove(booking: Booking): void;
  busy(query: BusyQuery): BusyTime[];
  /** Ids of bookings that may touch [from, to). */
  idsIn(psychologist: PsychologistId, from: number, to: number): BookingId[];
}

export function busyIndex(file: LmdbFile): BusyIndex {
  const times = file.table<Taken>('booking-times');
  /** Raised by each write to somebody's times, by whatever process: what was read at a revision holds while it lasts. */
  const revisions = file.table<number>('booking-times-revision');
  const kept = new Map<PsychologistId, Kept>();
  let keptEntries = 0;

  const changed = (psychologist: PsychologistId): void => {
    for (const name of [psychologist, EVERYBODY]) revisions.putSync(name, (revisions.get(name) ?? 0) + 1);
  };

  /** The revisions come first: what is written in between is read again next time. */
  const entriesOf = (psychologist: PsychologistId, checked: number): Entry[] => {
    const before = kept.get(psychologist);
    if (before?.checked === checked) return before.entries;
    const revision = revisions.get(psychologist) ?? 0;
    if (before?.revision === revision) {
      before.checked = checked;
      return before.entries;
    }
    if (keptEntries > MOST_KEPT) {
      kept.clear();
      keptEntries = 0;
    }
    const range = { start: [psychologist], end: [psychologist, Number.MAX_VALUE], limit: MOST_OF_ONE };
    const entries = [...times.getRange(range)].map(({ key, value: [to, heldUntil] }) => ({
      from: (key as TimeKey)[1],
      to,
      heldUntil,
    }));
    keptEntries += entries.length - (before?.entries.length ?? 0);
    kept.set(psychologist, { revision, checked, entries });
    return entries;
  };

  return {
    add(booking) {
      for (const { key, taken } of timesOf(booking)) {
        times.putSync(key, taken);
        changed(key[0]);
      }
    },
    remove(booking) {
      for (const { key } of timesOf(booking)) {
        times.removeSync(key);
        changed(key[0]);
      }
    },
    busy({ psychologists, from, to, now, windows }) {
      const everybody = revisions.get(EVERYBODY) ?? 0;
      const found: BusyTime[] = [];
      for (const psychologist of psychologists) {
        const asked = windows?.get(psychologist) ?? { from, to };
        for (const entry of entriesIn(entriesOf(psychologist, everybody), asked.from, asked.to))
          if (touches(entry, asked.from, now)) found.push(busyTime(psychologist, entry));
        if (found.length >= BUSY_LIMIT) break;
      }
      return found.slice(0, BUSY_LIMIT);
    },
    idsIn(psychologist, from, to) {
      const range = {
        start: [psychologist, from - LONGEST_MS],
        end: [psychologist, to + LONGEST_MS],
        limit: MOST_OF_ONE,
      };
      return [...times.getRange(range)].map(({ key }) => (key as TimeKey)[2] as BookingId);
    },
  };
}

/** Entries that may reach into [from, to). */
const entriesIn = (entries: readonly Entry[], from: number, to: number): readonly Entry[] =>
  entries.slice(firstFrom(entries, from - LONGEST_MS), firstFrom(entries, to));

const touches = (entry: Entry, from: number, now: Instant): boolean =>
  entry.to > from && (entry.heldUntil === 0 || entry.heldUntil > now);

const busyTime = (psychologist: PsychologistId, { from, to, heldUntil }: Entry): BusyTime => ({
  psychologist,
  status: heldUntil === 0 ? 'confirmed' : 'held',
  from: instant(from),
  to: instant(to),
});

/** Binary search over sorted starts. */
function firstFrom(entries: readonly Entry[], from: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function timesOf(booking: Booking): { key: TimeKey; taken: Taken }[] {
  if (booking.status === 'cancelled') return [];
  const { psychologist, blockedFrom, blockedTo, id, heldUntil, proposal } = booking;
  const own: { key: TimeKey; taken: Taken } = {
    key: [psychologist, blockedFrom, id],
    taken: [blockedTo, heldUntil ?? 0],
  };
  if (proposal === null) return [own];
  const { to, until } = proposal;
  return [own, { key: [to.psychologist, to.blockedFrom, `${id}+`], taken: [to.blockedTo, until] }];
}
