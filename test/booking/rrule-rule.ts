import { Temporal } from 'temporal-polyfill';
import { datePredicate, type Recurrence } from '../../src/booking/recurrence.js';
import { dayNumber, isoDate, weekdayOf } from '../../src/kernel/days.js';
import type { Window } from './slot-case.js';

/** A recurrence of a case in the words of the product. */
export interface CaseDates {
  recurrence: Recurrence;
  firstDate: string;
  lastDate: string | null;
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** `COUNT` is looked for so far. */
const LONGEST_COUNT_DAYS = 4_000;

/** Wall clock of the case's zone: a time with an offset is turned into it, one without is it already. */
export function wallTime(time: string, zone: string): Temporal.PlainDateTime {
  return /(Z|[+-]\d\d:\d\d)$/.test(time)
    ? Temporal.Instant.from(time).toZonedDateTimeISO(zone).toPlainDateTime()
    : Temporal.PlainDateTime.from(time);
}

/** @throws Error for a rule that the product has no word for */
export function datesOfWindow(window: Window, zone: string): CaseDates {
  const firstDate = wallTime(window.start, zone).toPlainDate().toString();
  if (window.rrule === undefined)
    return { recurrence: { kind: 'daily', every: 1 }, firstDate, lastDate: firstDate };
  const parts = new Map(window.rrule.split(';').map((part) => part.split('=') as [string, string]));
  const recurrence = recurrenceOf(parts, firstDate);
  const until = parts.get('UNTIL');
  const count = parts.get('COUNT');
  if (until !== undefined) return { recurrence, firstDate, lastDate: dateOf(until) };
  if (count === undefined) return { recurrence, firstDate, lastDate: null };
  return { recurrence, firstDate, lastDate: lastOf({ recurrence, firstDate }, Number(count)) };
}

const dateOf = (until: string): string => `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;

function recurrenceOf(parts: ReadonlyMap<string, string>, firstDate: string): Recurrence {
  const every = Number(parts.get('INTERVAL') ?? 1);
  const byDay = parts.get('BYDAY')?.split(',') ?? [];
  switch (parts.get('FREQ')) {
    case 'DAILY':
      if (byDay.length === 0) return { kind: 'daily', every };
      return { kind: 'weekly', every: 1, weekdays: weekdaysOf(byDay) };
    case 'WEEKLY':
      return {
        kind: 'weekly',
        every,
        weekdays: byDay.length > 0 ? weekdaysOf(byDay) : [weekdayOf(dayNumber(firstDate))],
      };
    case 'MONTHLY':
      return monthly(parts, { every, byDay, firstDate });
    default:
      throw new Error(`no such recurrence: ${[...parts].join(';')}`);
  }
}

function monthly(
  parts: ReadonlyMap<string, string>,
  { every, byDay, firstDate }: { every: number; byDay: string[]; firstDate: string },
): Recurrence {
  const numbers = (name: string): number[] | undefined => parts.get(name)?.split(',').map(Number);
  if (byDay.length === 0) {
    const days = numbers('BYMONTHDAY') ?? [Number(firstDate.slice(8))];
    return { kind: 'month-days', every, days };
  }
  const inDays = byDay.map((day) => Number(day.slice(0, -2))).filter((position) => position !== 0);
  const positions = inDays.length > 0 ? inDays : (numbers('BYSETPOS') ?? [1, 2, 3, 4, 5]);
  return { kind: 'monthly', every, weekdays: weekdaysOf(byDay), positions };
}

const weekdaysOf = (byDay: readonly string[]): number[] => [
  ...new Set(byDay.map((day) => WEEKDAYS.indexOf(day.slice(-2)) + 1)),
];

function lastOf(pattern: Omit<CaseDates, 'lastDate'>, count: number): string {
  const falls = datePredicate({ ...pattern, lastDate: null });
  const first = dayNumber(pattern.firstDate);
  let left = count;
  for (let day = first; day < first + LONGEST_COUNT_DAYS; day += 1) {
    if (!falls(day)) continue;
    left -= 1;
    if (left === 0) return isoDate(day);
  }
  throw new Error('COUNT goes too far');
}
