/** A point in time: epoch milliseconds, UTC. */
export type Instant = number & { readonly __brand: 'Instant' };

export const instant = (epochMs: number): Instant => epochMs as Instant;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const after = (start: Instant, ms: number): Instant => instant(start + ms);

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => instant(Date.now()) };
