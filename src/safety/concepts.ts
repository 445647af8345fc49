/**
 * Groups of words that speak of the same thing, so that what one hand taught about "loyer" serves for
 * "propriétaire" too (concept-words.ts).
 */
export interface Concepts {
  names: readonly string[];
  /** Numbers of the concepts that end at each word, in order; one word may be of several. */
  in(words: readonly string[]): number[][];
}

/** Words of the longest expression. */
const LONGEST = 7;
/** Letters of a word that may stand before any ending. */
const SHORTEST_START = 3;
const LONGEST_START = 12;

type Index = Map<string, number[]>;

export function createConcepts(lexicon: Readonly<Record<string, string>>): Concepts {
  const names = Object.keys(lexicon);
  const exact: Index = new Map();
  const starts: Index = new Map();
  names.forEach((name, number) => {
    for (const entry of (lexicon[name] ?? '').split(' ')) {
      const words = entry.replaceAll('_', ' ');
      const [index, key] = words.endsWith('*') ? [starts, words.slice(0, -1)] : [exact, words];
      index.set(key, [...(index.get(key) ?? []), number]);
    }
  });
  const firstWords = new Set([...exact.keys(), ...starts.keys()].map((key) => key.split(' ', 1)[0] ?? ''));
  return {
    names,
    in: (words) => words.map((_, end) => conceptsAt({ exact, starts, firstWords, words, end })),
  };
}

interface Place {
  exact: Index;
  starts: Index;
  /** First word of each expression: nothing else is looked up. */
  firstWords: ReadonlySet<string>;
  words: readonly string[];
  end: number;
}

function conceptsAt(place: Place): number[] {
  const { exact, starts, words, end } = place;
  const last = words[end] ?? '';
  const found = new Set<number>(exact.get(last));
  for (let length = SHORTEST_START; length <= Math.min(last.length, LONGEST_START); length += 1)
    for (const number of starts.get(last.slice(0, length)) ?? []) found.add(number);
  for (const number of expressionsAt(place)) found.add(number);
  return [...found];
}

/** Concepts of the expressions of two words or more that end here. */
function expressionsAt({ exact, starts, firstWords, words, end }: Place): number[] {
  const found: number[] = [];
  let expression = words[end] ?? '';
  for (let start = end - 1; start >= Math.max(0, end - LONGEST + 1); start -= 1) {
    const word = words[start] ?? '';
    expression = `${word} ${expression}`;
    if (!firstWords.has(word)) continue;
    found.push(...(exact.get(expression) ?? []));
    for (let cut = 0; cut <= SHORTEST_START; cut += 1)
      found.push(...(starts.get(expression.slice(0, expression.length - cut)) ?? []));
  }
  return found;
}
