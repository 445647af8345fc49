import { DAY, type Instant, instant } from '../kernel/clock.js';

/** Transcripts inactive since before this instant are destroyed (product.md, "Anonymity", rule 5). */
export const transcriptsEndBefore = (now: Instant, days: number): Instant => instant(now - days * DAY);

/** Alerts are the record of what was done in danger: kept a year after somebody closed them. */
export const ALERT_DAYS = 365;
/** Waits on the phone: long enough for the coordination to look into one that went wrong. */
export const LINE_REQUEST_DAYS = 30;

export const alertsEndBefore = (now: Instant): Instant => instant(now - ALERT_DAYS * DAY);
export const lineRequestsEndBefore = (now: Instant): Instant => instant(now - LINE_REQUEST_DAYS * DAY);
