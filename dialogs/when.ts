import type { Language } from '../src/conversations/conversation.js';
import type { Instant } from '../src/kernel/clock.js';
import { dayNumber } from '../src/kernel/days.js';

const LOCALE: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

const MOST_FORMATS = 200;
const formats = new Map<string, Intl.DateTimeFormat>();

/** One that was made before, since making one takes longer than a hundred uses of it. */
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${Object.values(options).join('|')}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  if (formats.size < MOST_FORMATS) formats.set(key, made);
  return made;
}

/** ISO date of an instant on the wall of that zone. */
export function todayIn(zone: string, at: Instant): string {
  return formatOf('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
}

/** "mardi 3 mars à 14 h 30": the day and the hour on the wall of that zone. */
export function dayAndHour(language: Language, zone: string, at: Instant): string {
  return `${day(language, zone, at)} ${language === 'fr' ? 'à' : 'at'} ${hour(language, zone, at)}`;
}

/** "aujourd'hui à 14 h", "demain à 9 h", or the day and the hour: on the wall of that zone. */
export function soon(language: Language, zone: string, { at, now }: { at: Instant; now: Instant }): string {
  const near = NEAR_DAYS[language][dayNumber(todayIn(zone, at)) - dayNumber(todayIn(zone, now))];
  if (near === undefined) return dayAndHour(language, zone, at);
  return `${near} ${language === 'fr' ? 'à' : 'at'} ${hour(language, zone, at)}`;
}

const NEAR_DAYS: Readonly<Record<Language, readonly string[]>> = {
  fr: ['aujourd’hui', 'demain'],
  en: ['today', 'tomorrow'],
};

function day(language: Language, zone: string, at: Instant): string {
  return formatOf(LOCALE[language], {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
}

/** "jeudi 24 décembre". @param date ISO date */
export const calendarDay = (language: Language, date: string): string =>
  formatOf(LOCALE[language], {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(Date.parse(date));

/** "14 h 30", "14:30". */
export function hour(language: Language, zone: string, at: Instant): string {
  const parts = formatOf('en-GB', {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    hour12: false,
  }).formatToParts(at);
  const value = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return clockTime(language, `${value('hour')}:${value('minute')}`);
}

/** @param time `09:30` */
export function clockTime(language: Language, time: string): string {
  const [hours = '', minutes = ''] = time.split(':');
  if (language === 'en') return `${Number(hours)}:${minutes}`;
  return minutes === '00' ? `${Number(hours)} h` : `${Number(hours)} h ${minutes}`;
}
