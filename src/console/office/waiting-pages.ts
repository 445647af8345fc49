import { html } from 'ghtml';
import type { TimeWish } from '../../booking/time-wish.js';
import type { WaitingLine } from '../../booking/waiting-list.js';
import type { SiteId } from '../../kernel/ids.js';
import { parisTime } from '../account/paris-time.js';
import { hour, longDate } from '../diary/rule-words.js';
import type { ConsoleFrame } from '../frame.js';
import type { Word } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';
import { officeNav } from './office-nav.js';
import { OFFICE_STYLES, type OfficeParts } from './office-parts.js';
import { wideTable } from './wide-table.js';

/** Who waits for a time to come free: for what, since when; nothing leads to a caller. */
export function addWaiting(parts: OfficeParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const title = t('staff-office.waiting.title');
  routes.page('/attente', 'diary:see', async (staff) => {
    const { sites } = await parts.diaryEditor.read();
    const names = new Map(sites.map(({ id, name }) => [id, name]));
    const siteName = (site: SiteId): string => names.get(site) ?? site;
    const nav = officeNav(t, staff.account, 'waiting');
    const content = waitingView(t, { nav, lines: await parts.waiting.lines(), siteName });
    frame.show(staff, { title, content, styles: OFFICE_STYLES });
  });
}

interface WaitingPageView {
  nav: string;
  lines: readonly WaitingLine[];
  siteName: (site: SiteId) => string;
}

function waitingView(t: Word, { nav, lines, siteName }: WaitingPageView): string {
  const offered = lines.filter(({ offeredUntil }) => offeredUntil !== null).length;
  const columns = ['place', 'sites', 'wish', 'since', 'way', 'state'].map((key) =>
    t(`staff-office.waiting.${key}`),
  );
  const rows = lines.map(
    (line, index) => html`<tr><th scope="row" class="number">${index + 1}</th>
<td>${line.sites.map(siteName).join(', ')}<br><span class="hint">${t(`staff-diary.mode.${line.mode}`)}</span></td>
<td>${wishInWords(t, line)}</td><td>${parisTime(line.since)}<br><span class="hint">${t('staff-office.waiting.until', { until: parisTime(line.until) })}</span></td>
<td>${t(`staff-office.waiting.by.${line.way}`)}</td>
<td>${line.offeredUntil === null ? t('staff-office.waiting.waits') : t('staff-office.waiting.offered', { until: parisTime(line.offeredUntil) })}</td></tr>`,
  );
  const table =
    lines.length === 0
      ? html`<p class="fine">${t('staff-office.waiting.none')}</p>`
      : html`<p>${t('staff-office.waiting.count', { count: lines.length, offered })}</p>
!${wideTable(t('staff-office.waiting.title'), { columns, rows })}`;
  return html`!${nav}<h1>${t('staff-office.waiting.title')}</h1><p class="lead">${t('staff-office.waiting.lead')}</p>!${table}`;
}

/** "mardi, jeudi ; à partir de 14 h", or any time. */
function wishInWords(t: Word, { wish, before }: Pick<WaitingLine, 'wish' | 'before'>): string {
  const { firstDate, lastDate, weekdays = [], from, before: until }: TimeWish = wish ?? {};
  const said = [
    ...(weekdays.length === 0 ? [] : [weekdays.map((day) => t(`staff-diary.weekday.${day}`)).join(', ')]),
    ...(firstDate === undefined ? [] : [t('staff-office.waiting.from-date', { date: longDate(firstDate) })]),
    ...(lastDate === undefined ? [] : [t('staff-office.waiting.to-date', { date: longDate(lastDate) })]),
    ...(from === undefined ? [] : [t('staff-office.waiting.from-hour', { hour: hour(from) })]),
    ...(until === undefined ? [] : [t('staff-office.waiting.to-hour', { hour: hour(until) })]),
    ...(before === null ? [] : [t('staff-office.waiting.before', { date: parisTime(before) })]),
  ];
  return said.length === 0 ? t('staff-office.waiting.any') : said.join(' ; ');
}
