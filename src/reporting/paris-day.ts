import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../kernel/clock.js';

const ZONE = 'Europe/Paris';

const wallClock = (at: Instant): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE);

/** ISO date in Paris: the day a fact is counted on, overseas callers included. */
export const parisDay = (at: Instant): string => wallClock(at).toPlainDate().toString();

/** Hour of the day in Paris, 0 to 23. */
export const parisHour = (at: Instant): number => wallClock(at).hour;
