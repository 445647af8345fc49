import { type Clock, DAY, type Instant, instant, MINUTE } from '../kernel/clock.js';
import type { BookingId, PsychologistId, SiteId } from '../kernel/ids.js';
import { wallClockAt } from '../kernel/wall-clock.js';
import type { Attendance, Booking, Mode } from './booking.js';
import type { NoBooking, PublicBooking } from './booking-contract.js';
import type { BookingDesk } from './booking-desk.js';
import type { BookingStore } from './booking-store.js';
import { type CodeHasher, parseCode } from './code.js';

/** An appointment as the diary shows it: time, mode, session number, and nothing of a caller (product.md). */
export interface DiaryEntry {
  booking: BookingId;
  psychologist: PsychologistId;
  site: SiteId;
  mode: Mode;
  start: Instant;
  end: Instant;
  session: number;
  attendance: Attendance | null;
}

export type CheckIn =
  /** Expected at this site today. */
  | { kind: 'expected'; entry: DiaryEntry }
  /** At another place, on another day, or by telephone. */
  | { kind: 'elsewhere'; booking: PublicBooking }
  | NoBooking;

/** Who is expected, and who came. For staff: look-ups neither wait nor count as a caller's tries. */
export interface AttendanceDesk {
  /** Confirmed appointments that touch the window, earliest first; of one psychologist, or at one site. */
  expected(query: {
    psychologist?: PsychologistId;
    site?: SiteId;
    from: Instant;
    to: Instant;
  }): Promise<DiaryEntry[]>;
  /** The code that somebody says at the door of a site. A wrong and an unknown code answer the same. */
  checkIn(code: string, site: SiteId): Promise<CheckIn>;
  /**
   * From half an hour before the start on; `null` takes a mark back. It is counted with the past appointments, per kind
   * of place, and never held against a code.
   * @param by a psychologist, who marks their own alone
   */
  mark(
    booking: BookingId,
    attendance: Attendance | null,
    by?: PsychologistId,
  ): Promise<'marked' | 'too-early' | 'unknown'>;
}

const MARKED_BEFORE = 30 * MINUTE;
const LONGEST_WINDOW = 99 * DAY;

export function createAttendanceDesk(parts: {
  clock: Clock;
  store: BookingStore;
  desk: BookingDesk;
  hashOf: CodeHasher;
}): AttendanceDesk {
  const { clock, store, desk, hashOf } = parts;
  return {
    async expected({ psychologist, site, from, to }) {
      const { calendar, diary } = await desk.view();
      const workers = site === undefined ? diary.rules : calendar.rulesOf(site);
      const people = psychologist === undefined ? workers.map((rule) => rule.psychologist) : [psychologist];
      const until = instant(Math.min(to, from + LONGEST_WINDOW));
      const found = await store.confirmedIn({ psychologists: [...new Set(people)], from, to: until });
      return found.filter((booking) => site === undefined || booking.site === site).map(entryOf);
    },
    async checkIn(text, site) {
      const code = parseCode(text);
      const bookings = code === undefined ? [] : await store.byCode(hashOf(code));
      const { calendar } = await desk.view();
      const zone = calendar.sites.get(site)?.zone ?? 'Europe/Paris';
      const now = clock.now();
      const day = (at: Instant): number => wallClockAt(at, zone).day;
      const confirmed = bookings
        .filter(({ status }) => status === 'confirmed')
        .sort((a, b) => a.start - b.start);
      const here = confirmed.find(
        (one) => one.site === site && one.mode === 'face_to_face' && day(one.start) === day(now),
      );
      if (here !== undefined) return { kind: 'expected', entry: entryOf(here) };
      const ahead = confirmed.find(({ end }) => end > now);
      if (ahead === undefined) return { kind: 'not-found' };
      return { kind: 'elsewhere', booking: desk.asPublic(await desk.view(), ahead) };
    },
    async mark(id, attendance, by) {
      const booking = await store.get(id);
      if (booking?.status !== 'confirmed' || (by !== undefined && booking.psychologist !== by))
        return 'unknown';
      if (clock.now() < booking.start - MARKED_BEFORE) return 'too-early';
      return store.mark(id, attendance);
    },
  };
}

const entryOf = ({ id, psychologist, site, mode, start, end, session, attendance }: Booking): DiaryEntry => ({
  ...{ booking: id, psychologist, site, mode, start, end, session },
  attendance: attendance ?? null,
});
