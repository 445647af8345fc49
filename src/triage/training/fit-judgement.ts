import type { Judgement } from '../../safety/danger.js';

/** Signs of one text, whether it is a danger, and how much it counts. */
export interface Example {
  signs: readonly number[];
  danger: boolean;
  weight: number;
}

const STEPS = 12;
/** Per unit of weight: keeps signs that say the same from pulling against each other. */
const RIDGE = 0.003;

/** Logistic regression by Newton's method, weights kept small by a ridge; the bias is free. */
export function fitJudgement(examples: readonly Example[]): Judgement {
  const size = (examples[0]?.signs.length ?? 0) + 1;
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const spread = spreads(examples, size - 1, total);
  const rows = examples.map(({ signs, ...rest }) => ({
    ...rest,
    signs: [...signs.map((sign, index) => sign / (spread[index] ?? 1)), 1],
  }));
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight, index) => (index < size - 1 ? RIDGE * total * weight : 0));
    const curve = gradient.map((_, row) =>
      gradient.map((_, column) =>
        row === column && row < size - 1 ? RIDGE * total : row === column ? 1e-9 : 0,
      ),
    );
    for (const row of rows) addExample({ gradient, curve, weights }, row);
    const move = solve(curve, gradient);
    weights = weights.map((weight, index) => weight - (move[index] ?? 0));
  }
  return {
    weights: weights.slice(0, -1).map((weight, index) => rounded(weight / (spread[index] ?? 1))),
    bias: rounded(weights.at(-1) ?? 0),
  };
}

const rounded = (value: number): number => Number(value.toFixed(4));

/** Root mean square of each sign about its mean. */
function spreads(examples: readonly Example[], signs: number, total: number): number[] {
  return Array.from({ length: signs }, (_, index) => {
    const mean = examples.reduce((sum, row) => sum + row.weight * (row.signs[index] ?? 0), 0) / total;
    const square = examples.reduce((sum, row) => sum + row.weight * ((row.signs[index] ?? 0) - mean) ** 2, 0);
    return Math.sqrt(square / total) || 1;
  });
}

interface Newton {
  gradient: number[];
  curve: number[][];
  weights: readonly number[];
}

function addExample({ gradient, curve, weights }: Newton, { signs, danger, weight }: Example): void {
  const score = signs.reduce((sum, sign, index) => sum + sign * (weights[index] ?? 0), 0);
  const chance = 1 / (1 + Math.exp(-score));
  const fault = weight * (chance - (danger ? 1 : 0));
  const bend = weight * chance * (1 - chance);
  signs.forEach((sign, row) => {
    gradient[row] = (gradient[row] ?? 0) + fault * sign;
    const line = curve[row] ?? [];
    signs.forEach((other, column) => {
      line[column] = (line[column] ?? 0) + bend * sign * other;
    });
  });
}

/** Gauss's elimination with the largest pivot first. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const rest = rows.slice(column);
    const pivot = rest.reduce((a, b) => (Math.abs(b[column] ?? 0) > Math.abs(a[column] ?? 0) ? b : a));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    const head = pivot[column] || 1e-12;
    for (const row of rows) {
      if (row === pivot) continue;
      const times = (row[column] ?? 0) / head;
      for (let at = column; at <= size; at += 1) row[at] = (row[at] ?? 0) - times * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] || 1e-12));
}
