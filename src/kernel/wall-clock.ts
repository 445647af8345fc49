import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from './clock.js';
import { type DayNumber, dayNumber, isoDate } from './days.js';
import { CodedError } from './errors.js';

const DAY_MINUTES = 24 * 60;
/** Conversions remembered; more are worked out again. */
const MOST_REMEMBERED = 50_000;

/** Minutes since midnight of `HH:MM`; `24:00` is the midnight that ends the day. */
export function minuteOfDay(time: string): number {
  const [, hours, minutes] =
    /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? (time === '24:00' ? ['', 24, 0] : []);
  if (hours === undefined)
    throw new CodedError('invalid-input', 'Hours are written HH:MM, from 00:00 to 24:00.');
  return Number(hours) * 60 + Number(minutes);
}

/**
 * Wall clock of a place as a point in time. In the hour that a spring night skips, the time moves on by the gap
 * (02:30 is 03:30); in the hour that an autumn night repeats, the first one counts ("compatible").
 * @param date ISO date
 * @param time `HH:MM`
 * @param zone IANA time zone
 */
export const wallToInstant = (date: string, time: string, zone: string): Instant =>
  minuteToInstant(dayNumber(date), minuteOfDay(time), zone);

const remembered = new Map<string, Map<number, Instant>>();

/**
 * The same, from the day and the minutes since its midnight; 1440 and more are on the next day. Remembered, since the
 * openings of all psychologists share days and hours.
 */
export function minuteToInstant(day: DayNumber, minute: number, zone: string): Instant {
  const key = day * DAY_MINUTES + minute;
  const known = zoneMemory(zone).get(key);
  if (known !== undefined) return known;
  const wall = Temporal.PlainDateTime.from(isoDate(Math.floor(key / DAY_MINUTES))).add({
    minutes: key - Math.floor(key / DAY_MINUTES) * DAY_MINUTES,
  });
  const at = instant(wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
  zoneMemory(zone).set(key, at);
  return at;
}

function zoneMemory(zone: string): Map<number, Instant> {
  const known = remembered.get(zone);
  if (known !== undefined && known.size < MOST_REMEMBERED) return known;
  const fresh = new Map<number, Instant>();
  remembered.set(zone, fresh);
  return fresh;
}

/** The day it is at a place, and the minutes since its midnight on the wall clock. */
export function wallClockAt(at: Instant, zone: string): { day: DayNumber; minute: number } {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return { day: dayNumber(wall.toPlainDate().toString()), minute: wall.hour * 60 + wall.minute };
}
