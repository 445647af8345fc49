import type { AvailabilityRule } from '../../booking/booking.js';
import type { DatePattern, Recurrence } from '../../booking/recurrence.js';
import type { Instant } from '../../kernel/clock.js';
import type { Word } from '../layout.js';

/** "lundi 2 mars 2026" */
export const longDate = (iso: string): string =>
  new Intl.DateTimeFormat('fr-FR', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${iso}T00:00:00Z`));

/** "9 h 00": the field's way in French. */
export const hour = (clock: string): string => clock.replace(/^0?(\d+):/, '$1 h ').replace(' h 00', ' h');

/** An opening in one line: days, hours, dates, ways of meeting. */
export function ruleInWords(t: Word, rule: AvailabilityRule): string {
  const modes = rule.modes.map((mode) => t(`staff-diary.mode.${mode}`)).join(', ');
  const exceptions = rule.exceptions?.length ?? 0;
  return [
    `${patternInWords(t, rule)}, ${hour(rule.from)}–${hour(rule.to)}`,
    modes,
    t('staff-diary.rule.lasts', { minutes: rule.durations.join(' / ') }),
    ...(exceptions === 0 ? [] : [t('staff-diary.rule.exceptions', { count: exceptions })]),
  ].join(' · ');
}

export function patternInWords(t: Word, { recurrence, firstDate, lastDate }: DatePattern): string {
  if (recurrence.kind === 'once') return longDate(firstDate);
  const dates =
    lastDate === null
      ? t('staff-diary.pattern.from', { from: longDate(firstDate) })
      : t('staff-diary.pattern.between', { from: longDate(firstDate), to: longDate(lastDate) });
  return `${recurrenceInWords(t, recurrence)} ${dates}`;
}

function recurrenceInWords(t: Word, recurrence: Exclude<Recurrence, { kind: 'once' }>): string {
  const { kind, every } = recurrence;
  if (kind === 'daily') return t('staff-diary.pattern.daily', { count: every });
  if (kind === 'month-days') return t('staff-diary.pattern.month-days', { days: recurrence.days.join(', ') });
  const days = recurrence.weekdays.map((day) => t(`staff-diary.weekday.${day}`)).join(', ');
  if (kind === 'monthly')
    return t('staff-diary.pattern.monthly', { days, positions: recurrence.positions.join(', ') });
  return t('staff-diary.pattern.weekly', { days, count: every });
}

/** "lundi 2 mars à 09:00", on the clock of the place. */
export const dateAndHour = (at: Instant, zone: string): string =>
  new Intl.DateTimeFormat('fr-FR', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at);

/** "09:00", on the clock of the place. */
export const clockAt = (at: Instant, zone: string): string =>
  new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);
