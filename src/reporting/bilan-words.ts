import { academyBySlug } from '../kernel/academies.js';
import type { Bilan, BilanTableId } from './bilan.js';
import type { Shown } from './disclosure.js';

/** A text of `locales`, by its whole key. */
export type BilanWord = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export interface BilanWords {
  word: BilanWord;
  /** Name of a service of the directory; `undefined` when it is no longer there. */
  service: (id: string) => string | undefined;
}

const GROUPED = new Set(['centres-readaptation', 'actions-collectives']);

export function tableTitle({ word }: BilanWords, id: BilanTableId): string {
  return word(`bilan.table.${id}`);
}

/** What a row is called: names of académies and services are data, the rest are words. */
export function rowName({ word, service }: BilanWords, id: BilanTableId, row: string): string {
  if (id === 'academies') return academyBySlug(row)?.name ?? row;
  if (id === 'services' && !GROUPED.has(row)) return service(row) ?? row;
  if (id === 'contacts-by-month') return word(`bilan.month.${row}`);
  if (id === 'needs') return word(`bilan.need.${row}`);
  if (id === 'corps') return word(`bilan.corps.${row}`);
  if (id === 'closed-outcome') return word(`bilan.outcome.${row}`);
  if (id === 'closed-orientation') return word(`bilan.orientation.${row}`);
  return word(`bilan.row.${row}`);
}

/** `1 234`, `< 5`, or the sign for what is withheld. */
export function shownText({ word }: BilanWords, shown: Shown): string {
  if (shown.kind === 'few') return '< 5';
  return shown.kind === 'withheld' ? word('bilan.withheld') : thousands(shown.count);
}

export const thousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** What the figures are, and are not: stands at the head of every format. */
export function remarks({ word }: BilanWords, { provisional, until }: Bilan): string[] {
  const period = until === null ? word('bilan.nothing-yet') : word('bilan.until', { until });
  return [
    word('bilan.not-persons'),
    word('bilan.small-counts'),
    ...(provisional ? [word('bilan.provisional')] : []),
    period,
  ];
}
