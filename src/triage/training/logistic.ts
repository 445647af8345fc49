import { BUCKETS, type Features, type StoredWeights } from '../../safety/linear-model.js';

export interface Example {
  features: Features;
  yes: boolean;
}

const PASSES = 30;
const RATE = 0.9;
const DECAY = 2e-3;

export interface Weights {
  weights: Float64Array;
  bias: number;
}

/** Logistic regression by stochastic gradient descent; rare answers weigh as much as frequent ones. */
export function fitWeights(examples: readonly Example[]): Weights {
  const model: Weights = { weights: new Float64Array(BUCKETS), bias: 0 };
  const positives = examples.filter(({ yes }) => yes).length || 1;
  const balance = Math.sqrt((examples.length - positives) / positives);
  for (let pass = 0; pass < PASSES; pass += 1) {
    const rate = RATE / (1 + pass / 6);
    for (const index of order(examples.length, pass)) {
      const example = examples[index];
      if (example !== undefined) learn(model, example, rate * (example.yes ? balance : 1));
    }
    model.weights.forEach((weight, bucket) => {
      model.weights[bucket] = weight * (1 - DECAY);
    });
  }
  return model;
}

export function score({ weights, bias }: Weights, { buckets, values }: Features): number {
  let sum = bias;
  for (let index = 0; index < buckets.length; index += 1)
    sum += (weights[buckets[index] ?? 0] ?? 0) * (values[index] ?? 0);
  return sum;
}

function learn(model: Weights, { features, yes }: Example, rate: number): void {
  const step = rate * ((yes ? 1 : 0) - 1 / (1 + Math.exp(-score(model, features))));
  const { buckets, values } = features;
  for (let index = 0; index < buckets.length; index += 1) {
    const bucket = buckets[index] ?? 0;
    model.weights[bucket] = (model.weights[bucket] ?? 0) + step * (values[index] ?? 0);
  }
  model.bias += step * 0.1;
}

/** The same order in every run, another one in each pass. */
function order(length: number, pass: number): number[] {
  const list = Array.from({ length }, (_, index) => index);
  let seed = 12_345 + pass;
  for (let index = length - 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    const other = seed % (index + 1);
    const kept = list[index] ?? 0;
    list[index] = list[other] ?? 0;
    list[other] = kept;
  }
  return list;
}

export function store({ weights, bias }: Weights): StoredWeights {
  const largest = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 1e-9);
  const scale = largest / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  return {
    weights: Buffer.from(bytes.buffer).toString('base64'),
    scale: Number(scale.toPrecision(8)),
    bias: Number(bias.toPrecision(8)),
  };
}
