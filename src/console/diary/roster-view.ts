import { html } from 'ghtml';
import type { DaySpan } from '../../booking/week-items.js';
import { isoDate } from '../../kernel/days.js';
import type { Range } from '../../kernel/ranges.js';
import { minuteToInstant } from '../../kernel/wall-clock.js';
import { ROSTER_ZONE, type RosterEntry, type Shift } from '../../phone-line/roster.js';
import type { RosterWeek, StaffedGap } from '../../phone-line/roster-editor.js';
import type { Word } from '../layout.js';
import { diaryNav } from './diary-nav.js';
import { type FormState, hiddenFields } from './form-fields.js';
import { rosterForms } from './roster-forms.js';
import { longDate } from './rule-words.js';

export interface Person {
  id: string;
  name: string;
  role: 'psychologist' | 'operator';
}

export interface RosterPage {
  csrf: string;
  days: DaySpan;
  today: string;
  open: readonly Range[];
  hoursKnown: boolean;
  week: RosterWeek;
  entries: readonly RosterEntry[];
  people: readonly Person[];
  form: FormState;
  edits: boolean;
}

const clockOf = (at: number): string =>
  new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit', timeZone: ROSTER_ZONE }).format(at);
const dateAndClock = (at: number): string =>
  new Intl.DateTimeFormat('fr-FR', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ROSTER_ZONE,
  }).format(at);

export function rosterView(t: Word, page: RosterPage): string {
  const { days, week, edits, hoursKnown } = page;
  const nameOf = namesOf(page);
  const count = week.gaps.length;
  const summary =
    count === 0
      ? html`<p class="fine" role="status">${t('staff-roster.no-gap')}</p>`
      : html`<p class="problem" role="status"><strong>${t('staff-roster.gaps', { count })}</strong></p>`;
  const rows = Array.from({ length: 7 }, (_, index) => dayRow(t, page, { day: days.from + index, nameOf }));
  return html`!${diaryNav(t, 'roster')}<h1>${t('staff-roster.title')}</h1><p class="hint">${t('staff-roster.lead')}</p>
<nav class="week" aria-label="${t('staff-diary.agenda.weeks')}"><a class="button" href="/console/planning?semaine=${isoDate(days.from - 7)}">${t('staff-diary.agenda.before')}</a>
<h2>${t('staff-diary.agenda.week', { date: longDate(isoDate(days.from)) })}</h2>
<a class="button" href="/console/planning?semaine=${isoDate(days.from + 7)}">${t('staff-diary.agenda.after')}</a></nav>
!${summary}!${hoursKnown ? '' : html`<p class="hint">${t('staff-roster.hours-unknown')}</p>`}<div class="table"><table class="roster"><thead><tr><th scope="col">${t('staff-roster.day')}</th><th scope="col">${t('staff-roster.who')}</th></tr></thead><tbody>!${rows.join('')}</tbody></table></div>
!${entryList(t, page, nameOf)}!${edits ? rosterForms(t, page) : ''}`;
}

function dayRow(
  t: Word,
  { week, open }: RosterPage,
  { day, nameOf }: { day: number; nameOf: (id: string) => string },
): string {
  const span = { from: minuteToInstant(day, 0, ROSTER_ZONE), to: minuteToInstant(day + 1, 0, ROSTER_ZONE) };
  const inside = <T extends Range>(ranges: readonly T[]): T[] =>
    ranges.filter(({ from, to }) => from < span.to && to > span.from);
  const shifts = [...inside(week.shifts)].sort((a, b) => a.from - b.from);
  const gaps = inside(week.gaps);
  const hours = ({ from, to }: Range): string =>
    `${clockOf(Math.max(from, span.from))}–${to >= span.to ? '24:00' : clockOf(to)}`;
  const lines = [
    ...shifts.map(
      (shift) =>
        html`<li>${hours(shift)} · <strong>${nameOf(shift.responder)}</strong> · ${t(`staff-roster.role.${shift.role}`)}</li>`,
    ),
    ...gaps.map(
      (gap) =>
        html`<li class="gap"><strong>${t('staff-roster.gap', { hours: hours(gap) })}</strong> ${fallbackOf(t, gap, nameOf)}</li>`,
    ),
  ];
  const closed = inside(open).length === 0 ? html`<li class="hint">${t('staff-roster.closed')}</li>` : '';
  return html`<tr><th scope="row">${longDate(isoDate(day))}</th><td>!${band(span, { shifts, gaps, open: inside(open) })}<ul class="plain">!${lines.join('')}!${closed}</ul></td></tr>`;
}

