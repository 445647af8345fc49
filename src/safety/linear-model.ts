import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { FEATURES, type Features, type Rarity } from './text-features.js';

/** Yes-or-no questions about a text, as `npm run train` stores them. */
export interface StoredModel {
  /** SHA-256 of the corpus it comes from. */
  corpus: string;
  heads: readonly StoredHead[];
  /** Rarity of each feature: bytes, deflated, base64. */
  rarity: string;
  /** Weights of each head, one head after the other: signed bytes, deflated, base64. */
  weights: string;
  /** SHA-256 of what the two hold, so that a damaged file is noticed. */
  digest: string;
}

export interface StoredHead {
  name: string;
  /** What one step of a byte is worth. */
  scale: number;
  bias: number;
}

export interface Weights {
  name: string;
  weights: Float64Array;
  bias: number;
}

export interface LinearModel {
  rarity: Rarity;
  heads: readonly string[];
  /** One score a head, in their order; above 0 is yes. */
  scores(features: Features): Float64Array;
}

const LARGEST_BYTE = 127;

/** Small enough for a repository: a byte a weight. */
export function storeModel({
  corpus,
  rarity,
  heads,
}: {
  corpus: string;
  rarity: Rarity;
  heads: readonly Weights[];
}): StoredModel {
  const bytes = new Int8Array(FEATURES * heads.length);
  const stored = heads.map(({ name, weights, bias }, head): StoredHead => {
    const largest = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-9);
    const scale = Number((largest / LARGEST_BYTE).toPrecision(8));
    weights.forEach((weight, feature) => {
      bytes[head * FEATURES + feature] = Math.round(weight / scale);
    });
    return { name, scale, bias: Number(bias.toPrecision(8)) };
  });
  const raw = Buffer.from(bytes.buffer);
  return {
    corpus,
    heads: stored,
    digest: digestOf(rarity, raw),
    rarity: deflateSync(rarity).toString('base64'),
    weights: deflateSync(raw).toString('base64'),
  };
}

const digestOf = (...parts: Uint8Array[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** @throws Error when it is damaged */
export function openModel(stored: StoredModel): LinearModel {
  const { heads } = stored;
  const rarity = new Uint8Array(inflate(stored.rarity, FEATURES));
  const bytes = inflate(stored.weights, FEATURES * heads.length);
  if (digestOf(rarity, bytes) !== stored.digest) throw new Error('a model file is damaged');
  const weights = byFeature(new Int8Array(bytes), heads.length);
  return {
    rarity,
    heads: heads.map(({ name }) => name),
    scores({ numbers, values }) {
      const sums = new Float64Array(heads.length);
      for (let index = 0; index < numbers.length; index += 1) {
        const from = (numbers[index] ?? 0) * heads.length;
        const value = values[index] ?? 0;
        for (let head = 0; head < heads.length; head += 1)
          sums[head] = (sums[head] ?? 0) + (weights[from + head] ?? 0) * value;
      }
      return sums.map((sum, head) => sum * (heads[head]?.scale ?? 0) + (heads[head]?.bias ?? 0));
    },
  };
}

function inflate(text: string, length: number): Buffer {
  return inflateSync(Buffer.from(text, 'base64'), { maxOutputLength: length });
}

/** The weights of one feature side by side: one look-up a feature, whatever the number of heads. */
function byFeature(bytes: Int8Array, heads: number): Int8Array {
  const weights = new Int8Array(bytes.length);
  for (let head = 0; head < heads; head += 1)
    for (let feature = 0; feature < FEATURES; feature += 1)
      weights[feature * heads + head] = bytes[head * FEATURES + feature] ?? 0;
  return weights;
}
