import type { Language } from '../../src/conversations/conversation.js';
import { ACADEMIES, COLLECTIVITIES } from '../../src/kernel/academies.js';
import { DAY } from '../../src/kernel/clock.js';
import { type OpeningHours, WEEKDAYS, type WeeklyHours } from '../../src/opening-hours/opening-hours.js';
import { clockTime } from '../when.js';

interface Connectors {
  every: string;
  allHours: string;
  from: string;
  to: string;
  and: string;
  days(first: string, last: string): string;
  day(name: string): string;
}

const WORDS: Readonly<Record<Language, Connectors>> = {
  fr: {
    every: 'tous les jours',
    allHours: 'jour et nuit',
    from: 'de',
    to: 'à',
    and: 'et',
    days: (first, last) => `du ${first} au ${last}`,
    day: (name) => `le ${name}`,
  },
  en: {
    every: 'every day',
    allHours: 'day and night',
    from: 'from',
    to: 'to',
    and: 'and',
    days: (first, last) => `${first} to ${last}`,
    day: (name) => `on ${name}`,
  },
};

/** "du lundi au vendredi de 9 h à 12 h et de 14 h à 18 h, le samedi de 9 h à 12 h"; '' when it never opens. */
export function weekWords(language: Language, weekly: Exclude<OpeningHours['weekly'], null>): string {
  const { every, allHours } = WORDS[language];
  if (weekly === 'always') return `${allHours}, ${every}`;
  return runsOf(weekly)
    .map(({ first, last, ranges }) => `${daysWords(language, first, last)} ${hoursWords(language, ranges)}`)
    .join(', ');
}

interface Run {
  /** Places in the week, from 0. */
  first: number;
  last: number;
  ranges: readonly string[];
}

/** Days that follow each other with the same hours are said once. */
function runsOf(weekly: WeeklyHours): Run[] {
  const runs: Run[] = [];
  for (const [index, day] of WEEKDAYS.entries()) {
    const ranges = [...weekly[day]].sort();
    const before = runs.at(-1);
    if (before?.last === index - 1 && before.ranges.join() === ranges.join()) before.last = index;
    else if (ranges.length > 0) runs.push({ first: index, last: index, ranges });
  }
  return runs;
}

function daysWords(language: Language, first: number, last: number): string {
  const words = WORDS[language];
  if (last - first === WEEKDAYS.length - 1) return words.every;
  if (first === last) return words.day(weekdayName(language, first));
  return words.days(weekdayName(language, first), weekdayName(language, last));
}

const A_MONDAY = Date.parse('2026-03-02T12:00:00Z');

const weekdayName = (language: Language, index: number): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(A_MONDAY + index * DAY);

function hoursWords(language: Language, ranges: readonly string[]): string {
  const { from, to, and, allHours } = WORDS[language];
  if (ranges.join() === '00:00-24:00') return allHours;
  return ranges
    .map((range) => {
      const [start = '', end = ''] = range.split('-');
      return `${from} ${clockTime(language, start)} ${to} ${clockTime(language, end)}`;
    })
    .join(` ${and} `);
}

/** The place whose clock a zone is, as callers name it. */
export function zoneName(zone: string): string {
  if (zone === 'Europe/Paris') return 'Paris';
  return [...ACADEMIES, ...COLLECTIVITIES].find((place) => place.zone === zone)?.name ?? zone;
}
