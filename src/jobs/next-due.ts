import { parse } from 'node-cron';
import { Temporal } from 'temporal-polyfill';
import { type Instant, instant, MINUTE } from '../kernel/clock.js';

const ZONE = 'Europe/Paris';
/** Every job runs at least once a day; a pattern that does not is a fault. */
const FARTHEST_MINUTES = 2 * 24 * 60;

/**
 * The first whole minute after `after` that a pattern names, Paris time.
 * @param pattern node-cron, minutes and hours only (`*` for the rest)
 */
export function nextDue(pattern: string, after: Instant): Instant {
  const { minute, hour } = parse(pattern);
  const minutes = new Set(minute.map(Number));
  const hours = new Set(hour.map(Number));
  const first = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  for (let step = 0; step < FARTHEST_MINUTES; step += 1) {
    const at = instant(first + step * MINUTE);
    const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE);
    if (minutes.has(wall.minute) && hours.has(wall.hour)) return at;
  }
  throw new Error('a job must be due at least once in two days');
}
