import { dangerOf, REASON_HEADS, RISK_HEAD } from '../../safety/danger.js';
import { storeModel, type Weights } from '../../safety/linear-model.js';
import { normalise } from '../../safety/normalise.js';
import { RISK_GROUPS, type RiskReason } from '../../safety/risk.js';
import type { SafetyModel } from '../../safety/screen.js';
import { type Rarity, type ReadText, readText, weigh } from '../../safety/text-features.js';
import { ACUTE_HEAD, LEARNED_NEEDS, type TriageModel } from '../understand.js';
import { type HeldOut, safetyThresholds, triageThresholds } from './choose-thresholds.js';
import type { Corpus, CorpusRow } from './corpus.js';
import { fitSvm, type Matrix, matrixOf, scoreRow } from './fit-svm.js';
import { authorGroups, authorsOf } from './folds.js';
import { rarityOf, withConcepts } from './prepare-texts.js';
import { reasonOf } from './reason-of-family.js';

/** Groups of hands held out in turn to choose thresholds. */
const GROUPS = 4;

export interface Models {
  safety: SafetyModel;
  triage: TriageModel;
}

/** A question the model learns: who answers yes, who is left out of it. */
interface Head {
  name: string;
  sign(row: CorpusRow): -1 | 0 | 1;
  cost: number;
}

const isVital = ({ urgency }: CorpusRow): boolean => urgency === 'vital';

const RISK: Head = { name: RISK_HEAD, sign: (row) => (isVital(row) ? 1 : -1), cost: 1 };

/** Yes for vital rows of these reasons; no for calm rows; other dangers are not held against it. */
const dangerHead = (name: string, reasons: readonly RiskReason[]): Head => ({
  name,
  sign: (row) => {
    if (!isVital(row)) return -1;
    const own = reasonOf(row);
    return own !== undefined && reasons.includes(own) ? 1 : 0;
  },
  cost: 1,
});
const DANGERS: readonly Head[] = [
  RISK,
  ...Object.entries(RISK_GROUPS).map(([name, reasons]) => dangerHead(name, reasons)),
  ...REASON_HEADS.map((reason) => dangerHead(reason, [reason as RiskReason])),
];
const NEED_HEADS: readonly Head[] = LEARNED_NEEDS.map((need) => ({
  name: need,
  sign: (row) => {
    if (row.need === need || row.also.includes(need)) return 1;
    return isVital(row) ? 0 : -1;
  },
  cost: 0.5,
}));
const ACUTE: Head = {
  name: ACUTE_HEAD,
  sign: (row) => (isVital(row) ? 0 : row.urgency === 'elevee' ? 1 : -1),
  cost: 0.5,
};

interface Prepared {
  rows: readonly CorpusRow[];
  rarity: Rarity;
  matrix: Matrix;
  /** Which row of the corpus each row of the matrix is. */
  of: Int32Array;
}

export function trainModels({ rows, digest }: Corpus): Models {
  const prepared = prepare(rows);
  const groups =
    authorsOf(rows).length < GROUPS ? rows.map((_, index) => index % GROUPS) : authorGroups(rows, GROUPS);
  const everything = allRows(prepared, () => true);
  const model = (heads: readonly Head[]) =>
    storeModel({
      corpus: digest,
      rarity: prepared.rarity,
      heads: heads.map((head): Weights => ({ name: head.name, ...learn(prepared, head, everything) })),
    });
  const heldOut = (head: Head): Float64Array => heldOutScores(prepared, head, groups);
  const known: HeldOut = {
    rows,
    risk: dangers(
      DANGERS.map((head) => ({ name: head.name, scores: heldOut(head) })),
      rows.length,
    ),
    needs: new Map(NEED_HEADS.map((head) => [head.name, heldOut(head)])),
    acute: heldOut(ACUTE),
  };
  return {
    safety: { ...model(DANGERS), ...safetyThresholds(known) },
    triage: { ...model([...NEED_HEADS, ACUTE]), ...triageThresholds(known) },
  };
}

const dangers = (heads: readonly { name: string; scores: Float64Array }[], rows: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) =>
    dangerOf(heads.map(({ name, scores }) => ({ name, score: scores[row] ?? 0 }))),
  );

/** Each row with all its concepts, a half of them and none: the words must be learned too. */
function prepare(rows: readonly CorpusRow[]): Prepared {
  const texts = rows.map(({ text }) => readText(normalise(text)));
  const rarity = rarityOf(texts);
  const variants = texts.flatMap((text, row) =>
    withConcepts(text, row).map((variant: ReadText) => weigh(variant, rarity)),
  );
  const each = variants.length / Math.max(1, rows.length);
  return {
    rows,
    rarity,
    matrix: matrixOf(variants),
    of: Int32Array.from(variants, (_, index) => Math.floor(index / each)),
  };
}

const allRows = ({ of }: Prepared, kept: (row: number) => boolean): Int32Array =>
  Int32Array.from(of.keys()).filter((index) => kept(of[index] ?? 0));

function learn({ rows, matrix, of }: Prepared, head: Head, among: Int32Array) {
  const signs = rows.map((row) => head.sign(row));
  const sign = Int8Array.from(of, (row) => signs[row] ?? 0);
  return fitSvm(matrix, { sign, rows: among, cost: head.cost / (of.length / rows.length) });
}

/** Score of each row by a model that has read nothing of its hand. */
function heldOutScores(prepared: Prepared, head: Head, groups: readonly number[]): Float64Array {
  const scores = new Float64Array(prepared.rows.length);
  for (let group = 0; group < GROUPS; group += 1) {
    const line = learn(
      prepared,
      head,
      allRows(prepared, (row) => groups[row] !== group),
    );
    groups.forEach((own, row) => {
      const whole = row * (prepared.of.length / prepared.rows.length);
      if (own === group) scores[row] = scoreRow(prepared.matrix, line, whole);
    });
  }
  return scores;
}
