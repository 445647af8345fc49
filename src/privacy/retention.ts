import { DAY, type Instant, instant } from '../kernel/clock.js';

/** Transcripts inactive since before this instant are destroyed (product.md, "Anonymity", rule 5). */
export const transcriptsEndBefore = (now: Instant, days: number): Instant => instant(now - days * DAY);
