import { ACUTE_HEAD } from '../safety/danger.js';
import { type LinearModel, openModel, type StoredModel } from '../safety/linear-model.js';
import { normalise } from '../safety/normalise.js';
import { readText, weigh } from '../safety/text-features.js';
import { NEEDS, type Need, type Urgency } from './need.js';
import { shortRequest } from './short-requests.js';
import { type Slots, slotsOf } from './slots.js';
import { isAcute } from './urgency.js';

export type { Slots } from './slots.js';

export interface RankedNeed {
  need: Need;
  /** 0 to 1; all together 1. */
  confidence: number;
}

export interface Understanding {
  need: Need;
  /** Other needs in the same words, most likely first. */
  also: readonly Need[];
  urgency: Urgency;
  /** Of the first need, 0 to 1: how often it is right when it is this sure. */
  confidence: number;
  /** When the best are close: what to choose between. */
  ask: { choices: readonly Need[] } | null;
  slots: Slots;
  /** Every need but danger, which is the safety screen's answer; most likely first. */
  ranked: readonly RankedNeed[];
}

/** The need in a caller's own words. Whether a life is at risk is the safety screen's answer, not this one's. */
export type Understand = (text: string) => Understanding;

/** What training leaves (`npm run train`): one head a need, and the head `acute`. */
export interface TriageModel extends StoredModel {
  /** Divides the scores before they become shares: calibration. */
  temperature: number;
  /** Confidence below which the best needs are asked about. */
  sureAbove: number;
  /** Score of the need itself from which a need beside the first is told to the caller. */
  alsoAbove: number;
  /** Score of `acute` from which urgency is `elevee`. */
  acuteAbove: number;
}

/** Needs the model tells apart. */
export const LEARNED_NEEDS: readonly Need[] = NEEDS.filter((need) => need !== 'crise');

/** Characters that are read; a need is told long before. */
const READ = 6_000;
const ASKED = 3;
/** A choice less likely than this would only confuse. */
const WORTH_ASKING = 0.03;
const MOST_ALSO = 2;

export function createUnderstand(stored: TriageModel): Understand {
  const model = openModel(stored);
  const heads = { needs: LEARNED_NEEDS.map((need) => headOf(model, need)), acute: headOf(model, ACUTE_HEAD) };
  return (text) => {
    const normalised = normalise(text.slice(0, READ));
    const { needs, acute } = scoresOf(model, heads, normalised);
    const ranked = shares(needs, stored.temperature);
    const urgency: Urgency = acute >= stored.acuteAbove || isAcute(normalised) ? 'elevee' : 'normale';
    const shared = { urgency, slots: slotsOf(text, normalised), ranked };
    const certain = shortRequest(normalised);
    if (certain !== undefined) return { need: certain, also: [], confidence: 1, ask: null, ...shared };
    const [first = { need: 'ecoute_psy' as const, confidence: 0 }] = ranked;
    const also = needs
      .filter(({ need, score }) => need !== first.need && score >= stored.alsoAbove)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST_ALSO)
      .map(({ need }) => need);
    const ask = first.confidence >= stored.sureAbove ? null : { choices: choicesOf(ranked) };
    return { need: first.need, also, confidence: first.confidence, ask, ...shared };
  };
}

/** Needs most callers come with: what is asked about when nothing can be understood. */
const USUAL: readonly Need[] = ['ecoute_psy', 'conflit_management', 'sante_poste'];

/** Without its model: requests of a few words are still understood, anything else is asked about. */
export const understandNothing: Understand = (text) => {
  const certain = shortRequest(normalise(text.slice(0, READ)));
  return {
    need: certain ?? 'ecoute_psy',
    also: [],
    urgency: 'normale',
    confidence: certain === undefined ? 0 : 1,
    ask: certain === undefined ? { choices: USUAL } : null,
    slots: {},
    ranked: USUAL.map((need) => ({ need, confidence: 1 / USUAL.length })),
  };
};

interface Scored {
  need: Need;
  score: number;
}

/** Place of each need's head, and of `acute`, among the model's. */
interface Heads {
  needs: readonly number[];
  acute: number;
}

const headOf = ({ heads }: LinearModel, name: string): number => heads.indexOf(name);

function scoresOf(model: LinearModel, heads: Heads, normalised: string): { needs: Scored[]; acute: number } {
  const scores = model.scores(weigh(readText(normalised), model.rarity));
  const scoreAt = (head: number): number => scores[head] ?? Number.NEGATIVE_INFINITY;
  return {
    needs: LEARNED_NEEDS.map((need, index) => ({ need, score: scoreAt(heads.needs[index] ?? -1) })),
    acute: scoreAt(heads.acute),
  };
}

/** Scores as shares of 1, best first. */
export function shares(scored: readonly Scored[], temperature: number): RankedNeed[] {
  const best = Math.max(...scored.map(({ score }) => score));
  const weights = scored.map(({ need, score }) => ({ need, weight: Math.exp((score - best) / temperature) }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights
    .map(({ need, weight }) => ({ need, confidence: weight / total }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** A person is offered beside any question, and is never one of its choices. */
function choicesOf(ranked: readonly RankedNeed[]): Need[] {
  return ranked
    .filter(({ need }) => need !== 'parler_humain')
    .slice(0, ASKED)
    .filter(({ confidence }, index) => index < 2 || confidence >= WORTH_ASKING)
    .map(({ need }) => need);
}
