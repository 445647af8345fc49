/** Word and letter features are counted in this many buckets. */
export const BUCKETS = 1 << 15;

/** Weights of one yes-or-no question, as stored in a model file. */
export interface StoredWeights {
  /** Signed bytes, base64, one a bucket. */
  weights: string;
  /** What one step of a byte is worth. */
  scale: number;
  bias: number;
}

export interface LinearScorer {
  /** @returns the log-odds of yes */
  score(features: Features): number;
}

/** Buckets of a text with their weight; the weights' squares add up to 1. */
export interface Features {
  buckets: Int32Array;
  values: Float32Array;
}

const MAX_WORDS = 400;
const LETTER_SIZES = [3, 4, 5];

/** How rare each bucket is in the corpus: rare features weigh more. */
export interface StoredRarity {
  /** Unsigned bytes, base64, one a bucket, 16 to the unit. */
  rarity: string;
}
export type Rarity = Uint8Array;
const RARITY_UNIT = 16;

/** Features of normalised text: words, pairs of words, and runs of 3 to 5 letters inside a word. */
export function featuresOf(normalised: string, rarity: Rarity): Features {
  const counts = countsOf(normalised);
  const buckets = Int32Array.from(counts.keys());
  const values = Float32Array.from(
    counts,
    ([bucket, count]) => (1 + Math.log(count)) * (rarity[bucket] ?? 0),
  );
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  for (let index = 0; index < values.length; index += 1) values[index] = (values[index] ?? 0) / norm;
  return { buckets, values };
}

/** How often each bucket occurs in a text. */
export function countsOf(normalised: string): Map<number, number> {
  const counts = new Map<number, number>();
  const add = (feature: string): void => {
    const bucket = hash(feature) & (BUCKETS - 1);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  };
  const words = normalised.split(' ', MAX_WORDS);
  words.forEach((word, index) => {
    add(`w ${word}`);
    const before = words[index - 1];
    if (before !== undefined) add(`p ${before} ${word}`);
    addLetters(word, add);
  });
  return counts;
}

function addLetters(word: string, add: (feature: string) => void): void {
  const padded = ` ${word.slice(0, 20)} `;
  for (const size of LETTER_SIZES)
    for (let start = 0; start + size <= padded.length; start += 1)
      add(`c ${padded.slice(start, start + size)}`);
}

/** Smoothed inverse document frequency of each bucket over a corpus. */
export function rarityOf(texts: readonly string[]): Rarity {
  const documents = new Float64Array(BUCKETS);
  for (const text of texts)
    for (const bucket of countsOf(text).keys()) documents[bucket] = (documents[bucket] ?? 0) + 1;
  return Uint8Array.from(documents, (count) =>
    Math.round(RARITY_UNIT * (Math.log((1 + texts.length) / (1 + count)) + 1)),
  );
}

export const storeRarity = (rarity: Rarity): string => Buffer.from(rarity).toString('base64');

/** @throws Error when it is not of this size */
export function openRarity({ rarity }: StoredRarity): Rarity {
  const bytes = Buffer.from(rarity, 'base64');
  if (bytes.length !== BUCKETS) throw new Error('the rarities of a model are damaged');
  return bytes;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

/** @throws Error when the weights are not of this size */
export function openScorer(stored: StoredWeights): LinearScorer {
  const bytes = Buffer.from(stored.weights, 'base64');
  if (bytes.length !== BUCKETS || !Number.isFinite(stored.scale) || !Number.isFinite(stored.bias))
    throw new Error('the weights of a model are damaged');
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    score({ buckets, values }) {
      let sum = 0;
      for (let index = 0; index < buckets.length; index += 1)
        sum += (weights[buckets[index] ?? 0] ?? 0) * (values[index] ?? 0);
      return sum * stored.scale + stored.bias;
    },
  };
}
