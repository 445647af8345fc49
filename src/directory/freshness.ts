import type { Service } from './service.js';

const FRESH_YEARS = 2;

/**
 * A document says what was true on its date; two years later, to the day, it is to be checked. An undated one
 * always is (product.md, "Directory of services").
 * @param date ISO date, month or year; `null` when there is none
 * @param today ISO date
 */
export function isOld(date: string | null, today: string): boolean {
  return date === null || twoYearsAfter(date) < today;
}

/** ISO date by which an entry is to be looked at again; `null`: now, it has no date. */
export function reviewDate({ permanent, reviewBy, source }: Service): string | null | 'never' {
  if (permanent) return 'never';
  return reviewBy ?? (source.date === null ? null : twoYearsAfter(source.date));
}

export function isStale(service: Service, today: string): boolean {
  const review = reviewDate(service);
  return review !== 'never' && (review === null || review < today);
}

function twoYearsAfter(date: string): string {
  return `${Number(date.slice(0, 4)) + FRESH_YEARS}${date.slice(4)}`;
}
