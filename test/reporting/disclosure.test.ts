import { describe, expect, it } from 'vitest';
import { FEW, type Shown, showExact, showFamily, showRounded } from '../../src/reporting/disclosure.js';

const table = (...counts: number[]) => counts.map((count, index) => ({ row: `row-${index}`, count }));
const said = (shown: Shown): string => (shown.kind === 'count' ? String(shown.count) : shown.kind);
const published = (counts: readonly number[]): string => {
  const { rows, total } = showExact(table(...counts));
  return [...rows.map(({ shown }) => said(shown)), said(total)].join(' ');
};
const isSmall = (count: number): boolean => count >= 1 && count <= FEW;

/** Every vector of `length` counts that adds up to `most` or less. */
function everyTable(length: number, most: number): number[][] {
  if (length === 0) return [[]];
  return Array.from({ length: most + 1 }, (_, count) => count).flatMap((count) =>
    everyTable(length - 1, most - count).map((rest) => [count, ...rest]),
  );
}

const MOST = 32;
/** Two tables at once have many more worlds. */
const MOST_TOGETHER = 26;
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** Cells of a page that can only have been one small count, over all the tables that give this page. */
function recovered(
  tables: readonly (readonly number[])[],
  pageOf: (counts: readonly number[]) => string,
  most = MOST,
) {
  const worlds = new Map<string, (readonly number[])[]>();
  for (const counts of tables) {
    const page = pageOf(counts);
    worlds.set(page, [...(worlds.get(page) ?? []), counts]);
  }
  // Near the edge of what was tried, a page with a hidden total has worlds that were not.
  const whole = [...worlds].filter(([, known]) => known.every((counts) => sumOf(counts) <= most - 8));
  expect(whole.length).toBeGreaterThan(20);
  return whole.filter(([, known]) =>
    (known[0] ?? []).some((count, cell) => isSmall(count) && known.every((counts) => counts[cell] === count)),
  );
}

describe('the rule of "< 5"', () => {
  it('hides 1 to 4 and shows 0 and 5', () => {
    expect(published([0, 5, 9])).toBe('0 5 9 14');
    expect(published([1, 4, 40])).not.toMatch(/\b[1-4]\b/);
  });

  it('hides a second cell, so that the total does not give the first away', () => {
    const { rows, total } = showExact(table(3, 10, 300, 400));
    expect(rows.map(({ shown }) => said(shown))).toEqual(['few', 'withheld', '300', '400']);
    expect(said(total)).toBe('713');
  });

  it('gives no small count away to a reader who knows this very rule and tries every table', () => {
    expect(recovered(everyTable(4, MOST), published)).toEqual([]);
  });
});

describe('reports of neighbouring periods', () => {
  it('give no month of a row away: rounded each month, exact at the end of the year', () => {
    const page = (story: readonly number[]): string => {
      const until = story.map((_, month) => sumOf(story.slice(0, month + 1)));
      const provisional = until.slice(0, -1).map((sum) => said(showRounded(table(sum)).total));
      return [...provisional, published([until.at(-1) ?? 0])].join(' ');
    };
    expect(recovered(everyTable(4, MOST), page)).toEqual([]);
  });

  it('give no withheld count of the year away: the last rounded report beside the exact one', () => {
    const page = (counts: readonly number[]): string =>
      [...showRounded(table(...counts)).rows.map(({ shown }) => said(shown)), published(counts)].join(' ');
    expect(recovered(everyTable(4, MOST), page)).toEqual([]);
  });
});

const family = (...tables: (readonly (readonly [string, number])[])[]): string =>
  showFamily(tables.map((rows) => rows.map(([row, count]) => ({ row, count }))))
    .map(({ rows, total }) => [...rows.map(({ shown }) => said(shown)), said(total)].join(' '))
    .join(' | ');

describe('tables beside each other', () => {
  it('hide their total in all of them, or in none', () => {
    expect(
      family(
        [
          ['a', 1],
          ['b', 5],
        ],
        [
          ['c', 6],
          ['d', 0],
        ],
      ),
    ).toBe('few withheld withheld | withheld 0 withheld');
    expect(
      family(
        [
          ['a', 1],
          ['b', 1],
        ],
        [
          ['c', 2],
          ['d', 0],
        ],
      ),
    ).toBe('few few few | few few few');
  });

  it('give no cell away to a reader who knows that their totals are the same', () => {
    const worlds = everyTable(2, MOST_TOGETHER).flatMap(([a = 0, b = 0]) =>
      everyTable(2, a + b)
        .filter((other) => sumOf(other) === a + b)
        .map((other) => [a, b, ...other]),
    );
    const page = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): string =>
      family(
        [
          ['a', a],
          ['b', b],
        ],
        [
          ['c', c],
          ['d', d],
        ],
      );
    expect(recovered(worlds, page, 2 * MOST_TOGETHER)).toEqual([]);
  });

  it('give no cell away by a row that stands in both', () => {
    const worlds = everyTable(3, MOST_TOGETHER).flatMap(([eae = 0, section = 0, immediate = 0]) =>
      everyTable(2, eae + section)
        .filter((ranks) => sumOf(ranks) === eae + section)
        .map((ranks) => [eae, section, immediate, ...ranks]),
    );
    const page = ([eae = 0, section = 0, immediate = 0, first = 0, second = 0]: readonly number[]): string =>
      family(
        [
          ['eae', eae],
          ['section', section],
          ['immediate', immediate],
        ],
        [
          ['1', first],
          ['2', second],
          ['immediate', immediate],
        ],
      );
    expect(recovered(worlds, page, 2 * MOST_TOGETHER)).toEqual([]);
  });

  it('gave one away before: what one table withheld stood in the other', () => {
    const tables = family(
      [
        ['eae', 2],
        ['section', 300],
        ['immediate', 20],
      ],
      [
        ['1', 200],
        ['2', 102],
        ['immediate', 20],
      ],
    );
    expect(tables).not.toContain('20');
    expect(tables).not.toContain('322');
  });
});
