import { type HoursException, type OpeningHours, WEEKDAYS } from '../../opening-hours/opening-hours.js';
import { hour, longDate } from '../diary/rule-words.js';
import type { Word } from '../layout.js';
import { territoryName } from './territories.js';

/** "9 h–12 h 30, 14 h–18 h" */
export const rangesInWords = (t: Word, ranges: readonly string[]): string =>
  ranges.length === 0
    ? t('staff-office.hours.closed')
    : ranges.map((range) => `${hour(range.slice(0, 5))}–${hour(range.slice(6))}`).join(', ');

/** A week in a few lines: days with the same hours are told together. */
export function weekInWords(t: Word, weekly: OpeningHours['weekly']): string[] {
  if (weekly === null) return [t('staff-office.hours.mode.unknown')];
  if (weekly === 'always') return [t('staff-office.hours.mode.always')];
  const groups: { days: number[]; hours: string }[] = [];
  for (const [index, day] of WEEKDAYS.entries()) {
    const hours = rangesInWords(t, weekly[day]);
    const last = groups.at(-1);
    if (last?.hours === hours) last.days.push(index + 1);
    else groups.push({ days: [index + 1], hours });
  }
  const name = (day: number | undefined): string => t(`staff-diary.weekday.${day ?? 1}`);
  return groups.map(({ days, hours }) => {
    const told = days.length === 1 ? name(days[0]) : `${name(days[0])}–${name(days.at(-1))}`;
    return t('staff-office.hours.line', { days: told, hours });
  });
}

export function exceptionInWords(t: Word, { from, to, hours }: HoursException): string {
  const days =
    from === to
      ? longDate(from)
      : t('staff-office.hours.from-to', { from: longDate(from), to: longDate(to) });
  return t('staff-office.hours.line', { days, hours: rangesInWords(t, hours) });
}

/** What a version says, for a comparison. */
export const hoursDescribed = (t: Word, hours: OpeningHours): [label: string, value: string][] => [
  [t('staff-office.hours.territory'), territoryName(t, hours.territory)],
  [t('staff-office.hours.zone'), hours.zone],
  [t('staff-office.hours.week'), weekInWords(t, hours.weekly).join(' ; ')],
  [t('staff-office.hours.holidays'), t(`staff-office.hours.on-holidays.${hours.holidays}`)],
  [
    t('staff-office.hours.exceptions'),
    hours.exceptions.map((exception) => exceptionInWords(t, exception)).join(' ; ') || '—',
  ],
];
