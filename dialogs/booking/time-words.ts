import type { TimeWish } from '../../src/booking/time-wish.js';
import { type DayNumber, dayNumber, isoDate, weekdayOf } from '../../src/kernel/days.js';
import { fold } from '../match-choice.js';

/** Longer answers say more than a time. */
const LONGEST_ANSWER = 160;

const WEEKDAYS: readonly RegExp[] = [
  /\b(lundis?|mondays?)\b/,
  /\b(mardis?|tuesdays?)\b/,
  /\b(mercredis?|wednesdays?)\b/,
  /\b(jeudis?|thursdays?)\b/,
  /\b(vendredis?|fridays?)\b/,
  /\b(samedis?|saturdays?)\b/,
  /\b(dimanches?|sundays?)\b/,
];
const WEEKEND = [6, 7];

const MONTHS: readonly RegExp[] = [
  /janvier|january/,
  /fevrier|february/,
  /mars|march/,
  /avril|april/,
  /\bmai\b|\bmay\b/,
  /juin|june/,
  /juillet|july/,
  /aout|august/,
  /septembre|september/,
  /octobre|october/,
  /novembre|november/,
  /decembre|december/,
];

/** Parts of a day, the longest names first: "après-midi" holds "midi". */
const PARTS: readonly (readonly [RegExp, Hours])[] = [
  [
    /fin d apres midi|fin de journee|apres (les cours|l ecole|la classe|le travail)|late afternoon|after (school|work)/,
    { from: '16:30' },
  ],
  [/debut d apres midi|early afternoon/, { from: '12:00', before: '15:00' }],
  [/apres midi|afternoon/, { from: '12:00', before: '18:00' }],
  [/fin de matinee|late morning/, { from: '10:30', before: '12:30' }],
  [/\bmatin(ee)?s?\b|morning/, { before: '12:00' }],
  [/\bsoir(ee)?s?\b|evening/, { from: '17:00' }],
  [/\b(entre )?midi( et deux)?\b|lunch|noon/, { from: '11:30', before: '14:00' }],
];

interface Hours {
  from?: string;
  before?: string;
}

const HOUR_WORDS: Readonly<Record<string, number>> = {
  ...{ sept: 7, huit: 8, neuf: 9, dix: 10, onze: 11, douze: 12, treize: 13, quatorze: 14 },
  ...{ quinze: 15, seize: 16, 'dix sept': 17, 'dix huit': 18, 'dix neuf': 19, vingt: 20 },
};
const HOUR_WORD = Object.keys(HOUR_WORDS)
  .sort((a, b) => b.length - a.length)
  .join('|');
/** `17 h 30`, `17h`, `17:30` (folded to `17 30`), `dix-sept heures et demie`, `5 pm`. */
const HOUR = `(\\d{1,2}|${HOUR_WORD}) ?(?:heures?|h|o clock|(?=pm\\b|am\\b|\\d{2}\\b)) ?(\\d{2}|et demie|et quart)? ?(pm|am)?`;

/**
 * What a caller says of days and hours ("jeudi matin", "la semaine prochaine", "après 17 h", "mercredi"), in French and
 * English. A date without a year is the next one; past dates are not found.
 * @param today ISO date where the caller is
 * @returns `undefined` when the words hold no time
 */
export function timeWish(text: string, today: string): TimeWish | undefined {
  const said = fold(text.replaceAll('’', ' ')).slice(0, LONGEST_ANSWER);
  const dates = datesSaid(said, dayNumber(today));
  const weekdays = weekdaysSaid(said);
  const hours = hoursSaid(said.replace(NUMERIC_DATE, ' '));
  const wish: TimeWish = {
    ...dates,
    ...(weekdays.length === 0 ? {} : { weekdays }),
    ...hours,
  };
  return Object.keys(wish).length === 0 ? undefined : wish;
}

function weekdaysSaid(said: string): number[] {
  const named = WEEKDAYS.flatMap((name, index) => (name.test(said) ? [index + 1] : []));
  return named.length > 0 || !/week ?end/.test(said) ? named : WEEKEND;
}

/** `12/03`, folded, is no hour. */
const NUMERIC_DATE = /(^| )le \d{1,2} (0?[1-9]|1[0-2])(?= |$)/;

type Dates = Pick<TimeWish, 'firstDate' | 'lastDate'>;

const span = (first: DayNumber, last: DayNumber): Dates => ({
  firstDate: isoDate(first),
  lastDate: isoDate(last),
});

