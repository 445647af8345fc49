import { DAY } from '../kernel/clock.js';
import type { DayNumber } from '../kernel/days.js';
import { merged, type Range } from '../kernel/ranges.js';
import { minuteOfDay, minuteToInstant } from '../kernel/wall-clock.js';
import type { Absence, Closure, Hours, ImportedBusy } from './booking.js';
import { type DatePattern, datePredicate } from './recurrence.js';

const MIDNIGHT = 24 * 60;
/** Longest an opening that crosses midnight, or a day that zones put before or after UTC's, reaches. */
export const REACH = 2 * DAY;

/** Minutes since midnight. */
export interface MinuteRange {
  from: number;
  to: number;
}

/** An end at or before the start is on the next day. */
export function minutesOf({ from, to }: Hours): MinuteRange {
  const start = minuteOfDay(from);
  const end = minuteOfDay(to);
  return { from: start, to: end > start ? end : end + MIDNIGHT };
}

export interface CompiledOff<Off> {
  off: Off;
  falls: (day: DayNumber) => boolean;
  hours: MinuteRange;
}

export const compileOff = <Off extends DatePattern & Hours>(off: Off): CompiledOff<Off> => ({
  off,
  falls: datePredicate(off),
  hours: minutesOf(off),
});

/** Times of absences or closures on those days. */
export function offTimes<Off extends Absence | Closure>(
  offs: readonly CompiledOff<Off>[],
  days: Range,
  zoneOf: (off: Off) => string,
): Range[] {
  return offs.flatMap(({ off, falls, hours }) => {
    const times: Range[] = [];
    for (let day = days.from; day < days.to; day += 1)
      if (falls(day))
        times.push({
          from: minuteToInstant(day, hours.from, zoneOf(off)),
          to: minuteToInstant(day, hours.to, zoneOf(off)),
        });
    return times;
  });
}

/** Times of an absence that touch the window, sorted. */
export const absenceTimes = (absence: Absence, window: Range): Range[] =>
  timesIn(
    offTimes([compileOff(absence)], daysAround(window), ({ zone }) => zone),
    window,
  );

/** Times of a closure that touch the window, sorted. @param zone of the site */
export const closureTimes = (closure: Closure, zone: string, window: Range): Range[] =>
  timesIn(
    offTimes([compileOff(closure)], daysAround(window), () => zone),
    window,
  );

const timesIn = (times: readonly Range[], window: Range): Range[] =>
  merged(times).filter(({ from, to }) => to > window.from && from < window.to);

export const importedTimes = (busy: ImportedBusy | undefined, window: Range): readonly Range[] =>
  (busy?.times ?? []).filter(({ from, to }) => to > window.from && from < window.to + REACH);

/** Every day that some zone has during the window, and the one before, whose openings may cross midnight. */
export const daysAround = (window: Range): Range => ({
  from: Math.floor((window.from - REACH) / DAY),
  to: Math.ceil((window.to + REACH) / DAY),
});
