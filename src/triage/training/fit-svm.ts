import { FEATURES, type Features } from '../../safety/text-features.js';

/** Rows of features one after the other. */
export interface Matrix {
  /** Where each row begins; one more at the end. */
  starts: Int32Array;
  numbers: Int32Array;
  values: Float32Array;
  /** Of each row: the sum of its squared values and of the constant that carries the bias. */
  squares: Float64Array;
}

export interface Target {
  /** 1 yes, -1 no, 0 not known: the row is left out. */
  sign: Int8Array;
  /** Rows that count, in any order. */
  rows: Int32Array;
  /** How much a mistake costs. */
  cost: number;
}

export interface Line {
  weights: Float64Array;
  bias: number;
}

const PASSES = 7;
/** A row this far on its right side, twice, is not looked at again. */
const SETTLED = 0.25;

export function matrixOf(rows: readonly Features[]): Matrix {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach(({ numbers }, index) => {
    starts[index + 1] = (starts[index] ?? 0) + numbers.length;
  });
  const size = starts[rows.length] ?? 0;
  const numbers = new Int32Array(size);
  const values = new Float32Array(size);
  rows.forEach((row, index) => {
    numbers.set(row.numbers, starts[index] ?? 0);
    values.set(row.values, starts[index] ?? 0);
  });
  const squares = Float64Array.from(rows, (row) => row.values.reduce((sum, value) => sum + value ** 2, 1));
  return { starts, numbers, values, squares };
}

/**
 * Linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008).
 * Additions and multiplications only, rows in an order drawn from a fixed seed: the same on every machine.
 * Yes rows weigh more, by the square root of how rare they are.
 */
export function fitSvm(matrix: Matrix, { sign, rows, cost }: Target): Line {
  const known = rows.filter((row) => sign[row] !== 0);
  const yes = known.filter((row) => sign[row] === 1).length;
  const balance = Math.sqrt((known.length - yes) / Math.max(1, yes));
  const descent: Descent = {
    matrix,
    sign,
    slack: { yes: 1 / (2 * cost * balance), no: 1 / (2 * cost) },
    dual: new Float64Array(sign.length),
    line: { weights: new Float64Array(FEATURES), bias: 0 },
  };
  let active = known;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const settled = new Set<number>();
    for (const row of shuffled(active, pass)) if (step(descent, row) > SETTLED) settled.add(row);
    if (pass > 0) active = active.filter((row) => !settled.has(row));
  }
  return descent.line;
}

interface Descent {
  matrix: Matrix;
  sign: Int8Array;
  slack: { yes: number; no: number };
  dual: Float64Array;
  line: Line;
}

/** @returns how far beyond its margin the row stands; 0 when it holds the line back */
function step({ matrix, sign, slack, dual, line }: Descent, row: number): number {
  const y = sign[row] ?? 0;
  const own = y > 0 ? slack.yes : slack.no;
  const alpha = dual[row] ?? 0;
  const gradient = y * scoreRow(matrix, line, row) - 1 + alpha * own;
  if (alpha === 0 && gradient >= 0) return gradient;
  const next = Math.max(0, alpha - gradient / ((matrix.squares[row] ?? 0) + own));
  dual[row] = next;
  addRow(matrix, line, { row, times: (next - alpha) * y });
  return 0;
}

export function scoreRow({ starts, numbers, values }: Matrix, { weights, bias }: Line, row: number): number {
  const end = starts[row + 1] ?? 0;
  let sum = bias;
  for (let at = starts[row] ?? 0; at < end; at += 1)
    sum += (weights[numbers[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return sum;
}

function addRow(
  { starts, numbers, values }: Matrix,
  line: Line,
  { row, times }: { row: number; times: number },
): void {
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at += 1) {
    const feature = numbers[at] ?? 0;
    line.weights[feature] = (line.weights[feature] ?? 0) + times * (values[at] ?? 0);
  }
  line.bias += times;
}

/** The same order in every run, another one in each pass. */
function shuffled(rows: Int32Array, pass: number): Int32Array {
  const list = rows.slice();
  let seed = 12_345 + pass;
  for (let index = list.length - 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * (index + 1));
    const kept = list[index] ?? 0;
    list[index] = list[other] ?? 0;
    list[other] = kept;
  }
  return list;
}
