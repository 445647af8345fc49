import { DAY } from '../kernel/clock.js';
import { type DayNumber, dayNumber, weekdayOf, weekOf } from '../kernel/days.js';

/** On which dates something comes back. Weekdays are ISO: 1 Monday to 7 Sunday. */
export type Recurrence =
  /** On the first date alone. */
  | { kind: 'once' }
  | { kind: 'daily'; every: number }
  /** Weeks begin on Monday; `every` is counted from the week of the first date. */
  | { kind: 'weekly'; every: number; weekdays: readonly number[] }
  /**
   * Of the days of a month on these weekdays, the nth ones: 1 is the first, -1 the last. One weekday and position 2
   * is "the second Tuesday"; five weekdays and position -1 is "the last working day".
   */
  | { kind: 'monthly'; every: number; weekdays: readonly number[]; positions: readonly number[] }
  /** Dates of a month; -1 is its last day. A month without the date has none. */
  | { kind: 'month-days'; every: number; days: readonly number[] };

/** A recurrence between two dates, both included; without a last date it goes on. */
export interface DatePattern {
  recurrence: Recurrence;
  /** ISO date. */
  firstDate: string;
  lastDate: string | null;
}

/** Whether the pattern has a date on that day; nothing before it is unrolled. */
export function datePredicate(pattern: DatePattern): (day: DayNumber) => boolean {
  const first = dayNumber(pattern.firstDate);
  const last = pattern.lastDate === null ? Number.POSITIVE_INFINITY : dayNumber(pattern.lastDate);
  const recurs = recurrencePredicate(pattern.recurrence, first);
  return (day) => day >= first && day <= last && recurs(day);
}

function recurrencePredicate(recurrence: Recurrence, first: DayNumber): (day: DayNumber) => boolean {
  switch (recurrence.kind) {
    case 'once':
      return (day) => day === first;
    case 'daily':
      return (day) => (day - first) % recurrence.every === 0;
    case 'weekly':
      return (day) =>
        recurrence.weekdays.includes(weekdayOf(day)) &&
        (weekOf(day) - weekOf(first)) % recurrence.every === 0;
    case 'monthly':
      return (day) =>
        recurrence.weekdays.includes(weekdayOf(day)) &&
        monthsBetween(first, day) % recurrence.every === 0 &&
        hasPosition(day, recurrence);
    case 'month-days':
      return (day) => monthsBetween(first, day) % recurrence.every === 0 && hasMonthDay(day, recurrence.days);
  }
}

const monthIndex = (day: DayNumber): number => {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const monthsBetween = (first: DayNumber, day: DayNumber): number => monthIndex(day) - monthIndex(first);

/** Date in the month counted from 1, and the days that the month has. */
function placeInMonth(day: DayNumber): { date: number; length: number } {
  const date = new Date(day * DAY);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { date: date.getUTCDate(), length };
}

function hasPosition(
  day: DayNumber,
  { weekdays, positions }: { weekdays: readonly number[]; positions: readonly number[] },
): boolean {
  const { date, length } = placeInMonth(day);
  const count = (from: number, to: number): number => {
    let found = 0;
    for (let other = from; other <= to; other += 1)
      if (weekdays.includes(weekdayOf(day - date + other))) found += 1;
    return found;
  };
  return positions.includes(count(1, date)) || positions.includes(-count(date, length));
}

function hasMonthDay(day: DayNumber, days: readonly number[]): boolean {
  const { date, length } = placeInMonth(day);
  return days.includes(date) || days.includes(date - length - 1);
}
