import { after, type Clock, DAY, type Instant, instant } from '../kernel/clock.js';
import type { BookingId, PsychologistId, SiteId } from '../kernel/ids.js';
import type { Range } from '../kernel/ranges.js';
import { createCalendar, type TimeWindow } from './availability.js';
import type { Absence, Booking, Closure, Mode, Placement } from './booking.js';
import { createBookingDesk, minutesOf } from './booking-desk.js';
import { NOTICE } from './booking-limits.js';
import type { BookingStore } from './booking-store.js';
import type { DiaryView } from './diary-reader.js';
import { readAbsence, readClosure } from './diary-schemas.js';
import type { DiaryStore } from './diary-store.js';
import { absenceTimes, closureTimes } from './off-times.js';

/** An appointment that somebody's absence, or a closure, falls on. Nothing here leads to a caller. */
export interface AffectedBooking {
  booking: BookingId;
  psychologist: PsychologistId;
  site: SiteId;
  mode: Mode;
  start: Instant;
  end: Instant;
  /** Until the caller has answered, somebody must be there at `start`. */
  mustBeThere: true;
  /** The time kept for the caller to move to; `null` when there is none, or they would not have it. */
  proposed: { start: Instant; end: Instant; until: Instant } | null;
}

/** Absences and closures, and what they do to what is booked. */
export interface Planning {
  /**
   * What an absence would fall on, with the time that would be proposed to each; nothing is saved.
   * @throws CodedError `invalid-input` for a faulty absence
   */
  previewAbsence(absence: unknown): Promise<AffectedBooking[]>;
  /** Saves it, keeps another time with the same psychologist for each booking it falls on, and flags their codes. */
  saveAbsence(absence: unknown): Promise<AffectedBooking[]>;
  previewClosure(closure: unknown): Promise<AffectedBooking[]>;
  saveClosure(closure: unknown): Promise<AffectedBooking[]>;
  /** Every booking ahead that an absence or a closure falls on, earliest first: who has to be staffed, or told. */
  worklist(): Promise<AffectedBooking[]>;
}

const REACH = 99 * DAY;
/** Times tried for one booking when others take the nearest. */
const MOST_TRIES = 20;

