import { normalise } from '../../safety/normalise.js';

/** Letters of a gram. */
const GRAM = 5;
/** Shared grams over all grams (Jaccard) from which two texts are the same sentence in other clothes. */
export const TOO_ALIKE = 0.5;
/** Shorter texts share their grams by chance; they are compared whole. */
const FEW_GRAMS = 12;
/** Grams of a text by which it meets others. */
const RAREST = 32;

export interface AlikePair {
  first: number;
  second: number;
  likeness: number;
}

/**
 * Pairs of texts that are nearly the same, by their runs of five letters. Texts this alike share two thirds of
 * their grams: one of the rarest too, so each text meets only those few that have one of its rarest grams.
 * @returns pairs in order, `first` < `second`
 */
export function nearDuplicates(texts: readonly string[], threshold = TOO_ALIKE): AlikePair[] {
  const grams = rarestFirst(texts.map(gramsOf));
  const seenBy = new Map<number, number[]>();
  return grams.flatMap((own, second) =>
    meet(seenBy, own.slice(0, RAREST), second)
      .map((first) => ({ first, second, likeness: jaccard(grams[first] ?? [], own) }))
      .filter(({ likeness }) => likeness >= threshold),
  );
}

/** Earlier texts that have one of these grams; the text is then among those of each. */
function meet(seenBy: Map<number, number[]>, rarest: readonly number[], second: number): number[] {
  const met = new Set<number>();
  for (const gram of rarest) {
    const others = seenBy.get(gram);
    if (others === undefined) {
      seenBy.set(gram, [second]);
      continue;
    }
    for (const first of others) met.add(first);
    others.push(second);
  }
  return [...met].sort((a, b) => a - b);
}

/** Number of the group of each text: texts joined by a chain of near-duplicates are one group. */
export function groupsOfAlike(texts: readonly string[], threshold = TOO_ALIKE): number[] {
  const parent = texts.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at && parent[at] !== undefined) at = parent[at] ?? at;
    return at;
  };
  for (const { first, second } of nearDuplicates(texts, threshold)) parent[root(second)] = root(first);
  return texts.map((_, index) => root(index));
}

function gramsOf(text: string): Set<string> {
  const said = normalise(text);
  if (said.length < GRAM + FEW_GRAMS) return new Set([said]);
  return new Set(Array.from({ length: said.length - GRAM + 1 }, (_, at) => said.slice(at, at + GRAM)));
}

/** Grams as numbers, the rarest being the smallest, each text's in rising order. */
function rarestFirst(texts: readonly Set<string>[]): number[][] {
  const counts = new Map<string, number>();
  for (const grams of texts) for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const ranked = [...counts].sort(([a, many], [b, more]) => many - more || (a < b ? -1 : 1));
  const rank = new Map(ranked.map(([gram], index) => [gram, index]));
  return texts.map((grams) => [...grams].map((gram) => rank.get(gram) ?? 0).sort((a, b) => a - b));
}

/** Of two rising lists. */
function jaccard(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  let at = 0;
  for (const gram of a) {
    while (at < b.length && (b[at] ?? 0) < gram) at += 1;
    if (b[at] === gram) shared += 1;
  }
  return shared / (a.length + b.length - shared);
}