/** Without anybody on the roster the switches of the role count, then operators, then an appointment. */
function fallbackOf(t: Word, { operators }: StaffedGap, nameOf: (id: string) => string): string {
  if (operators.length === 0) return t('staff-roster.fallback');
  return t('staff-roster.fallback-operators', { names: operators.map(nameOf).join(', ') });
}

const BAND = 960;
/** The day at a glance: open hours, shifts, gaps. The list beside it says the same. */
function band(
  span: Range,
  { shifts, gaps, open }: { shifts: readonly Shift[]; gaps: readonly Range[]; open: readonly Range[] },
): string {
  const bar = (range: Range, className: string): string => {
    const from = ((Math.max(range.from, span.from) - span.from) / (span.to - span.from)) * BAND;
    const to = ((Math.min(range.to, span.to) - span.from) / (span.to - span.from)) * BAND;
    return html`<rect class="${className}" x="${from.toFixed(1)}" y="0" width="${(to - from).toFixed(1)}" height="20" rx="4"/>`;
  };
  const psychologists = shifts.filter(({ role }) => role === 'psychologist');
  return html`<svg class="band" viewBox="0 0 ${BAND} 20" preserveAspectRatio="none" aria-hidden="true">!${open.map((range) => bar(range, 'open')).join('')}!${psychologists.map((range) => bar(range, 'shift')).join('')}!${gaps.map((range) => bar(range, 'gap')).join('')}</svg>`;
}

const namesOf = ({ people }: RosterPage): ((id: string) => string) => {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
};

function entryList(
  t: Word,
  { entries, csrf, edits, today }: RosterPage,
  nameOf: (id: string) => string,
): string {
  const current = entries.filter((entry) =>
    entry.kind === 'rule' ? (entry.lastDate ?? '9999') >= today : true,
  );
  if (current.length === 0) return html`<p>${t('staff-roster.empty')}</p>`;
  const lines = current.map((entry) => {
    const words = entryInWords(t, entry, nameOf);
    const remove = edits
      ? html`<form method="post" action="/console/planning/retirer">!${hiddenFields({ csrf, kind: entry.kind, id: entry.id })}<button class="quiet" aria-label="${t('staff-diary.away.remove-this', { which: words })}">${t('staff-diary.away.remove')}</button></form>`
      : '';
    return html`<li><span>${words}</span>!${remove}</li>`;
  });
  return html`<section><h2>${t('staff-roster.entries')}</h2><ul class="lines">!${lines.join('')}</ul></section>`;
}

function entryInWords(t: Word, entry: RosterEntry, nameOf: (id: string) => string): string {
  if (entry.kind === 'rule') {
    const { weekday, from, to, firstDate, lastDate } = entry;
    const dates =
      lastDate === null
        ? t('staff-diary.pattern.from', { from: longDate(firstDate) })
        : t('staff-diary.pattern.between', { from: longDate(firstDate), to: longDate(lastDate) });
    return `${nameOf(entry.responder)} — ${t(`staff-diary.weekday.${weekday}`)} ${from}–${to}, ${dates}`;
  }
  const times = { from: dateAndClock(entry.from), to: dateAndClock(entry.to) };
  if (entry.kind === 'temporary') {
    const names = [...new Set(entry.shifts.map(({ responder }) => nameOf(responder)))].join(', ');
    return t('staff-roster.temporary-line', {
      ...times,
      names: names === '' ? t('staff-roster.nobody') : names,
    });
  }
  const by = entry.change.kind === 'replace' ? nameOf(entry.change.by) : '';
  return t(`staff-roster.change-line.${entry.change.kind}`, { ...times, name: nameOf(entry.responder), by });
}
