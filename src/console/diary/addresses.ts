import type { WeekFilter } from '../../booking/week-items.js';
import { isoDate } from '../../kernel/days.js';

/** A page of the console with its parameters, the empty ones left out. */
export function address(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(Object.fromEntries(given)).toString()}`;
}

export const weekAddress = ({ site, psychologist }: WeekFilter, day: number): string =>
  address('/console/agenda', { site, psychologue: psychologist, semaine: isoDate(day) });
