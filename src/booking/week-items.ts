import { type Instant, instant } from '../kernel/clock.js';
import { type DayNumber, dayNumber, isoDate } from '../kernel/days.js';
import type { BookingId, PsychologistId, SiteId } from '../kernel/ids.js';
import { publicHolidays } from '../kernel/public-holidays.js';
import { minuteToInstant, wallClockAt } from '../kernel/wall-clock.js';
import { createCalendar, type TimeWindow } from './availability.js';
import type { AvailabilityRule, Booking, Mode, Site } from './booking.js';
import type { Diary } from './diary-store.js';
import { absenceTimes, closureTimes, importedTimes } from './off-times.js';

/** Something that stands in a week, on the wall clock of its place: `YYYY-MM-DDTHH:MM`. */
export type WeekItem = { start: string; end: string } & (
  | { kind: 'opening'; rule: AvailabilityRule /** ISO date of the occurrence. */; date: string }
  | { kind: 'absence'; psychologist: PsychologistId }
  | { kind: 'busy'; psychologist: PsychologistId }
  | { kind: 'closure'; site: SiteId }
  | { kind: 'holiday'; site: SiteId }
  | {
      kind: 'booking';
      id: BookingId;
      psychologist: PsychologistId;
      site: SiteId;
      mode: Mode;
      session: number;
    }
);

/** Whose week: of a site, of a psychologist, or of one at the other. */
export interface WeekFilter {
  site?: SiteId | undefined;
  psychologist?: PsychologistId | undefined;
}

/** Days from the first included to the last excluded. */
export interface DaySpan {
  from: DayNumber;
  to: DayNumber;
}

/** Psychologists who may have something in that week: those it is about, or all who open times at the site. */
export function peopleOf({ rules }: Diary, { site, psychologist }: WeekFilter): PsychologistId[] {
  if (psychologist !== undefined) return [psychologist];
  return [...new Set(rules.filter((rule) => rule.site === site).map((rule) => rule.psychologist))];
}

/** Every zone's part of these days. */
export const windowOf = ({ from, to }: DaySpan): TimeWindow => ({
  from: minuteToInstant(from - 1, 0, 'UTC'),
  to: minuteToInstant(to + 1, 0, 'UTC'),
});

/**
 * All that stands in a week: whole openings, what closes them, and what is booked in them.
 * @param bookings confirmed ones of `peopleOf` in `windowOf`
 */
export function weekItems(
  diary: Diary,
  { filter, days, bookings }: { filter: WeekFilter; days: DaySpan; bookings: readonly Booking[] },
): WeekItem[] {
  const people = new Set(peopleOf(diary, filter));
  const sites = diary.sites.filter(({ id }) =>
    filter.site === undefined
      ? diary.rules.some((rule) => rule.site === id && people.has(rule.psychologist))
      : id === filter.site,
  );
  const zoneOf = new Map(sites.map(({ id, zone }) => [id, zone]));
  const zone = sites[0]?.zone ?? 'Europe/Paris';
  const window = windowOf(days);
  const items: WeekItem[] = [
    ...openings(diary, { sites, people, window }),
    ...holidays(sites, days),
    ...diary.closures
      .filter(({ site }) => zoneOf.has(site))
      .flatMap((closure) =>
        closureTimes(closure, zoneOf.get(closure.site) ?? zone, window).map(
          (time): WeekItem => ({
            kind: 'closure',
            site: closure.site,
            ...wallOf(time, zoneOf.get(closure.site) ?? zone),
          }),
        ),
      ),
    ...diary.absences
      .filter(({ psychologist }) => people.has(psychologist))
      .flatMap((absence) =>
        absenceTimes(absence, window).map(
          (time): WeekItem => ({
            kind: 'absence',
            psychologist: absence.psychologist,
            ...wallOf(time, absence.zone),
          }),
        ),
      ),
    ...diary.importedBusy
      .filter(({ psychologist }) => people.has(psychologist))
      .flatMap((busy) =>
        importedTimes(busy, window).map(
          (time): WeekItem => ({
            kind: 'busy',
            psychologist: busy.psychologist,
            ...wallOf(time, zone),
          }),
        ),
      ),
    ...bookings
      .filter(({ site }) => zoneOf.has(site))
      .map((booking): WeekItem => bookingItem(booking, zoneOf.get(booking.site) ?? zone)),
  ];
  const first = isoDate(days.from);
  const last = isoDate(days.to);
  return items
    .filter(({ start, end }) => end > first && start < last)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

function openings(
  diary: Diary,
  {
    sites,
    people,
    window,
  }: { sites: readonly Site[]; people: ReadonlySet<PsychologistId>; window: TimeWindow },
): WeekItem[] {
  const calendar = createCalendar({ ...diary, absences: [], closures: [], importedBusy: [] });
  return sites.flatMap(({ id, zone }) =>
    calendar
      .openings(id, window)
      .filter(({ rule }) => people.has(rule.psychologist))
      .map(
        ({ rule, day, from, to }): WeekItem => ({
          kind: 'opening',
          rule,
          date: isoDate(day),
          ...wallOf({ from, to }, zone),
        }),
      ),
  );
}

function holidays(sites: readonly Site[], { from, to }: DaySpan): WeekItem[] {
  const items: WeekItem[] = [];
  for (const { id, department, goodFriday } of sites)
    for (let day = from; day < to; day += 1) {
      const date = isoDate(day);
      const commune = goodFriday === undefined ? {} : { goodFriday };
      if (publicHolidays(Number(date.slice(0, 4)), department, commune).has(date))
        items.push({ kind: 'holiday', site: id, start: `${date}T00:00`, end: `${isoDate(day + 1)}T00:00` });
    }
  return items;
}

const bookingItem = (
  { id, psychologist, site, mode, session, start, end }: Booking,
  zone: string,
): WeekItem => ({
  kind: 'booking',
  id,
  psychologist,
  site,
  mode,
  session,
  ...wallOf({ from: start, to: end }, zone),
});

const wallOf = (
  { from, to }: { from: number; to: number },
  zone: string,
): { start: string; end: string } => ({
  start: wallText(instant(from), zone),
  end: wallText(instant(to), zone),
});

/** `YYYY-MM-DDTHH:MM` on the clock of the place. */
export function wallText(at: Instant, zone: string): string {
  const { day, minute } = wallClockAt(at, zone);
  const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${isoDate(day)}T${clock}`;
}

/** The Monday of a day's week. @param date ISO date */
export function weekFrom(date: string): DaySpan {
  const day = dayNumber(date);
  const monday = day - ((((day + 3) % 7) + 7) % 7);
  return { from: monday, to: monday + 7 };
}
