import type { Bilan } from './bilan.js';
import { type BilanWords, remarks, rowName, shownText, tableTitle } from './bilan-words.js';
import type { Shown } from './disclosure.js';

/** One line a figure, for a spreadsheet: UTF-8 with a mark, semicolons, as French ones expect. */
export function bilanCsv(bilan: Bilan, words: BilanWords): string {
  const { word } = words;
  const lines = [
    [word('bilan.column.table'), word('bilan.column.row'), word('bilan.column.count')],
    ...bilan.tables.flatMap(({ id, rows, total }) => [
      ...rows.map(({ row, shown }) => [tableTitle(words, id), rowName(words, id, row), plain(words, shown)]),
      [tableTitle(words, id), word('bilan.total'), plain(words, total)],
    ]),
    ...bilan.comparisons.map(({ id, agents2021 }) => [
      word('bilan.column.2021'),
      word(`bilan.figure.${id}`),
      String(agents2021),
    ]),
    ...remarks(words, bilan).map((remark) => [word('bilan.column.remark'), remark, '']),
  ];
  return `\ufeff${lines.map((cells) => cells.map(cell).join(';')).join('\r\n')}\r\n`;
}

const plain = (words: BilanWords, shown: Shown): string =>
  shown.kind === 'count' ? String(shown.count) : shownText(words, shown);

/** Quoted when needed; a cell that a spreadsheet would take for a formula is disarmed. */
function cell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
