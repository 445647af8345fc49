/**
 * What may be published of a count. `few`: 1 to 4, shown as "< 5". `withheld`: large enough, but hidden so that a
 * small one cannot be worked out from the total (product.md, "Anonymity", rule 5).
 */
export type Shown = { kind: 'count'; count: number } | { kind: 'few' } | { kind: 'withheld' };

export interface Row {
  row: string;
  count: number;
}
export interface ShownTable {
  rows: { row: string; shown: Shown }[];
  total: Shown;
}

export const FEW = 4;
/** A year that has not ended is published rounded to this. */
const STEP = 5;

const few = (count: number): boolean => count >= 1 && count <= FEW;
const exact = (count: number): Shown => (few(count) ? { kind: 'few' } : { kind: 'count', count });

/**
 * A year that has ended: exact, with the small counts hidden and as many others as it takes.
 * @param rows each counted once in the total
 */
export function showExact(rows: readonly Row[]): ShownTable {
  const total = sumOf(rows);
  const small = rows.filter(({ count }) => few(count));
  if (small.length === 0) return tableOf(rows, new Set(), exact(total));
  // One small row is its own small total; several "< 5" that add up to "< 5" would each be told.
  if (few(total))
    return tableOf(rows, new Set(), small.length === 1 ? { kind: 'few' } : { kind: 'withheld' });
  const others = rows.filter(({ count }) => count > FEW).sort((a, b) => a.count - b.count);
  if (keepsSecret(small, [], Number.POSITIVE_INFINITY)) return tableOf(rows, new Set(), exact(total));
  // Never all of the others with the total shown: that it took all of them would tell too much.
  for (let hidden = 1; hidden < others.length; hidden += 1) {
    const withheld = others.slice(0, hidden);
    const next = others[hidden]?.count ?? 0;
    if (keepsSecret(small, withheld, next)) return tableOf(rows, new Set(withheld), exact(total));
  }
  return tableOf(rows, new Set(others), { kind: 'withheld' });
}

/**
 * A year under way: whole months only (the caller sees to that), everything rounded. Two reports made a month
 * apart differ by multiples of five, so their difference tells no small count.
 */
export function showRounded(rows: readonly Row[]): ShownTable {
  const total = sumOf(rows);
  return {
    rows: rows.map(({ row, count }) => ({ row, shown: rounded(count) })),
    total: rounded(total),
  };
}

const rounded = (count: number): Shown =>
  few(count) ? { kind: 'few' } : { kind: 'count', count: roundedTo(count) };
const roundedTo = (count: number): number => Math.round(count / STEP) * STEP;

function tableOf(rows: readonly Row[], withheld: ReadonlySet<Row>, total: Shown): ShownTable {
  const shown = (row: Row): Shown => (withheld.has(row) ? { kind: 'withheld' } : exact(row.count));
  return { rows: rows.map((row) => ({ row: row.row, shown: shown(row) })), total };
}

/**
 * Whether every small count could still be any number from 1 to 4 for a reader who knows the total, this very
 * rule, and the rounded reports of the same year: what is withheld lies in a known span of five.
 * @param next the smallest count that is shown: what is withheld is not larger
 */
function keepsSecret(small: readonly Row[], withheld: readonly Row[], next: number): boolean {
  const sum = [...small, ...withheld].reduce((total, { count }) => total + count, 0);
  const spans = withheld.map(({ count }) => {
    const middle = roundedTo(count);
    return { least: Math.max(FEW + 1, middle - 2), most: Math.min(middle + 2, next) };
  });
  const least = small.length - 1 + spans.reduce((total, span) => total + span.least, 0);
  const most = (small.length - 1) * FEW + spans.reduce((total, span) => total + span.most, 0);
  return sum - FEW >= least && sum - 1 <= most;
}

/**
 * Tables over the same total. When one must hide it, the others may not give it away; a row that stands in several
 * may not be worked out from another of them; and a total below 5 tells nothing of how it is made up.
 */
export function showFamily(tables: readonly (readonly Row[])[]): ShownTable[] {
  if (tables.length > 1 && isTiny(tables)) return tables.map(allFew);
  const shown = tables.map(showExact);
  const hidden = shown.some(({ total }) => total.kind === 'withheld') || withholdsShared(shown);
  if (!hidden) return shown;
  return tables.map((rows) => ({
    rows: rows.map(({ row, count }) => ({ row, shown: count > FEW ? { kind: 'withheld' } : exact(count) })),
    total: { kind: 'withheld' },
  }));
}

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, { count }) => sum + count, 0);

/** "< 5" is said of the empty rows too: which ones are empty would tell the others. */
const allFew = (rows: readonly Row[]): ShownTable => ({
  rows: rows.map(({ row }) => ({ row, shown: { kind: 'few' } })),
  total: { kind: 'few' },
});

function isTiny(tables: readonly (readonly Row[])[]): boolean {
  const most = Math.max(...tables.map(sumOf));
  return few(most);
}

/** A row of several tables ("immediate") that one of them withholds is the key to what it protects. */
function withholdsShared(tables: readonly ShownTable[]): boolean {
  const withheld = (table: ShownTable): string[] =>
    table.rows.filter(({ shown }) => shown.kind === 'withheld').map(({ row }) => row);
  return tables.some((table, index) =>
    withheld(table).some((name) =>
      tables.some((other, at) => at !== index && other.rows.some(({ row }) => row === name)),
    ),
  );
}
