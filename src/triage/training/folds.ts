import type { CorpusRow } from './corpus.js';
import { groupsOfAlike } from './near-duplicates.js';

export interface Fold {
  name: string;
  train: CorpusRow[];
  test: CorpusRow[];
}

/**
 * Whole hands are left out, in at most `count` groups: each is judged by models that have read nothing of it.
 * @param judged hands that are left out in turn; the others are always learned from
 */
export function authorFolds(
  rows: readonly CorpusRow[],
  { judged, count }: { judged: readonly string[]; count: number },
): Fold[] {
  const groups = Array.from({ length: Math.min(count, judged.length) }, (_, group) =>
    judged.filter((_, index) => index % count === group),
  );
  return groups.map((group) => ({
    name: group.join(', '),
    train: rows.filter(({ author }) => !group.includes(author)),
    test: rows.filter(({ author }) => group.includes(author)),
  }));
}

export const authorsOf = (rows: readonly CorpusRow[]): string[] =>
  [...new Set(rows.map(({ author }) => author))].sort();

/** Folds of one hand's rows: near-duplicates stay together, the groups are dealt in turn. */
export function duplicateFolds(rows: readonly CorpusRow[], count: number): Fold[] {
  const groups = groupsOfAlike(rows.map(({ text }) => text));
  const order = [...new Set(groups)];
  const foldOf = new Map(order.map((group, index) => [group, index % count]));
  const fold = groups.map((group) => foldOf.get(group) ?? 0);
  return Array.from({ length: count }, (_, number) => ({
    name: `part ${number + 1}`,
    train: rows.filter((_, index) => fold[index] !== number),
    test: rows.filter((_, index) => fold[index] === number),
  }));
}

/** Hands in at most `count` groups of about the same number of rows: for choices made inside training. */
export function authorGroups(rows: readonly CorpusRow[], count: number): number[] {
  const sizes = Array.from({ length: count }, () => 0);
  const bySize = authorsOf(rows)
    .map((author) => ({ author, size: rows.filter((row) => row.author === author).length }))
    .sort((a, b) => b.size - a.size || (a.author < b.author ? -1 : 1));
  const groupOf = new Map<string, number>();
  for (const { author, size } of bySize) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    groupOf.set(author, smallest);
    sizes[smallest] = (sizes[smallest] ?? 0) + size;
  }
  return rows.map(({ author }) => groupOf.get(author) ?? 0);
}
