import { ACUTE_HEAD, dangerOf, REASON_HEADS, RISK_HEAD, SAFETY_HEADS, signsOf } from '../../safety/danger.js';
import { storeModel, type Weights } from '../../safety/linear-model.js';
import { normalise } from '../../safety/normalise.js';
import { RISK_GROUPS, type RiskReason } from '../../safety/risk.js';
import type { SafetyModel } from '../../safety/screen.js';
import { type Rarity, type ReadText, readText, weigh } from '../../safety/text-features.js';
import { LEARNED_NEEDS, type TriageModel } from '../understand.js';
import { type HeldOut, safetyThresholds, triageThresholds, weighed } from './choose-thresholds.js';
import type { Corpus, CorpusRow } from './corpus.js';
import { fitJudgement } from './fit-judgement.js';
import { fitSvm, type Line, type Matrix, matrixOf, scoreRow } from './fit-svm.js';
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
const NEEDS: readonly Head[] = LEARNED_NEEDS.map((need) => ({
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

const HEADS: readonly Head[] = [...DANGERS, ...NEEDS, ACUTE];

interface Prepared {
  rows: readonly CorpusRow[];
  /** How many words each row has. */
  words: readonly number[];
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
  const lines = new Map(HEADS.map((head) => [head.name, learn(prepared, head, everything)]));
  const model = (names: readonly string[]) =>
    storeModel({
      corpus: digest,
      rarity: prepared.rarity,
      heads: names.map((name): Weights => ({ name, ...(lines.get(name) as Line) })),
    });
  const scores = new Map(HEADS.map((head) => [head.name, heldOutScores(prepared, head, groups)]));
  const signs = rows.map((_, row) =>
    signsOf(
      SAFETY_HEADS.map((name) => scores.get(name)?.[row] ?? 0),
      prepared.words[row] ?? 0,
    ),
  );
  const judgement = fitJudgement(
    weighed(rows, () => true).map(({ row, weight }) => ({
      signs: signs[row] ?? [],
      danger: isVital(rows[row] as CorpusRow),
      weight,
    })),
  );
  const known: HeldOut = {
    rows,
    danger: Float64Array.from(signs, (own) => dangerOf(judgement, own)),
    needs: new Map(LEARNED_NEEDS.map((need) => [need, scores.get(need) as Float64Array])),
    acute: scores.get(ACUTE_HEAD) as Float64Array,
  };
  return {
    safety: { ...model(SAFETY_HEADS), judgement, ...safetyThresholds(known) },
    triage: { ...model([...LEARNED_NEEDS, ACUTE_HEAD]), ...triageThresholds(known) },
  };
}

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
    words: texts.map(({ words }) => words.length),
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