export function createPlanning(parts: { clock: Clock; store: BookingStore; diary: DiaryStore }): Planning {
  const { clock, store, diary } = parts;
  const desk = createBookingDesk(parts);

  const ahead = (): TimeWindow => ({ from: clock.now(), to: after(clock.now(), REACH) });

  async function hitBy({ absences, closures }: Offs, { calendar }: DiaryView): Promise<Booking[]> {
    const window = ahead();
    const workers = (site: SiteId): PsychologistId[] =>
      calendar.rulesOf(site).map(({ psychologist }) => psychologist);
    const people = [
      ...absences.map(({ psychologist }) => psychologist),
      ...closures.flatMap(({ site }) => workers(site)),
    ];
    if (people.length === 0) return [];
    const bookings = await store.confirmedIn({ psychologists: [...new Set(people)], ...window });
    const away = timesBy(
      absences,
      ({ psychologist }) => psychologist,
      (one) => absenceTimes(one, window),
    );
    const closed = timesBy(
      closures,
      ({ site }) => site,
      (one) => closureTimes(one, calendar.sites.get(one.site)?.zone ?? 'Europe/Paris', window),
    );
    return bookings.filter(
      (booking) =>
        booking.end > window.from &&
        (touches(booking, away.get(booking.psychologist)) || touches(booking, closed.get(booking.site))),
    );
  }

  /** Free times of the same psychologist at the same site: the next ones first, then those before, nearest first. */
  async function othersFor(booking: Booking, view: DiaryView): Promise<Placement[]> {
    const { psychologist, site, mode } = booking;
    const minutes = minutesOf(booking);
    const filter = {
      ...{ sites: [site], psychologist, mode, minutes },
      anyLength: true,
      audience: 'operator' as const,
    };
    const slots = await desk.search(view).free(filter, ahead(), Number.POSITIVE_INFINITY);
    const isBefore = ({ start }: { start: Instant }): number => (start < booking.start ? 1 : 0);
    const distance = ({ start }: { start: Instant }): number => Math.abs(start - booking.start);
    return slots
      .sort((a, b) => isBefore(a) - isBefore(b) || distance(a) - distance(b))
      .flatMap((slot) => desk.placementOf(view, slot, { audience: 'operator', anyLength: true }) ?? [])
      .slice(0, MOST_TRIES);
  }

  /** `keep` keeps the times in the store; `look` only says which they would be. */
  async function rehouse(
    hits: readonly Booking[],
    view: DiaryView,
    how: 'keep' | 'look',
  ): Promise<AffectedBooking[]> {
    const found: AffectedBooking[] = [];
    const given: Placement[] = [];
    for (const booking of hits) {
      const others = (await othersFor(booking, view)).filter(
        (other) => !given.some((one) => overlap(one, other)),
      );
      const proposed = how === 'keep' ? await propose(booking, others) : others[0];
      if (proposed !== undefined) given.push(proposed);
      found.push(
        affected(
          booking,
          proposed === undefined ? null : { to: proposed, until: untilOf(booking, proposed) },
        ),
      );
    }
    return found;
  }

  async function propose(booking: Booking, others: readonly Placement[]): Promise<Placement | undefined> {
    for (const to of others) {
      const proposal = { to, until: untilOf(booking, to), by: 'service' as const };
      if ((await store.propose(booking.id, proposal, clock.now())) === 'proposed') return to;
    }
    return undefined;
  }

  const viewWith = ({ absences, closures }: Offs, view: DiaryView): DiaryView => {
    const whole = {
      ...view.diary,
      absences: [...view.diary.absences, ...absences],
      closures: [...view.diary.closures, ...closures],
    };
    return { diary: whole, calendar: createCalendar(whole) };
  };

  async function preview(offs: Offs): Promise<AffectedBooking[]> {
    const view = await desk.view();
    return rehouse(await hitBy(offs, view), viewWith(offs, view), 'look');
  }
  async function save(offs: Offs, write: () => Promise<void>): Promise<AffectedBooking[]> {
    await write();
    const view = await desk.view();
    return rehouse(await hitBy(offs, view), view, 'keep');
  }

  return {
    previewAbsence: async (input) => preview({ absences: [readAbsence(input)], closures: [] }),
    async saveAbsence(input) {
      const absence = readAbsence(input);
      return save({ absences: [absence], closures: [] }, () => diary.putAbsence(absence));
    },
    previewClosure: async (input) => preview({ absences: [], closures: [readClosure(input)] }),
    async saveClosure(input) {
      const closure = readClosure(input);
      return save({ absences: [], closures: [closure] }, () => diary.putClosure(closure));
    },
    async worklist() {
      const view = await desk.view();
      const hits = await hitBy(view.diary, view);
      const now = clock.now();
      const live = ({ proposal }: Booking) => (proposal !== null && proposal.until > now ? proposal : null);
      return hits.map((booking) => affected(booking, live(booking)));
    },
  };
}

interface Offs {
  absences: readonly Absence[];
  closures: readonly Closure[];
}

/** Most callers hear of it at the booked time, where somebody is: a later time stays theirs until shortly before it. */
const untilOf = (booking: Booking, to: Placement): Instant =>
  instant(Math.max(Math.min(booking.start, to.start), to.start - NOTICE));

function affected(
  { id, psychologist, site, mode, start, end }: Booking,
  proposal: { to: Placement; until: Instant } | null,
): AffectedBooking {
  const proposed =
    proposal === null ? null : { start: proposal.to.start, end: proposal.to.end, until: proposal.until };
  return { booking: id, psychologist, site, mode, start, end, mustBeThere: true, proposed };
}

function timesBy<Off, Key>(
  offs: readonly Off[],
  keyOf: (off: Off) => Key,
  timesOf: (off: Off) => readonly Range[],
): Map<Key, Range[]> {
  const times = new Map<Key, Range[]>();
  for (const off of offs) times.set(keyOf(off), [...(times.get(keyOf(off)) ?? []), ...timesOf(off)]);
  return times;
}

const touches = ({ start, end }: Booking, times: readonly Range[] | undefined): boolean =>
  (times ?? []).some(({ from, to }) => start < to && end > from);

const overlap = (a: Placement, b: Placement): boolean =>
  a.psychologist === b.psychologist && a.blockedFrom < b.blockedTo && b.blockedFrom < a.blockedTo;
