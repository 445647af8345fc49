import { type Instant, instant } from '../kernel/clock.js';
import { type DayNumber, isoDate, weekdayOf } from '../kernel/days.js';
import { publicHolidays } from '../kernel/public-holidays.js';
import { merged, type Range } from '../kernel/ranges.js';
import { minuteOfDay, minuteToInstant, wallClockAt } from '../kernel/wall-clock.js';
import { departmentOf, type OpeningHours, WEEKDAYS, type WeeklyHours } from './opening-hours.js';

export type OpenState =
  /** Nobody filled the hours in, or they cannot be read: never told as closed. */
  | { kind: 'unknown' }
  /** `until` is `null` when there is no end in the next two weeks. */
  | { kind: 'open'; until: Instant | null }
  /** `opens` is `null` when it stays closed for a year. */
  | { kind: 'closed'; opens: Instant | null };

export const UNKNOWN: OpenState = { kind: 'unknown' };

const DAY_MINUTES = 24 * 60;
const WHOLE_DAY = '00:00-24:00';
/** Days looked at: the first weeks nearly always hold the answer. */
const NEAR = 15;
const FAR = 366;

export function stateAt(hours: OpeningHours, at: Instant): OpenState {
  if (hours.weekly === null) return UNKNOWN;
  const { day } = wallClockAt(at, hours.zone);
  return (
    stateWithin(hours, at, day + NEAR) ?? stateWithin(hours, at, day + FAR) ?? { kind: 'closed', opens: null }
  );
}

function stateWithin(hours: OpeningHours, at: Instant, lastDay: DayNumber): OpenState | undefined {
  const { day } = wallClockAt(at, hours.zone);
  const ranges = rangesOfDays(hours, day - 1, lastDay);
  const next = ranges.find(({ to }) => to > at);
  if (next === undefined) return undefined;
  if (next.from > at) return { kind: 'closed', opens: instant(next.from) };
  const endless = next.to >= minuteToInstant(lastDay, DAY_MINUTES, hours.zone);
  return { kind: 'open', until: endless ? null : instant(next.to) };
}

/**
 * When it is open between two instants, in order, touching hours made one; `undefined` when the hours are to be
 * filled in. @param between at most a year
 */
export function opensBetween(hours: OpeningHours, between: Range): Range[] | undefined {
  if (hours.weekly === null) return undefined;
  const first = wallClockAt(instant(between.from), hours.zone).day;
  const last = Math.min(wallClockAt(instant(between.to), hours.zone).day, first + FAR);
  return rangesOfDays(hours, first - 1, last)
    .map(({ from, to }) => ({ from: Math.max(from, between.from), to: Math.min(to, between.to) }))
    .filter(({ from, to }) => from < to);
}

function rangesOfDays(hours: OpeningHours, first: DayNumber, last: DayNumber): Range[] {
  const ranges: Range[] = [];
  for (let day = first; day <= last; day += 1)
    for (const range of hoursOn(hours, day)) ranges.push(toInstants(range, day, hours.zone));
  return merged(ranges);
}

function toInstants(range: string, day: DayNumber, zone: string): Range {
  const from = minuteOfDay(range.slice(0, 5));
  const to = minuteOfDay(range.slice(6));
  return {
    from: minuteToInstant(day, from, zone),
    to: minuteToInstant(day, to < from ? to + DAY_MINUTES : to, zone),
  };
}

/** Hours that begin on a day. An exception counts before the holidays, and these before the week. */
export function hoursOn(hours: OpeningHours, day: DayNumber): readonly string[] {
  const date = isoDate(day);
  const exception = hours.exceptions.findLast(({ from, to }) => from <= date && date <= to);
  if (exception !== undefined) return exception.hours;
  if (hours.weekly === null) return [];
  if (hours.weekly === 'always') return [WHOLE_DAY];
  if (hours.holidays === 'closed' && isHoliday(date, departmentOf(hours.territory))) return [];
  return weekdayHours(hours.weekly, day);
}

function weekdayHours(weekly: WeeklyHours, day: DayNumber): readonly string[] {
  const name = WEEKDAYS[weekdayOf(day) - 1];
  return name === undefined ? [] : weekly[name];
}

const holidays = new Map<string, ReadonlySet<string>>();
const MOST_YEARS = 500;

function isHoliday(date: string, department: string): boolean {
  const year = date.slice(0, 4);
  const key = `${year}/${department}`;
  const known = holidays.get(key);
  if (known !== undefined) return known.has(date);
  if (holidays.size >= MOST_YEARS) holidays.clear();
  const found = publicHolidays(Number(year), department);
  holidays.set(key, found);
  return found.has(date);
}
