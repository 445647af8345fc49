import { FEATURES, type Features } from '../../safety/text-features.js';

/** Rows of features one after the other. */
export interface Matrix {
  /** Where each row begins; one more at the end. */
  starts: Int32Array;
  numbers: Int32Array;
  values: Float32Array;
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

const PASSES = 8;

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
  return { starts, numbers, values };
}

/**
 * Linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008).
 * Additions and multiplications only, rows in an order drawn from a fixed seed: the same on every machine.
 * Yes rows weigh more, by the square root of how rare they are.
 */
export function fitSvm(matrix: Matrix, { sign, rows, cost }: Target): Line {
  const weights = new Float64Array(FEATURES);
  const known = rows.filter((row) => sign[row] !== 0);
  const yes = known.filter((row) => sign[row] === 1).length;
  const balance = Math.sqrt((known.length - yes) / Math.max(1, yes));
  const dual = new Float64Array(sign.length);
  const line: Line = { weights, bias: 0 };
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const row of shuffled(known, pass)) {
      const y = sign[row] ?? 0;
      const slack = 1 / (2 * cost * (y > 0 ? balance : 1));
      const alpha = dual[row] ?? 0;
      const gradient = y * scoreRow(matrix, line, row) - 1 + alpha * slack;
      if (alpha === 0 && gradient >= 0) continue;
      const next = Math.max(0, alpha - gradient / (squareOf(matrix, row) + slack));
      dual[row] = next;
      addRow(matrix, line, { row, times: (next - alpha) * y });
    }
  return line;
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

/** Of the row and of the constant that carries the bias. */
function squareOf({ starts, values }: Matrix, row: number): number {
  const end = starts[row + 1] ?? 0;
  let sum = 1;
  for (let at = starts[row] ?? 0; at < end; at += 1) sum += (values[at] ?? 0) ** 2;
  return sum;
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
