import type { SafetyModel } from '../../safety/screen.js';
import type { Need } from '../need.js';
import { LEARNED_NEEDS, shares, type TriageModel } from '../understand.js';
import type { CorpusRow } from './corpus.js';

/** Scores of each row by models that have read nothing of its hand. */
export interface HeldOut {
  rows: readonly CorpusRow[];
  danger: Float64Array;
  needs: ReadonlyMap<string, Float64Array>;
  acute: Float64Array;
}

/** Of the calm rows of a hand, how many may be alerted for nothing, and how many may be touched at all. */
const FALSE_ALARMS = 0.073;
const TOUCHED = 0.143;
/** Needs right after one question, at least; with as few questions as that takes. */
const RIGHT_AFTER_QUESTION = 0.955;
const ALSO_PRECISION = 0.6;
const ACUTE_PRECISION = 0.5;

export function safetyThresholds({ rows, danger }: HeldOut): Pick<SafetyModel, 'alertAbove' | 'askAbove'> {
  const calm = weighed(rows, (row) => row.urgency !== 'vital').map(({ row, weight }) => ({
    score: danger[row] ?? 0,
    weight,
  }));
  return {
    alertAbove: rounded(exceededBy(calm, FALSE_ALARMS)),
    askAbove: rounded(exceededBy(calm, TOUCHED)),
  };
}

/** Every hand counts the same, however much it wrote. */
export function weighed(rows: readonly CorpusRow[], kept: (row: CorpusRow) => boolean) {
  const sizes = new Map<string, number>();
  const chosen = rows.flatMap((row, index) => (kept(row) ? [{ row: index, author: row.author }] : []));
  for (const { author } of chosen) sizes.set(author, (sizes.get(author) ?? 0) + 1);
  return chosen.map(({ row, author }) => ({ row, weight: 1 / (sizes.get(author) ?? 1) }));
}

/** The score that this share of the weight exceeds. */
function exceededBy(scored: readonly { score: number; weight: number }[], share: number): number {
  const sorted = [...scored].sort((a, b) => b.score - a.score);
  const limit = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let above = 0;
  for (const { score, weight } of sorted) {
    above += weight;
    if (above > limit) return score;
  }
  return 0;
}

const rounded = (value: number): number => Number(value.toFixed(4));

interface Guess {
  row: CorpusRow;
  weight: number;
  scored: { need: Need; score: number }[];
}

export function triageThresholds({
  rows,
  needs,
  acute,
}: HeldOut): Pick<TriageModel, 'temperature' | 'sureAbove' | 'alsoAbove' | 'acuteAbove'> {
  const guesses = weighed(rows, (row) => row.urgency !== 'vital').map(({ row, weight }) => ({
    row: rows[row] as CorpusRow,
    weight,
    scored: LEARNED_NEEDS.map((need) => ({ need, score: needs.get(need)?.[row] ?? 0 })),
  }));
  const temperature = bestTemperature(guesses);
  const calm = rows.map((row, index) => ({ row, score: acute[index] ?? 0 }));
  return {
    temperature,
    sureAbove: sureAbove(guesses, temperature),
    alsoAbove: precisionReached(alsoCandidates(guesses), ALSO_PRECISION),
    acuteAbove: precisionReached(
      calm
        .filter(({ row }) => row.urgency !== 'vital')
        .map(({ row, score }) => ({ score, right: row.urgency === 'elevee' })),
      ACUTE_PRECISION,
    ),
  };
}

const isRight = ({ need, also }: CorpusRow, said: Need): boolean => need === said || also.includes(said);

/** The one that makes the true need the least surprising. */
function bestTemperature(guesses: readonly Guess[]): number {
  const candidates = Array.from({ length: 60 }, (_, index) => 0.1 + index * 0.02);
  const surprise = (temperature: number): number =>
    guesses.reduce((sum, { row, weight, scored }) => {
      const right = shares(scored, temperature).filter(({ need }) => isRight(row, need));
      return (
        sum -
        weight *
          Math.log(
            Math.max(
              1e-9,
              right.reduce((all, { confidence }) => all + confidence, 0),
            ),
          )
      );
    }, 0);
  const measured = candidates.map((temperature) => ({ temperature, surprise: surprise(temperature) }));
  return rounded(measured.reduce((a, b) => (b.surprise < a.surprise ? b : a)).temperature);
}

function sureAbove(guesses: readonly Guess[], temperature: number): number {
  const outcomes = guesses.map(({ row, weight, scored }) => {
    const ranked = shares(scored, temperature);
    const offered = ranked.filter(({ need }) => need !== 'parler_humain').slice(0, 3);
    return {
      weight,
      confidence: ranked[0]?.confidence ?? 0,
      first: isRight(row, ranked[0]?.need ?? 'crise'),
      asked: [...offered.map(({ need }) => need), 'parler_humain' as const].some((need) =>
        isRight(row, need),
      ),
    };
  });
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  const rightWith = (limit: number): number =>
    outcomes
      .filter(({ confidence, first, asked }) => (confidence >= limit ? first : asked))
      .reduce((sum, { weight }) => sum + weight, 0) / total;
  const limits = Array.from({ length: 91 }, (_, index) => index / 100);
  return limits.find((limit) => rightWith(limit) >= RIGHT_AFTER_QUESTION) ?? 0.9;
}

const alsoCandidates = (guesses: readonly Guess[]): { score: number; right: boolean }[] =>
  guesses.flatMap(({ row, scored }) =>
    [...scored]
      .sort((a, b) => b.score - a.score)
      .slice(1, 3)
      .map(({ need, score }) => ({ score, right: isRight(row, need) })),
  );

/** The lowest score from which at least this share is right. */
function precisionReached(scored: readonly { score: number; right: boolean }[], precision: number): number {
  const sorted = [...scored].sort((a, b) => b.score - a.score);
  let right = 0;
  let limit = 10;
  sorted.forEach(({ score, right: hit }, index) => {
    right += hit ? 1 : 0;
    if (right / (index + 1) >= precision) limit = score;
  });
  return rounded(limit);
}
