import type { AvailabilityRule } from '../../booking/booking.js';
import type { Diary } from '../../booking/diary-store.js';
import type { WeekFilter, WeekItem } from '../../booking/week-items.js';
import type { Word } from '../layout.js';
import { address } from './addresses.js';

/** An event as FullCalendar reads it; times without a zone are the wall clock of the place. */
export interface CalendarEvent {
  title: string;
  start: string;
  end: string;
  className: string;
  allDay?: boolean;
  display?: 'background';
  editable?: boolean;
  url?: string;
  extendedProps?: { form: string };
}

/** The week for the calendar: openings may be moved, what closes them lies behind, appointments stand on top. */
export function calendarEvents(
  t: Word,
  {
    diary,
    filter,
    items,
    edits,
    markOf,
  }: {
    diary: Diary;
    filter: WeekFilter;
    items: readonly WeekItem[];
    edits: boolean;
    markOf: (rule: AvailabilityRule) => string;
  },
): CalendarEvent[] {
  const names = namesIn(diary);
  return items.map((item): CalendarEvent => {
    const { start, end } = item;
    switch (item.kind) {
      case 'opening': {
        const form = openingAddress(item, markOf(item.rule));
        const title = titleOf(item.rule, names, filter);
        const shown = { title, start, end, className: 'opening' };
        return edits ? { ...shown, editable: true, url: form, extendedProps: { form } } : shown;
      }
      case 'booking':
        return {
          title: `${t(`staff-diary.mode-short.${item.mode}`)} · ${item.session}`,
          start,
          end,
          className: `booking ${item.mode}`,
        };
      case 'holiday':
        return {
          title: t('staff-diary.agenda.holiday'),
          start: start.slice(0, 10),
          end: end.slice(0, 10),
          allDay: true,
          className: 'holiday',
        };
      case 'closure':
        return {
          title: t('staff-diary.agenda.closure'),
          start,
          end,
          display: 'background',
          className: 'closed',
        };
      default:
        return {
          title: `${t(`staff-diary.agenda.${item.kind}`)} · ${names.psychologist(item.psychologist)}`,
          start,
          end,
          display: 'background',
          className: 'away',
        };
    }
  });
}

/** What the choice of the page says already is left out. */
function titleOf(
  rule: AvailabilityRule,
  names: ReturnType<typeof namesIn>,
  { site, psychologist }: WeekFilter,
): string {
  const who = psychologist === undefined ? [names.psychologist(rule.psychologist)] : [];
  const where = site === undefined ? [names.site(rule.site)] : [];
  return [...who, ...where].join(' · ') || names.psychologist(rule.psychologist);
}

/** The form that changes one occurrence of an opening. */
export const openingAddress = (
  { rule, date }: { rule: AvailabilityRule; date: string },
  mark: string,
): string => address('/console/agenda/ouverture', { site: rule.site, rule: rule.id, date, mark });

export function namesIn({ sites, psychologists }: Diary) {
  const siteNames = new Map<string, string>(sites.map(({ id, name }) => [id, name]));
  const labels = new Map<string, string>(psychologists.map(({ id, label }) => [id, label]));
  return {
    site: (id: string): string => siteNames.get(id) ?? id,
    psychologist: (id: string): string => labels.get(id) ?? id,
  };
}
