import { html } from 'ghtml';
import { markOf } from '../../booking/diary-mark.js';
import type { Diary } from '../../booking/diary-store.js';
import type { DaySpan, WeekFilter, WeekItem } from '../../booking/week-items.js';
import { isoDate } from '../../kernel/days.js';
import type { Word } from '../layout.js';
import { address, weekAddress } from './addresses.js';
import { namesIn, openingAddress } from './calendar-events.js';
import { diaryNav } from './diary-nav.js';
import { hour, longDate } from './rule-words.js';

interface AgendaPage {
  diary: Diary;
  filter: WeekFilter;
  days: DaySpan;
  items: readonly WeekItem[];
  /** ISO date at the place. */
  today: string;
  edits: boolean;
}

/** The week: choice of whose, the calendar's place, and the table that works without it. */
export function agendaView(t: Word, page: AgendaPage): string {
  const { filter, days, edits } = page;
  const { site, psychologist } = filter;
  const fresh = address('/console/agenda/nouvelle', { site, psychologue: psychologist });
  const add = edits ? html`<a class="button strong" href="${fresh}">${t('staff-diary.rule.new')}</a>` : '';
  const feed = address('/console/agenda/semaine', { site, psychologue: psychologist });
  return html`!${diaryNav(t, 'agenda')}<div class="head"><h1>${t('staff-diary.agenda.title')}</h1>!${add}</div>
!${chooser(t, page)}
<nav class="week" aria-label="${t('staff-diary.agenda.weeks')}">
<a class="button" href="${weekAddress(filter, days.from - 7)}">${t('staff-diary.agenda.before')}</a>
<h2>${t('staff-diary.agenda.week', { date: longDate(isoDate(days.from)) })}</h2>
<a class="button" href="${weekAddress(filter, days.from + 7)}">${t('staff-diary.agenda.after')}</a></nav>
<div id="calendar" hidden data-feed="${feed}" data-date="${isoDate(days.from)}" data-new="${edits ? fresh : ''}" data-all-day="${t('staff-diary.agenda.whole-day')}" data-failed="${t('staff-diary.agenda.failed')}"></div>
<p class="hint" id="calendar-help" hidden>${t('staff-diary.agenda.help')}</p>
<dialog id="form-dialog" aria-label="${t('staff-diary.agenda.dialog')}"><button type="button" class="quiet" id="form-close">${t('staff-diary.form.cancel')}</button><div id="form-place"></div></dialog>
<section id="week-table"><h2>${t('staff-diary.agenda.table')}</h2>!${weekTable(t, page)}</section>`;
}

function chooser(t: Word, { diary, filter, days }: AgendaPage): string {
  const option = (value: string, label: string, chosen: string | undefined): string =>
    html`<option value="${value}"!${value === (chosen ?? '') ? ' selected' : ''}>${label}</option>`;
  const sites = diary.sites.map(({ id, name }) => option(id, name, filter.site));
  const people = [...diary.psychologists]
    .sort((a, b) => a.label.localeCompare(b.label))
    .map(({ id, label }) => option(id, label, filter.psychologist));
  return html`<form class="chooser" method="get" action="/console/agenda"><input type="hidden" name="semaine" value="${isoDate(days.from)}">
<label for="site">${t('staff-diary.column.site')}</label><select id="site" name="site">!${option('', t('staff-diary.agenda.all-sites'), filter.site)}!${sites.join('')}</select>
<label for="psychologue">${t('staff-diary.column.psychologist')}</label><select id="psychologue" name="psychologue">!${option('', t('staff-diary.agenda.everybody'), filter.psychologist)}!${people.join('')}</select>
<button>${t('staff-diary.agenda.show')}</button></form>`;
}

function weekTable(t: Word, { diary, items, edits, filter }: AgendaPage): string {
  if (items.length === 0) return html`<p>${t('staff-diary.agenda.nothing')}</p>`;
  const names = namesIn(diary);
  const rows = items.map((item, index) => {
    const day = item.start.slice(0, 10);
    const isFirst = items[index - 1]?.start.slice(0, 10) !== day;
    const heading = isFirst
      ? html`<tr class="day"><th scope="rowgroup" colspan="4">${longDate(day)}</th></tr>`
      : '';
    return html`!${heading}<tr class="${item.kind}"><td>${hoursOf(t, item)}</td><td>${whatOf(t, item)}</td><td>${whoOf(names, item, filter)}</td><td>!${
      item.kind === 'opening' && edits ? changeLink(t, item, names.psychologist(item.rule.psychologist)) : ''
    }</td></tr>`;
  });
  const columns = ['hours', 'what', 'who', 'change'].map(
    (key) => html`<th scope="col">${t(`staff-diary.column.${key}`)}</th>`,
  );
  return html`<div class="table"><table class="week-table"><thead><tr>!${columns.join('')}</tr></thead><tbody>!${rows.join('')}</tbody></table></div>`;
}

function hoursOf(t: Word, { start, end }: WeekItem): string {
  if (start.endsWith('T00:00') && end.endsWith('T00:00')) return t('staff-diary.agenda.all-day');
  return `${hour(start.slice(11))}–${hour(end.slice(11))}`;
}

function whatOf(t: Word, item: WeekItem): string {
  if (item.kind === 'opening')
    return `${t('staff-diary.agenda.opening')} · ${item.rule.modes.map((mode) => t(`staff-diary.mode.${mode}`)).join(', ')}`;
  if (item.kind === 'booking')
    return `${t('staff-diary.agenda.booking')} · ${t(`staff-diary.mode.${item.mode}`)} · ${t('staff-diary.agenda.session', { number: item.session })}`;
  return t(`staff-diary.agenda.${item.kind}`);
}

/** What the choice of the page says already is left out. */
function whoOf(names: ReturnType<typeof namesIn>, item: WeekItem, { site }: WeekFilter): string {
  const where = (id: string): string => (site === undefined ? ` · ${names.site(id)}` : '');
  switch (item.kind) {
    case 'opening':
      return `${names.psychologist(item.rule.psychologist)}${where(item.rule.site)}`;
    case 'booking':
      return `${names.psychologist(item.psychologist)}${where(item.site)}`;
    case 'holiday':
    case 'closure':
      return names.site(item.site);
    default:
      return names.psychologist(item.psychologist);
  }
}

const changeLink = (t: Word, item: WeekItem & { kind: 'opening' }, who: string): string => {
  const which = `${who}, ${longDate(item.date)}, ${hour(item.start.slice(11))}`;
  return html`<a href="${openingAddress(item, markOf(item.rule))}" aria-label="${t('staff-diary.agenda.change-this', { which })}">${t('staff-diary.agenda.change')}</a>`;
};