function datesSaid(said: string, today: DayNumber): Dates {
  const monday = today - weekdayOf(today) + 1;
  if (/apres demain|day after tomorrow/.test(said)) return span(today + 2, today + 2);
  if (/\bdemain\b|tomorrow/.test(said)) return span(today + 1, today + 1);
  if (/aujourd ?hui|ce (matin|soir|midi)|cet apres midi|today|this (morning|afternoon|evening)/.test(said))
    return span(today, today);
  if (/cette semaine|this week/.test(said)) return span(today, monday + 6);
  if (/semaine (prochaine|suivante|d apres)|next week/.test(said)) return span(monday + 7, monday + 13);
  const weeks = /dans (une|deux|trois|1|2|3) semaines?|in (one|two|three|a|1|2|3) weeks?/.exec(said);
  if (weeks !== null) {
    const ahead = COUNTS[weeks[1] ?? weeks[2] ?? ''] ?? 1;
    return span(monday + 7 * ahead, monday + 7 * ahead + 6);
  }
  if (/mois prochain|next month/.test(said)) return nextMonth(today);
  return calendarDate(said, today);
}

const COUNTS: Readonly<Record<string, number>> = {
  ...{ une: 1, a: 1, one: 1, '1': 1, deux: 2, two: 2, '2': 2, trois: 3, three: 3, '3': 3 },
};

function nextMonth(today: DayNumber): Dates {
  const [year = 0, month = 0] = isoDate(today).split('-').map(Number);
  const first = Date.UTC(year, month, 1) / DAY_MS;
  return span(first, Date.UTC(year, month + 1, 0) / DAY_MS);
}

const DAY_MS = 86_400_000;

/** "le 12", "12 mars", "le 1er avril", "12/03" (folded to `12 03`). */
function calendarDate(said: string, today: DayNumber): Dates {
  const [year = 0, thisMonth = 0] = isoDate(today).split('-').map(Number);
  const named = /(?:^| )(\d{1,2})(?:er|st|nd|rd|th)? (?:of )?([a-z]+)/.exec(said);
  const month = MONTHS.findIndex((name) => name.test(named?.[2] ?? '')) + 1;
  if (named !== null && month > 0) return nextDate(today, { year, month, date: Number(named[1]) });
  const numeric =
    /(?:^| )le (\d{1,2}) (0?[1-9]|1[0-2])(?: |$)/.exec(said) ?? /^(\d{1,2}) (0[1-9]|1[0-2])$/.exec(said);
  if (numeric !== null) return nextDate(today, { year, month: Number(numeric[2]), date: Number(numeric[1]) });
  const alone =
    /(?:^| )le (\d{1,2})(?:er)?(?: (?!h)|$)/.exec(said) ?? /\bthe (\d{1,2})(?:st|nd|rd|th)\b/.exec(said);
  if (alone === null) return {};
  const inMonth = nextDate(today, { year, month: thisMonth, date: Number(alone[1]) }, 1);
  return inMonth;
}

/** The date of that year, or of the month or year after when it has passed; nothing for 31 February. */
function nextDate(
  today: DayNumber,
  { year, month, date }: { year: number; month: number; date: number },
  monthsApart = 12,
): Dates {
  for (const ahead of [0, monthsApart]) {
    const at = new Date(Date.UTC(year, month - 1 + ahead, date));
    const day = at.getTime() / DAY_MS;
    if (at.getUTCDate() === date && day >= today) return span(day, day);
  }
  return {};
}

function hoursSaid(said: string): Hours {
  const between = new RegExp(`(?:entre|de|between|from) ${HOUR} (?:et|a|and|to) ${HOUR}`).exec(said);
  if (between !== null) return { from: clock(between, 1), before: clock(between, 4) };
  const late = new RegExp(`(?:apres|a partir de|des|pas avant|after) ${HOUR}`).exec(said);
  if (late !== null) return { from: clock(late, 1) };
  const early = new RegExp(`(?:avant|jusqu a|before|until) ${HOUR}`).exec(said);
  if (early !== null) return { before: clock(early, 1) };
  const about = new RegExp(`(?:^| )(?:vers |a |around |at |about )?${HOUR}(?: |$)`).exec(said);
  if (about !== null) return around(clock(about, 1));
  return PARTS.find(([name]) => name.test(said))?.[1] ?? {};
}

/** An hour that is named is meant to within half an hour. */
function around(hour: string): Hours {
  const minutes = Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));
  return { from: hourOf(Math.max(0, minutes - 30)), before: hourOf(Math.min(MIDNIGHT, minutes + 31)) };
}

const MIDNIGHT = 24 * 60;

const hourOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const MINUTE_WORDS: Readonly<Record<string, number>> = { 'et demie': 30, 'et quart': 15 };

function clock(match: RegExpExecArray, at: number): string {
  const [hour = '', minute = '', half = ''] = match.slice(at, at + 3);
  const hours = (HOUR_WORDS[hour] ?? Number(hour)) + (half === 'pm' && Number(hour) < 12 ? 12 : 0);
  const minutes = MINUTE_WORDS[minute] ?? Number(minute || 0);
  return hourOf(Math.min(MIDNIGHT - 1, hours * 60 + Math.min(59, minutes)));
}
