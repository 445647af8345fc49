import { CONCEPT_WORDS } from './concept-words.js';
import { createConcepts } from './concepts.js';
import { inFrench } from './english.js';

/** Words and pairs of words, runs of letters, and concepts are three blocks of numbered features. */
const WORD_BUCKETS = 1 << 16;
const LETTER_BUCKETS = 1 << 15;
const MOST_CONCEPTS = 512;
export const FEATURES = WORD_BUCKETS + LETTER_BUCKETS + MOST_CONCEPTS;

/** How much each block weighs in a text, whatever its length. */
const BLOCK_WEIGHTS = [1, 0.7, 0.8] as const;
const LETTER_SIZES = [3, 4, 5];
const LONGEST_WORD = 20;

/** Features of one text, each once. */
export interface Features {
  numbers: Int32Array;
  values: Float32Array;
}

/** Features of each word of a text, so that any run of words can be weighed without reading it again. */
export interface ReadText {
  words: readonly string[];
  /** Features that end at each word. */
  at: readonly Int32Array[];
}

/** How rare each feature is in the corpus, 16 to the unit; 0: not looked at. */
export type Rarity = Uint8Array;

const concepts = createConcepts(CONCEPT_WORDS);
const CONCEPTS = concepts.names.length;
/** Each concept as it is, denied, and said of somebody else. */
export const CONCEPT_COUNT = concepts.names.length * 3;
/** First number of the concepts' block. */
export const CONCEPTS_FROM = WORD_BUCKETS + LETTER_BUCKETS;

/** @param normalised see `normalise` */
export function readText(normalised: string): ReadText {
  const words = inFrench(normalised === '' ? [] : normalised.split(' '));
  const stems = words.map(stem);
  const meant = concepts.in(words);
  const at = words.map((word, index) => {
    const found: number[] = [];
    const own = stems[index] ?? '';
    const before = stems[index - 1];
    found.push(wordBucket(own));
    if (before !== undefined) found.push(wordBucket(`${before} ${own}`));
    addLetters(word, found);
    addConcepts({ words, index, meant: meant[index] ?? [] }, found);
    return Int32Array.from(found);
  });
  return { words, at };
}

const wordBucket = (feature: string): number => hash(feature) & (WORD_BUCKETS - 1);

const DENIALS = new Set(['pas', 'jamais', 'aucun', 'aucune', 'rien', 'ni', 'sans', 'loin', 'nullement']);
const ONESELF = new Set(['je', 'j', 'me', 'm', 'moi']);
const OTHERS = new Set(['il', 'elle', 'lui', 'ils', 'elles', 'se', 's', 'son', 'sa', 'leur', 'on']);
const REACH = 5;

/** A concept counts for itself, and apart when it is denied, or said of somebody else, just before. */
function addConcepts(
  { words, index, meant }: { words: readonly string[]; index: number; meant: readonly number[] },
  found: number[],
): void {
  if (meant.length === 0) return;
  const before = words.slice(Math.max(0, index - REACH), index + 1);
  const denied = before.some((word) => DENIALS.has(word));
  const last = before.findLast((word) => ONESELF.has(word) || OTHERS.has(word));
  const other = last !== undefined && OTHERS.has(last);
  for (const concept of meant) {
    found.push(CONCEPTS_FROM + concept);
    if (denied) found.push(CONCEPTS_FROM + CONCEPTS + concept);
    if (other) found.push(CONCEPTS_FROM + 2 * CONCEPTS + concept);
  }
}

function addLetters(word: string, found: number[]): void {
  const padded = ` ${word.slice(0, LONGEST_WORD)} `;
  for (const size of LETTER_SIZES)
    for (let start = 0; start + size <= padded.length; start += 1)
      found.push(WORD_BUCKETS + (hash(padded, start, start + size) & (LETTER_BUCKETS - 1)));
}

/** French endings off: number, gender and the commonest of the verb (Savoy's minimal stemmer, and verbs). */
export function stem(word: string): string {
  if (word.length < 5) return word;
  if (word.endsWith('aux')) return `${word.slice(0, -2)}l`;
  const singular = /[sx]$/.test(word) ? word.slice(0, -1) : word;
  const root = singular.replace(/(?:ee|er|ez|e)$/, '');
  return root.length > 4 && root.at(-1) === root.at(-2) ? root.slice(0, -1) : root;
}

/** Counts of the features of a run of words; filled anew by each count. */
const counts = new Uint16Array(FEATURES);

/** Features of the words from `start` up to `end`, each block of length 1 before its weight. */
export function weigh(text: ReadText, rarity: Rarity, { start, end } = wholeOf(text)): Features {
  const numbers = countRun(text, { start, end });
  const values = new Float32Array(numbers.length);
  const squares = [0, 0, 0];
  for (let index = 0; index < numbers.length; index += 1) {
    const feature = numbers[index] ?? 0;
    const count = counts[feature] ?? 0;
    counts[feature] = 0;
    const value = (1 + (count === 1 ? 0 : Math.log(count))) * (rarity[feature] ?? 0);
    values[index] = value;
    const block = blockOf(feature);
    squares[block] = (squares[block] ?? 0) + value * value;
  }
  const present = squares.reduce((sum, square, block) => sum + (square > 0 ? weightOf(block) ** 2 : 0), 0);
  const scale = squares.map((square, block) =>
    square > 0 ? weightOf(block) / Math.sqrt(square * present) : 0,
  );
  for (let index = 0; index < numbers.length; index += 1)
    values[index] = (values[index] ?? 0) * (scale[blockOf(numbers[index] ?? 0)] ?? 0);
  return { numbers, values };
}

const wholeOf = ({ words }: ReadText): { start: number; end: number } => ({ start: 0, end: words.length });

function countRun({ at }: ReadText, { start, end }: { start: number; end: number }): Int32Array {
  const found: number[] = [];
  for (let index = start; index < end; index += 1)
    for (const feature of at[index] ?? []) {
      const count = counts[feature] ?? 0;
      if (count === 0) found.push(feature);
      counts[feature] = count + 1;
    }
  return Int32Array.from(found);
}

const blockOf = (feature: number): number => (feature < WORD_BUCKETS ? 0 : feature < CONCEPTS_FROM ? 1 : 2);
const weightOf = (block: number): number => BLOCK_WEIGHTS[block] ?? 0;

/** FNV-1a over 32 bits, stirred at the end so that its low bits are well spread. */
function hash(text: string, start = 0, end = text.length): number {
  let value = 0x811c9dc5;
  for (let index = start; index < end; index += 1) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
