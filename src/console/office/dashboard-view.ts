import { html } from 'ghtml';
import type { Bilan, BilanTable } from '../../reporting/bilan.js';
import { type BilanWords, remarks, rowName, shownText, tableTitle } from '../../reporting/bilan-words.js';
import type { Shown } from '../../reporting/disclosure.js';
import type { Word } from '../layout.js';

/** Numbers of this moment. */
export interface LiveFigures {
  openAlerts: number;
  overdueAlerts: number;
  waitingInWriting: number;
  waitingOnThePhone: number;
  psychologistsOnDuty: number;
  operatorsOnDuty: number;
}

export interface DashboardView {
  nav: string;
  live: LiveFigures;
  bilan: Bilan;
  tables: readonly BilanTable[];
  words: BilanWords;
}

export function dashboardView(t: Word, view: DashboardView): string {
  const { nav, live, bilan, tables, words } = view;
  const shares = [
    share(t, 'abandoned', abandonedOf(tables)),
    share(t, 'acknowledged', shareOf(tables, 'alert-acknowledged', 'up-to-60')),
    share(t, 'answered', shareOf(tables, 'answer-time', 'up-to-20')),
  ];
  const notes = remarks(words, bilan).map((text) => html`<li>${text}</li>`);
  return html`!${nav}<h1>${t('staff-office.dashboard.title')}</h1>
<section aria-labelledby="now"><h2 id="now">${t('staff-office.dashboard.now')}</h2><div data-live>!${liveFigures(t, live)}</div></section>
<section aria-labelledby="year"><h2 id="year">${t('staff-office.dashboard.year', { year: bilan.year })}</h2>
<dl class="figures">!${shares.join('')}</dl><div class="charts">!${tables.map((table) => chart(t, words, table)).join('')}</div>
<details><summary>${t('staff-office.dashboard.about')}</summary><ul>!${notes.join('')}</ul></details></section>`;
}

function liveFigures(t: Word, live: LiveFigures): string {
  const late = live.overdueAlerts > 0;
  const figures = [
    ...([['openAlerts', late ? 'bad' : '']] as const),
    ...([['overdueAlerts', late ? 'bad' : '']] as const),
    ...([
      ['waitingInWriting', ''],
      ['waitingOnThePhone', ''],
    ] as const),
    ...([['psychologistsOnDuty', live.psychologistsOnDuty === 0 ? 'bad' : '']] as const),
    ...([['operatorsOnDuty', live.operatorsOnDuty === 0 ? 'bad' : '']] as const),
  ].map(([name, mark]) => figure(t(`staff-office.dashboard.live.${name}`), String(live[name]), mark));
  return html`<dl class="figures">!${figures.join('')}</dl>`;
}

const figure = (label: string, value: string, mark = ''): string =>
  html`<div class="figure ${mark}"><dt>${label}</dt><dd>${value}</dd></div>`;

/** A share is told only where nothing of it is hidden. */
const share = (t: Word, name: string, percent: number | undefined): string =>
  figure(
    t(`staff-office.dashboard.share.${name}`),
    percent === undefined
      ? t('staff-office.dashboard.unknown')
      : t('staff-office.dashboard.percent', { percent }),
  );

const countOf = (shown: Shown | undefined): number | undefined =>
  shown?.kind === 'count' ? shown.count : undefined;

/** A table of which nothing is hidden. */
const wholeOf = (tables: readonly BilanTable[], id: string): BilanTable | undefined =>
  tables.find((table) => table.id === id && table.rows.every(({ shown }) => shown.kind === 'count'));

function shareOf(tables: readonly BilanTable[], id: string, row: string): number | undefined {
  const table = wholeOf(tables, id);
  const part = countOf(table?.rows.find((one) => one.row === row)?.shown);
  return percentOf(part, countOf(table?.total));
}

/** Callers who left before anybody answered, of all who waited for somebody. */
function abandonedOf(tables: readonly BilanTable[]): number | undefined {
  const unanswered = wholeOf(tables, 'unanswered');
  const left = countOf(unanswered?.rows.find(({ row }) => row === 'caller-left')?.shown);
  const all = [unanswered, wholeOf(tables, 'answer-time')].map((table) => countOf(table?.total));
  const [missed, answered] = all;
  return missed === undefined || answered === undefined ? undefined : percentOf(left, missed + answered);
}

/** Rounded parts may add up to a little more than their rounded whole. */
const percentOf = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || whole === undefined || whole === 0
    ? undefined
    : Math.min(100, Math.round((part / whole) * 100));

/** A table, and the same figures drawn; the drawing is for the eye only. */
function chart(t: Word, words: BilanWords, table: BilanTable): string {
  const title = tableTitle(words, table.id);
  const rows = table.rows.map(
    ({ row, shown }) =>
      html`<tr><th scope="row">${rowName(words, table.id, row)}</th><td class="number" data-value="${countOf(shown) ?? ''}">${shownText(words, shown)}</td></tr>`,
  );
  const total = html`<tr class="total"><th scope="row">${t('bilan.total')}</th><td class="number">${shownText(words, table.total)}</td></tr>`;
  if (countOf(table.total) === 0)
    return html`<article class="chart"><h3>${title}</h3><p class="hint">${t('staff-office.dashboard.nothing')}</p></article>`;
  return html`<article class="chart"><h3>${title}</h3><div class="drawing"><canvas aria-hidden="true"></canvas></div>
<table><thead><tr><th scope="col">${t('bilan.column.row')}</th><th scope="col">${t('bilan.column.count')}</th></tr></thead><tbody>!${rows.join('')}!${total}</tbody></table></article>`;
}
