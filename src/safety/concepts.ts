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
/** Which lengths are worth a look-up after a beginning: bit 1 << length. */
type Lengths = Map<string, number>;

interface Lexicon {
  exact: Index;
  starts: Index;
  /** By the first letters of a word: letters of the starts that begin so. */
  startLengths: Lengths;
  /** By the first word of an expression: its words. */
  expressionLengths: Lengths;
}

export function createConcepts(lexicon: Readonly<Record<string, string>>): Concepts {
  const names = Object.keys(lexicon);
  const known = indexed(names.map((name) => lexicon[name] ?? ''));
  return { names, in: (words) => words.map((_, end) => conceptsAt(known, words, end)) };
}

function indexed(entriesOfEach: readonly string[]): Lexicon {
  const exact: Index = new Map();
  const starts: Index = new Map();
  entriesOfEach.forEach((entries, number) => {
    for (const entry of entries.split(' ')) {
      const words = entry.replaceAll('_', ' ');
      const [index, key] = words.endsWith('*') ? [starts, words.slice(0, -1)] : [exact, words];
      index.set(key, [...(index.get(key) ?? []), number]);
    }
  });
  const startLengths: Lengths = new Map();
  const expressionLengths: Lengths = new Map();
  for (const key of starts.keys()) addLength(startLengths, key.slice(0, SHORTEST_START), key.length);
  for (const key of [...exact.keys(), ...starts.keys()]) {
    const words = key.split(' ');
    const [first = ''] = words;
    addLength(expressionLengths, first, words.length);
    // The letters that a start leaves out may be a short word of their own, and the end of the word before it.
    if (starts.has(key)) addLength(expressionLengths, first, words.length + 1);
    if (starts.has(first.slice(0, -1))) addLength(expressionLengths, first, 2);
  }
  return { exact, starts, startLengths, expressionLengths };
}

const addLength = (lengths: Lengths, key: string, length: number): void => {
  lengths.set(key, (lengths.get(key) ?? 0) | (1 << length));
};

const hasLength = (lengths: Lengths, key: string, length: number): boolean =>
  ((lengths.get(key) ?? 0) & (1 << length)) !== 0;

const NONE: number[] = [];

function conceptsAt(known: Lexicon, words: readonly string[], end: number): number[] {
  const { exact, starts, startLengths } = known;
  const last = words[end] ?? '';
  const found = new Set<number>(exact.get(last));
  const beginning = last.slice(0, SHORTEST_START);
  for (let length = SHORTEST_START; length <= Math.min(last.length, LONGEST_START); length += 1)
    if (hasLength(startLengths, beginning, length))
      for (const number of starts.get(last.slice(0, length)) ?? NONE) found.add(number);
  for (let start = end - 1; start >= Math.max(0, end - LONGEST + 1); start -= 1)
    if (hasLength(known.expressionLengths, words[start] ?? '', end - start + 1))
      addExpression(known, words.slice(start, end + 1).join(' '), found);
  return found.size === 0 ? NONE : [...found];
}

/** Concepts of an expression of two words or more. */
function addExpression({ exact, starts }: Lexicon, expression: string, found: Set<number>): void {
  for (const number of exact.get(expression) ?? NONE) found.add(number);
  for (let cut = 0; cut <= SHORTEST_START; cut += 1)
    for (const number of starts.get(expression.slice(0, expression.length - cut)) ?? NONE) found.add(number);
}
