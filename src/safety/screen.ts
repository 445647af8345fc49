import { explicitRisk } from './explicit-risk.js';
import { answerAboutLife } from './life-answer.js';
import { featuresOf, openRarity, openScorer, type StoredRarity, type StoredWeights } from './linear-model.js';
import { normalise, pieces } from './normalise.js';
import type { RiskReason } from './risk.js';

export { answerAboutLife } from './life-answer.js';
export type { RiskReason } from './risk.js';

export type Screening = { level: 'clear' } | { level: 'unsure' | 'vital'; reason: RiskReason };

export interface ScreenContext {
  /** The direct question was just asked: anything but a clear no counts as yes. */
  askedAboutLife: boolean;
}

/** Whether a life may be at risk in what a caller says. Pure; never waits for anything. */
export type Screen = (text: string, context: ScreenContext) => Screening;

/** What training leaves (`npm run train`). */
export interface SafetyModel extends StoredRarity {
  corpus: string;
  risk: StoredWeights;
  /** Log-odds above which the alert is raised, and above which the direct question is asked. */
  alertAbove: number;
  askAbove: number;
}

const CLEAR: Screening = { level: 'clear' };
const UNSURE: Screening = { level: 'unsure', reason: 'unclear' };
/** One or two words carry too little for the score to decide alone: at most they are asked about. */
const ENOUGH_WORDS = 3;
/** Pieces of a long message that are screened: 128 KB and more. */
const MAX_PIECES = 80;

/**
 * @param model `missing` when there is none, or it is damaged: then nothing is ever "clear"
 */
export function createScreen(model: SafetyModel | 'missing'): Screen {
  const learned = model === 'missing' ? () => UNSURE : learnedScreen(model);

  const screenPiece = (text: string): Screening => {
    const normalised = normalise(text);
    if (normalised === '') return CLEAR;
    const explicit = explicitRisk(normalised);
    if (explicit.kind === 'open') return { level: 'vital', reason: explicit.reason };
    const screening = learned(normalised);
    // What was denied, or said as an idiom, is asked about rather than believed or dismissed.
    return explicit.kind === 'turned' && screening.level === 'vital' ? UNSURE : screening;
  };

  return (text, context) => {
    const screenings = pieces(text).slice(0, MAX_PIECES).map(screenPiece);
    const worst = screenings.find(isVital) ?? screenings.find(({ level }) => level === 'unsure') ?? CLEAR;
    if (isVital(worst) || !context.askedAboutLife) return worst;
    return answerAboutLife(text) === 'no' ? CLEAR : { level: 'vital', reason: reasonAsked(worst) };
  };
}

function learnedScreen(model: SafetyModel): (normalised: string) => Screening {
  const scorer = openScorer(model.risk);
  const rarity = openRarity(model);
  return (normalised) => {
    const score = scorer.score(featuresOf(normalised, rarity));
    if (normalised.split(' ', ENOUGH_WORDS).length < ENOUGH_WORDS)
      return score >= model.alertAbove ? UNSURE : CLEAR;
    if (score >= model.alertAbove) return { level: 'vital', reason: 'unclear' };
    return score >= model.askAbove ? UNSURE : CLEAR;
  };
}

const isVital = ({ level }: Screening): boolean => level === 'vital';
const reasonAsked = (screening: Screening): RiskReason =>
  screening.level === 'clear' ? 'self-harm-ideation' : screening.reason;
