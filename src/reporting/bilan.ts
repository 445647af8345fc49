import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../kernel/clock.js';
import { NEEDS } from '../kernel/needs.js';
import type { CountStore, DayCounts } from './count-store.js';
import type { TableId } from './counters.js';
import { type Row, type Shown, type ShownTable, showFamily, showRounded } from './disclosure.js';
import { FIGURES_2021 } from './figures-2021.js';
import { parisDay } from './paris-day.js';

export type BilanTableId = TableId | 'contacts-by-month';

export interface BilanTable extends ShownTable {
  id: BilanTableId;
}

/** The yearly bilan, ready to be published: no small count is left in it. */
export interface Bilan {
  year: number;
  /** The year has not ended: whole months only, rounded to 5. */
  provisional: boolean;
  /** Last day that is counted, ISO date; `null` before the first month has ended. */
  until: string | null;
  tables: readonly BilanTable[];
  /** Beside the figures of 2021. */
  comparisons: readonly { id: (typeof FIGURES_2021)[number]['id']; agents2021: number; ours: Shown }[];
}

/** Rows that are shown when nothing was counted, and in which order; others follow by name. */
const KNOWN_ROWS: Partial<Record<BilanTableId, readonly string[]>> = {
  contacts: ['phone', 'web', 'sms', 'bot-framework'],
  'contacts-by-month': Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0')),
  needs: NEEDS,
  support: ['eae', 'section', 'telephone', 'immediate'],
  sessions: ['1', '2', '3', 'more', 'immediate'],
  held: ['eae', 'section', 'telephone'],
  missed: ['eae', 'section', 'telephone'],
  waiting: ['joined', 'offered', 'taken'],
  callbacks: ['asked'],
  'callbacks-ended': ['reached', 'unreached', 'withdrawn', 'expired'],
  'answered-by': ['psychologist', 'operator'],
  'answer-time': ['up-to-20', 'up-to-60', 'up-to-120', 'over-120'],
  unanswered: ['caller-left', 'nobody'],
  'alert-hours': ['night', 'morning', 'afternoon', 'evening'],
  'alert-acknowledged': ['up-to-60', 'up-to-300', 'over-300'],
  'take-over-time': ['up-to-60', 'up-to-300', 'over-300'],
};

/**
 * Tables of one family count the same things in another way, or steps of one thing that most of them go through: their
 * totals are the same, or a reader may take them to be.
 */
const FAMILIES: readonly (readonly BilanTableId[])[] = [
  ['contacts', 'contacts-by-month'],
  ['needs'],
  ['academies'],
  ['corps'],
  ['support', 'sessions'],
  ['held'],
  ['missed'],
  ['cancelled'],
  ['waiting'],
  ['callbacks', 'callbacks-ended'],
  ['services'],
  ['answered-by', 'answer-time'],
  ['unanswered'],
  ['handed-over', 'take-over-time', 'closed-outcome', 'closed-orientation'],
  ['alert-hours', 'alert-acknowledged', 'alert-outcome'],
];

/** @param year from 2000 to 2100; only whole years are reported, so that two reports never differ by a few days */
export async function bilanOf(parts: { store: CountStore; now: Instant; year: number }): Promise<Bilan> {
  const { store, now, year } = parts;
  const today = parisDay(now);
  const provisional = today <= `${year}-12-31`;
  const until = provisional ? lastWholeMonth(today, year) : `${year}-12-31`;
  const days = until === null ? [] : await store.between(`${year}-01-01`, until);
  const tables = FAMILIES.flatMap((family) => {
    const counted = family.map((id) => rowsOf(id, days));
    const shown = provisional ? counted.map(showRounded) : showFamily(counted);
    return family.map((id, index) => ({ id, ...(shown[index] ?? { rows: [], total: NOTHING }) }));
  });
  return { year, provisional, until, tables, comparisons: comparisonsOf(tables) };
}

const NOTHING: Shown = { kind: 'count', count: 0 };

/** @returns `null` when no month of that year has ended */
function lastWholeMonth(today: string, year: number): string | null {
  const last = Temporal.PlainDate.from(today).with({ day: 1 }).subtract({ days: 1 });
  return last.year === year ? last.toString() : null;
}

function rowsOf(id: BilanTableId, days: readonly DayCounts[]): Row[] {
  const sums = new Map((KNOWN_ROWS[id] ?? []).map((row) => [row, 0]));
  const known = [...sums.keys()];
  const table = id === 'contacts-by-month' ? 'contacts' : id;
  for (const { day, counts } of days)
    for (const [counter, count] of Object.entries(counts)) {
      const [counted, name = ''] = counter.split('|');
      if (counted !== table) continue;
      const row = id === 'contacts-by-month' ? day.slice(5, 7) : name;
      sums.set(row, (sums.get(row) ?? 0) + count);
    }
  // By name, never by size: the order would tell something of what is hidden.
  const others = [...sums.keys()].filter((row) => !known.includes(row)).sort();
  return [...known, ...others].map((row) => ({ row, count: sums.get(row) ?? 0 }));
}

function comparisonsOf(tables: readonly BilanTable[]): Bilan['comparisons'] {
  return FIGURES_2021.map(({ id, agents, ours }) => {
    const table = tables.find((one) => one.id === ours.table);
    const row = table?.rows.find((one) => one.row === ours.row);
    const shown = ours.row === undefined ? table?.total : row?.shown;
    return { id, agents2021: agents, ours: shown ?? NOTHING };
  });
}
