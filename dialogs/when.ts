import type { Language } from '../src/conversations/conversation.js';
import type { Instant } from '../src/kernel/clock.js';

const LOCALE: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

/** ISO date of an instant on the wall of that zone. */
export function todayIn(zone: string, at: Instant): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
}

/** "mardi 3 mars à 14 h 30": the day and the hour on the wall of that zone. */
export function dayAndHour(language: Language, zone: string, at: Instant): string {
  return `${day(language, zone, at)} ${language === 'fr' ? 'à' : 'at'} ${hourOf(language, zone, at)}`;
}

function day(language: Language, zone: string, at: Instant): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
}

/** "14 h 30" on the wall of that zone. */
export function hourOf(language: Language, zone: string, at: Instant): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    hour12: false,
  }).formatToParts(at);
  const value = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const hours = String(Number(value('hour')));
  const minutes = value('minute');
  if (language === 'en') return `${hours}:${minutes}`;
  return minutes === '00' ? `${hours} h` : `${hours} h ${minutes}`;
}
