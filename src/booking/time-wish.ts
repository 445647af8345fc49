import type { Opening } from './availability.js';
import { type DayNumber, isoDate, weekdayOf } from './recurrence.js';
import { minuteOfDay } from './wall-clock.js';

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
}

const DAY_MINUTES = 24 * 60;

export const hasWish = (wish: TimeWish | undefined): wish is TimeWish =>
  wish !== undefined && Object.values(wish).some((value) => value !== undefined);

/** @returns whether a start so many minutes after the midnight of the opening's day is wished */
export function wishCheck(wish: TimeWish | undefined): (opening: Opening, minute: number) => boolean {
  if (!hasWish(wish)) return () => true;
  const from = wish.from === undefined ? 0 : minuteOfDay(wish.from);
  const before = wish.before === undefined ? DAY_MINUTES : minuteOfDay(wish.before);
  const isDay = dayCheck(wish);
  return (opening, minute) => {
    const later = Math.floor(minute / DAY_MINUTES);
    const ofDay = minute - later * DAY_MINUTES;
    return ofDay >= from && ofDay < before && isDay(opening.day + later);
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
