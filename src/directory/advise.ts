import type { Directory, DirectoryQuery } from './directory.js';
import type { Service } from './service.js';

export interface Advice {
  service: Service;
  /** Undated, or older than two years: to be checked (product.md, "Directory of services"). */
  stale: boolean;
}

const FRESH_YEARS = 2;

/**
 * Whom to turn to. Never empty: an académie without an entry gets the national answer.
 * @param today ISO date
 */
export function advise(directory: Directory, query: DirectoryQuery, today: string): Advice[] {
  return directory.find(query).map((service) => ({ service, stale: isStale(service, today) }));
}

export function isStale({ source }: Service, today: string): boolean {
  if (source.date === null) return true;
  const [year = '', ...monthAndDay] = source.date.split('-');
  return [String(Number(year) + FRESH_YEARS), ...monthAndDay].join('-') < today;
}
