import { html } from 'ghtml';
import type { SiteCoverage } from '../../booking/coverage.js';
import { wallText, weekFrom } from '../../booking/week-items.js';
import { isoDate } from '../../kernel/days.js';
import type { ConsoleFrame } from '../frame.js';
import type { Word } from '../layout.js';
import type { StaffRoutes } from '../staff-routes.js';
import { weekAddress } from './addresses.js';
import { diaryNav } from './diary-nav.js';
import type { DiaryParts } from './diary-parts.js';
import { hitTable } from './hit-table.js';
import { dateAndHour } from './rule-words.js';

const WEEKS = 4;
/** From this part of the offer on, a week is nearly full. */
const NEARLY_FULL = 0.9;

/** Where there is room and where there is none, and the appointments that somebody must still look after. */
export function addCoverage(parts: DiaryParts, frame: ConsoleFrame, routes: StaffRoutes): void {
  const { t } = frame;
  const { coverage, planning, clock, diaryEditor } = parts;
  const styles = ['diary.css'];

  routes.page('/couverture', 'diary:see', async (staff) => {
    const { from } = weekFrom(wallText(clock.now(), 'Europe/Paris').slice(0, 10));
    const sites = await coverage.of(Array.from({ length: WEEKS }, (_, week) => from + 7 * week));
    frame.show(staff, { title: t('staff-diary.coverage.title'), content: coverageView(t, sites), styles });
  });

  routes.page('/a-revoir', 'diary:see', async (staff) => {
    const [hits, { sites }] = await Promise.all([planning.worklist(), diaryEditor.read()]);
    const list =
      hits.length === 0 ? html`<p>${t('staff-diary.worklist.none')}</p>` : hitTable(t, hits, sites);
    const title = t('staff-diary.worklist.title');
    const content = html`!${diaryNav(t, 'worklist')}<h1>${title}</h1><p class="hint">${t('staff-diary.worklist.lead')}</p>!${list}`;
    frame.show(staff, { title, content, styles });
  });
}

function coverageView(t: Word, sites: readonly SiteCoverage[]): string {
  const ordered = [...sites].sort(
    (a, b) => a.site.department.localeCompare(b.site.department) || a.site.name.localeCompare(b.site.name),
  );
  const weeks = ordered[0]?.weeks ?? [];
  const headings = weeks.map(
    ({ from }) =>
      html`<th scope="col">${t('staff-diary.coverage.week', { date: shortDate(isoDate(from)) })}</th>`,
  );
  return html`!${diaryNav(t, 'coverage')}<h1>${t('staff-diary.coverage.title')}</h1><p class="hint">${t('staff-diary.coverage.lead')}</p>
<div class="table"><table class="coverage"><thead><tr><th scope="col">${t('staff-diary.column.site')}</th>!${headings.join('')}<th scope="col">${t('staff-diary.coverage.first')}</th></tr></thead>
<tbody>!${ordered.map((one) => coverageRow(t, one)).join('')}</tbody></table></div>`;
}

function coverageRow(t: Word, { site, weeks, first }: SiteCoverage): string {
  const cells = weeks.map(({ from, offered, taken }) => {
    const state = offered === 0 ? 'nothing' : taken / offered >= NEARLY_FULL ? 'full' : 'room';
    const text =
      offered === 0 ? t('staff-diary.coverage.nothing') : t('staff-diary.coverage.cell', { taken, offered });
    const bar =
      offered === 0
        ? ''
        : html`<meter min="0" max="${offered}" value="${Math.min(taken, offered)}" aria-hidden="true"></meter>`;
    return html`<td class="${state}"><a href="${weekAddress({ site: site.id }, from)}">${text}</a>!${bar}</td>`;
  });
  const when =
    first === undefined
      ? html`<strong class="none">${t('staff-diary.coverage.no-slot')}</strong>`
      : html`${dateAndHour(first.start, site.zone)}`;
  return html`<tr><th scope="row">${site.name}</th>!${cells.join('')}<td>!${when}</td></tr>`;
}

const shortDate = (iso: string): string =>
  new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${iso}T00:00:00Z`),
  );
