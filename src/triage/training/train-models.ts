import { type Features, featuresOf, rarityOf, storeRarity } from '../../safety/linear-model.js';
import { normalise, PIECE_LENGTH } from '../../safety/normalise.js';
import type { SafetyModel } from '../../safety/screen.js';
import { NEEDS, type Need } from '../need.js';
import type { TriageModel } from '../understand.js';
import type { Corpus, CorpusRow } from './corpus.js';
import { fitWeights, score, store } from './logistic.js';

/** What the thresholds are chosen for, on rows held out (docs/triage.md). */
const FALSE_ALARMS = 0.05;
const TOUCHED = 0.2;
const FOLDS = 5;
const TEMPERATURE = 1;

export interface Models {
  safety: SafetyModel;
  triage: TriageModel;
}

interface Row extends CorpusRow {
  features: Features;
}

export function trainModels({ rows, digest }: Corpus): Models {
  const texts = rows.map(({ text }) => normalise(text.slice(0, PIECE_LENGTH)));
  const rarity = rarityOf(texts);
  const prepared = rows.map((row, index) => ({ ...row, features: featuresOf(texts[index] ?? '', rarity) }));
  const stored = { corpus: digest, rarity: storeRarity(rarity) };
  const { alertAbove, askAbove } = thresholds(heldOutScores(prepared));
  const entries = NEEDS.map((need) => [need, store(fitWeights(examplesOf(prepared, need)))] as const);
  return {
    safety: { ...stored, risk: store(fitWeights(riskExamples(prepared))), alertAbove, askAbove },
    triage: {
      ...stored,
      needs: Object.fromEntries(entries) as TriageModel['needs'],
      temperature: TEMPERATURE,
    },
  };
}

const riskExamples = (rows: readonly Row[]) =>
  rows.map(({ features, urgency }) => ({ features, yes: urgency === 'vital' }));

const examplesOf = (rows: readonly Row[], need: Need) =>
  rows.map((row) => ({ features: row.features, yes: row.need === need || row.also.includes(need) }));

/** Score of each row by a model that has not seen it. */
function heldOutScores(rows: readonly Row[]): { vital: boolean; score: number }[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const model = fitWeights(riskExamples(rows.filter((_, index) => index % FOLDS !== fold)));
    return rows
      .filter((_, index) => index % FOLDS === fold)
      .map(({ urgency, features }) => ({ vital: urgency === 'vital', score: score(model, features) }));
  });
}

/** The scores that this share of calm rows exceeds. */
function thresholds(scores: readonly { vital: boolean; score: number }[]): {
  alertAbove: number;
  askAbove: number;
} {
  const calm = scores
    .filter(({ vital }) => !vital)
    .map((row) => row.score)
    .sort((a, b) => b - a);
  const above = (share: number): number => Number((calm[Math.floor(calm.length * share)] ?? 0).toFixed(4));
  return { alertAbove: above(FALSE_ALARMS), askAbove: above(TOUCHED) };
}
