import { Temporal } from 'temporal-polyfill';
import { DAY, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import type { SiteId } from '../kernel/ids.js';
import type { AvailabilityRule, Site, Slot } from './booking.js';
import { publicHolidays } from './public-holidays.js';

/** Half-open: `from` included, `to` excluded. */
export interface TimeWindow {
  from: Instant;
  to: Instant;
}

/** One query never expands more than this, whoever asks. */
const LONGEST_WINDOW = 100 * DAY;

/**
 * Slots that start inside the window, in the order of the rules, taken or not. Plain dates are expanded inside the
 * window only, and each opening is converted once to instants with Temporal's "compatible" rule; the rest
 * is arithmetic on integers, so that the result depends neither on the process's zone nor on today's season.
 * A rule whose site is not in `sites` gives nothing; nor does a public holiday of the site's department.
 * @throws CodedError `invalid-input` for a window over 100 days or a slot length that is no multiple of 5 minutes
 */
export function expandRules(
  rules: readonly AvailabilityRule[],
  sites: readonly Site[],
  window: TimeWindow,
): Slot[] {
  if (window.to - window.from > LONGEST_WINDOW) {
    throw new CodedError('invalid-input', 'Ask for at most 100 days of availability at a time.');
  }
  const places = new Map<SiteId, Site>(sites.map((site) => [site.id, site]));
  const calendar = openCalendar(window);
  return rules.flatMap((rule) => {
    const site = places.get(rule.site);
    return site === undefined ? [] : slotsOfRule(rule, site, calendar).filter(startsIn(window));
  });
}

const startsIn =
  (window: TimeWindow) =>
  (slot: Slot): boolean =>
    slot.start >= window.from && slot.start < window.to;

interface Calendar {
  /** Dates of the window on an ISO weekday, in the site's zone, without its public holidays. */
  openDates(site: Site, weekday: number): readonly string[];
  toInstant(date: string, time: string, zone: string): Instant;
}

/** Many rules share zones, weekdays and hours: each is worked out once for a query. */
function openCalendar(window: TimeWindow): Calendar {
  const days = memo((zone: string) => daysOf(window, zone));
  const holidays = memo((key: string) => {
    const [year = '', department = ''] = key.split('|');
    return publicHolidays(Number(year), department);
  });
  const isOpen = (date: string, department: string): boolean =>
    !holidays(`${date.slice(0, 4)}|${department}`).has(date);
  const openDates = memo((key: string) => {
    const [zone = '', department = '', weekday = ''] = key.split('|');
    return days(zone)
      .filter((day) => day.weekday === Number(weekday) && isOpen(day.date, department))
      .map((day) => day.date);
  });
  const instants = memo((key: string) => {
    const [date = '', time = '', zone = ''] = key.split('|');
    return wallToInstant(date, time, zone);
  });
  return {
    openDates: (site, weekday) => openDates(`${site.zone}|${site.department}|${weekday}`),
    toInstant: (date, time, zone) => instants(`${date}|${time}|${zone}`),
  };
}

function memo<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

function slotsOfRule(rule: AvailabilityRule, site: Site, calendar: Calendar): Slot[] {
  if (!(rule.minutes > 0) || rule.minutes % 5 !== 0) {
    throw new CodedError('invalid-input', 'The length of a slot is a positive multiple of 5 minutes.');
  }
  return calendar
    .openDates(site, rule.weekday)
    .filter((date) => date >= rule.firstDate && (rule.lastDate === null || date <= rule.lastDate))
    .flatMap((date) => {
      const from = calendar.toInstant(date, rule.from, site.zone);
      const to = calendar.toInstant(date, rule.to, site.zone);
      return rule.modes.flatMap((mode) => slotsBetween({ from, to }, rule, mode));
    });
}

/** Whole slots only; an opening holds at most 288 of them (a day of 5 minutes). */
function slotsBetween(opening: TimeWindow, rule: AvailabilityRule, mode: Slot['mode']): Slot[] {
  const length = rule.minutes * MINUTE;
  const count = Math.max(0, Math.min(288, Math.floor((opening.to - opening.from) / length)));
  return Array.from({ length: count }, (_, index) => ({
    psychologist: rule.psychologist,
    site: rule.site,
    mode,
    start: instant(opening.from + index * length),
    end: instant(opening.from + (index + 1) * length),
  }));
}

function daysOf(window: TimeWindow, zone: string): { date: string; weekday: number }[] {
  const first = plainDateIn(window.from, zone);
  const last = plainDateIn(window.to, zone);
  const count = Math.max(0, first.until(last).days + 1);
  return Array.from({ length: count }, (_, days) => {
    const date = first.add({ days });
    return { date: date.toString(), weekday: date.dayOfWeek };
  });
}

const plainDateIn = (at: Instant, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

/**
 * Wall clock of a place as a point in time. In the hour that a spring night skips, the time moves on by the gap
 * (02:30 is 03:30); in the hour that an autumn night repeats, the first one counts ("compatible").
 * @param date ISO date
 * @param time `HH:MM`
 * @param zone IANA time zone
 */
export const wallToInstant = (date: string, time: string, zone: string): Instant =>
  instant(
    Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' })
      .epochMilliseconds,
  );
