import { instant } from '../kernel/clock.js';
import { type DayNumber, isoDate, weekdayOf } from '../kernel/days.js';
import { minuteOfDay, wallClockAt } from '../kernel/wall-clock.js';
import type { Opening } from './availability.js';

/** When a caller would like to come, on the calendar and the clock of the place. */
export interface TimeWish {
  /** ISO dates, both included. */
  firstDate?: string | undefined;
  lastDate?: string | undefined;
  /** 1 Monday to 7 Sunday. */
  weekdays?: readonly number[] | undefined;
  /** Starts at or after this `HH:MM`, and before that one. */
  from?: string | undefined;
  before?: string | undefined;
  /** IANA zone of these days and hours, when it is not that of the place. */
  zone?: string | undefined;
}

const DAY_MINUTES = 24 * 60;

export const hasWish = (wish: TimeWish | undefined): wish is TimeWish =>
  wish !== undefined && Object.entries(wish).some(([name, value]) => name !== 'zone' && value !== undefined);

/** @returns whether a start (epoch milliseconds), so many minutes after the midnight of the opening's day, is wished */
export function wishCheck(
  wish: TimeWish | undefined,
): (opening: Opening, minute: number, start: number) => boolean {
  if (!hasWish(wish)) return () => true;
  const from = wish.from === undefined ? 0 : minuteOfDay(wish.from);
  const before = wish.before === undefined ? DAY_MINUTES : minuteOfDay(wish.before);
  const isDay = dayCheck(wish);
  const fits = (day: DayNumber, minute: number): boolean => minute >= from && minute < before && isDay(day);
  const { zone } = wish;
  if (zone !== undefined)
    return (_opening, _minute, start) => {
      const wall = wallClockAt(instant(start), zone);
      return fits(wall.day, wall.minute);
    };
  return (opening, minute) => {
    const later = Math.floor(minute / DAY_MINUTES);
    return fits(opening.day + later, minute - later * DAY_MINUTES);
  };
}

function dayCheck({ firstDate, lastDate, weekdays }: TimeWish): (day: DayNumber) => boolean {
  return (day) => {
    if (weekdays !== undefined && !weekdays.includes(weekdayOf(day))) return false;
    if (firstDate === undefined && lastDate === undefined) return true;
    const date = isoDate(day);
    return (firstDate === undefined || date >= firstDate) && (lastDate === undefined || date <= lastDate);
  };
}
