import { html } from 'ghtml';
import type { Bilan, BilanTable } from './bilan.js';
import { type BilanWords, remarks, rowName, shownText, tableTitle, thousands } from './bilan-words.js';
import type { Shown } from './disclosure.js';

/** Sections of document 000, and what is counted under each. */
const SECTIONS: readonly { id: string; tables: readonly string[] }[] = [
  { id: 'support', tables: ['support', 'sessions', 'held', 'missed', 'cancelled', 'waiting'] },
  { id: 'contacts', tables: ['contacts', 'contacts-by-month', 'academies', 'corps', 'needs'] },
  { id: 'orientation', tables: ['services'] },
  {
    id: 'answers',
    tables: [
      ...['answered-by', 'answer-time', 'unanswered', 'callbacks', 'callbacks-ended'],
      ...['handed-over', 'take-over-time'],
      ...['closed-outcome', 'closed-orientation'],
    ],
  },
  { id: 'alerts', tables: ['alert-hours', 'alert-acknowledged', 'alert-outcome'] },
];

/** The bilan as sections, to stand in any page that has `BILAN_STYLE`. Bars are SVG: no style attribute. */
export function bilanSections(bilan: Bilan, words: BilanWords): string {
  const sections = SECTIONS.map(({ id, tables }) => {
    const shown = tables.flatMap((name) => bilan.tables.filter((table) => table.id === name));
    return html`<section><h2>${words.word(`bilan.section.${id}`)}</h2>!${shown.map((table) => tableHtml(table, words))}</section>`;
  });
  return html`<h1>${words.word('bilan.title', { year: bilan.year })}</h1>
!${remarks(words, bilan).map((remark) => html`<p class="remark">${remark}</p>`)}
!${comparison(bilan, words)}!${sections}`;
}

/** A page of its own, which prints clean on A4. */
export function bilanPage(bilan: Bilan, words: BilanWords): string {
  return html`<!doctype html>
<html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.word('bilan.title', { year: bilan.year })}</title>
<style>!${BILAN_STYLE}</style></head>
<body><main class="bilan">!${bilanSections(bilan, words)}</main></body></html>
`;
}

function comparison({ comparisons, year }: Bilan, words: BilanWords): string {
  const { word } = words;
  const rows = comparisons.map(
    ({ id, agents2021, ours }) =>
      html`<tr><th scope="row">${word(`bilan.figure.${id}`)}</th><td>${thousands(agents2021)}</td><td>${shownText(words, ours)}</td></tr>`,
  );
  return html`<section><h2>${word('bilan.section.summary')}</h2>
<table><caption>${word('bilan.beside-2021')}</caption><thead><tr><th scope="col">${word('bilan.column.row')}</th><th scope="col">${word('bilan.column.2021')}</th><th scope="col">${word('bilan.column.ours', { year })}</th></tr></thead>
<tbody>!${rows}</tbody></table>
<p>${word('bilan.not-counted-here')}</p></section>`;
}

function tableHtml({ id, rows, total }: BilanTable, words: BilanWords): string {
  const { word } = words;
  const most = Math.max(1, ...rows.map(({ shown }) => width(shown)));
  const lines = rows.map(
    ({ row, shown }) =>
      html`<tr><th scope="row">${rowName(words, id, row)}</th><td>${shownText(words, shown)}</td><td class="bar" aria-hidden="true">!${bar(shown, most)}</td></tr>`,
  );
  return html`<table><caption>${tableTitle(words, id)}</caption>
<thead><tr><th scope="col">${word('bilan.column.row')}</th><th scope="col">${word('bilan.column.count')}</th><td></td></tr></thead>
<tbody>!${lines}</tbody>
<tfoot><tr><th scope="row">${word('bilan.total')}</th><td>${shownText(words, total)}</td><td></td></tr></tfoot></table>`;
}

const width = (shown: Shown): number => (shown.kind === 'count' ? shown.count : 0);

/** Hidden counts have no bar: its length would tell them. */
function bar(shown: Shown, most: number): string {
  if (shown.kind !== 'count') return '';
  const length = Math.round((shown.count / most) * 200);
  return html`<svg width="200" height="10" viewBox="0 0 200 10"><rect width="${length}" height="10"/></svg>`;
}

export const BILAN_STYLE = `
.bilan{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
.bilan table{border-collapse:collapse;width:100%;margin:1rem 0 2rem;break-inside:avoid}
.bilan caption{text-align:left;font-weight:600;padding:.3rem 0}
.bilan th,.bilan td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #ccc}
.bilan th{font-weight:400}.bilan thead th:not(:first-child){text-align:right}.bilan tfoot th,.bilan tfoot td{font-weight:600}
.bilan td{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.bilan td.bar{width:210px;text-align:left}.bilan rect{fill:#1f6f78}
.bilan .remark{border-left:3px solid #1f6f78;padding-left:.75rem}
@media screen and (max-width:32rem){.bilan td.bar{display:none}}
@page{size:A4;margin:18mm}
@media print{.bilan{margin:0;max-width:none;font-size:10.5pt}.bilan h2{break-after:avoid}}
`;
