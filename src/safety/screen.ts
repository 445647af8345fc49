import { dangerOf, type HeadScore } from './danger.js';
import { isEveryday } from './everyday.js';
import { explicitRisk } from './explicit-risk.js';
import { answerAboutLife } from './life-answer.js';
import { type LinearModel, openModel, type StoredModel } from './linear-model.js';
import { normalise } from './normalise.js';
import { RISK_REASONS, type RiskReason } from './risk.js';
import { type ReadText, readText, weigh } from './text-features.js';
import { leavesUnsaid } from './unsaid.js';

export { answerAboutLife } from './life-answer.js';
export type { RiskReason } from './risk.js';

export type Screening = { level: 'clear' } | { level: 'unsure' | 'vital'; reason: RiskReason };

export interface ScreenContext {
  /**
   * What was just asked. `life`: the direct question; anything but a clear no counts as yes. `choice`: a
   * practical question, whose short answers are about it. `open`: the caller's own words.
   */
  asked: 'life' | 'choice' | 'open';
  /** The caller's last messages before this one, oldest first: what is meant may stand in two of them. */
  before: readonly string[];
}

export const NO_CONTEXT: ScreenContext = { asked: 'open', before: [] };

/** Whether a life may be at risk in what a caller says. Pure; never waits for anything. */
export type Screen = (text: string, context: ScreenContext) => Screening;

/** What training leaves (`npm run train`): the heads of `dangerOf`. */
export interface SafetyModel extends StoredModel {
  /** Danger above which the alert is raised, and above which the direct question is asked. */
  alertAbove: number;
  askAbove: number;
}

const CLEAR: Screening = { level: 'clear' };
const UNSURE: Screening = { level: 'unsure', reason: 'unclear' };
/** Few words carry too little for the score to decide alone: at most they are asked about. */
const ENOUGH_WORDS = 6;
/** Longer text is weighed in overlapping runs, so that half a sentence is not drowned. */
const RUN = 200;
const STEP = 150;
/** Earlier messages that may complete this one, and the characters of each. */
const MESSAGES_BEFORE = 3;
const CHARACTERS_BEFORE = 400;
/** How much more two messages must weigh together than the earlier ones alone. */
const ADDED = 0.15;

/**
 * @param model `missing` when there is none, or it is damaged: then nothing is ever "clear"
 */
export function createScreen(model: SafetyModel | 'missing'): Screen {
  const learned = model === 'missing' ? undefined : learnedRisk(model);

  const screenWords = (normalised: string): Screening => {
    if (normalised === '') return CLEAR;
    const explicit = explicitRisk(normalised);
    if (explicit.kind === 'open') return { level: 'vital', reason: explicit.reason };
    if (learned !== undefined && isEveryday(normalised)) return CLEAR;
    const screening = learned === undefined ? UNSURE : learned.levelOf(normalised);
    // What was denied, or said as an idiom, is asked about rather than believed or dismissed.
    return explicit.kind === 'turned' && screening.level === 'vital'
      ? { level: 'unsure', reason: screening.reason }
      : screening;
  };

  /** What this message adds to the earlier ones: neither may be worrying alone. */
  const screenTogether = (normalised: string, before: readonly string[]): Screening => {
    const earlier = normalise(before.slice(-MESSAGES_BEFORE).map(endOf).join(' '));
    if (earlier === '' || explicitRisk(earlier).kind === 'open') return CLEAR;
    const whole = `${earlier} ${normalised}`;
    const explicit = explicitRisk(whole);
    if (explicit.kind === 'open') return { level: 'vital', reason: explicit.reason };
    if (learned === undefined || screenWords(earlier).level !== 'clear') return CLEAR;
    return learned.score(whole) - learned.score(earlier) >= ADDED ? screenWords(whole) : CLEAR;
  };

  const screenInContext = (
    normalised: string,
    alone: Screening,
    { asked, before }: ScreenContext,
  ): Screening => {
    if (leavesUnsaid(normalised)) return asked === 'choice' ? CLEAR : unsaid(alone);
    if (isVital(alone) || asked !== 'open' || isEveryday(normalised)) return alone;
    const together = screenTogether(normalised, before);
    return together.level === 'clear' ? alone : together;
  };

  return (text, context) => {
    const normalised = normalise(text);
    const alone = screenWords(normalised);
    if (context.asked !== 'life') return screenInContext(normalised, alone, context);
    if (isVital(alone)) return alone;
    return answerAboutLife(text) === 'no' ? CLEAR : { level: 'vital', reason: reasonAsked(alone) };
  };
}

/** What is left out is asked for. */
const unsaid = (alone: Screening): Screening =>
  alone.level === 'clear' ? UNSURE : { level: 'unsure', reason: alone.reason };

const endOf = (text: string): string => text.slice(-CHARACTERS_BEFORE);

interface LearnedRisk {
  levelOf(normalised: string): Screening;
  score(normalised: string): number;
}

function learnedRisk({ alertAbove, askAbove, ...stored }: SafetyModel): LearnedRisk {
  const model = openModel(stored);
  return {
    score: (normalised) => heaviest(model, readText(normalised)).risk,
    levelOf(normalised) {
      const text = readText(normalised);
      const { risk, reason } = heaviest(model, text);
      if (risk < askAbove) return CLEAR;
      const enough = text.words.length >= ENOUGH_WORDS;
      if (risk >= alertAbove) return { level: enough ? 'vital' : 'unsure', reason };
      return enough ? { level: 'unsure', reason } : CLEAR;
    },
  };
}

interface Weight {
  risk: number;
  reason: RiskReason;
}

/** The run of words with the most risk. */
function heaviest(model: LinearModel, text: ReadText): Weight {
  const { length } = text.words;
  if (length <= RUN) return weightOf(model, text, { start: 0, end: length });
  const runs = Array.from({ length: Math.ceil((length - RUN) / STEP) + 1 }, (_, index) => ({
    start: index * STEP,
    end: Math.min(length, index * STEP + RUN),
  }));
  return runs.map((run) => weightOf(model, text, run)).reduce((a, b) => (b.risk > a.risk ? b : a));
}

function weightOf(model: LinearModel, text: ReadText, run: { start: number; end: number }): Weight {
  const scores = model.scores(weigh(text, model.rarity, run));
  const heads = model.heads.map((name, index): HeadScore => ({ name, score: scores[index] ?? 0 }));
  const likeliest = heads
    .filter(({ name }) => isReason(name))
    .reduce((a, b) => (b.score > a.score ? b : a), { name: 'unclear', score: Number.NEGATIVE_INFINITY });
  return { risk: dangerOf(heads), reason: isReason(likeliest.name) ? likeliest.name : 'unclear' };
}

const isReason = (name: string): name is RiskReason => RISK_REASONS.some((reason) => reason === name);
const isVital = ({ level }: Screening): boolean => level === 'vital';
const reasonAsked = (screening: Screening): RiskReason =>
  screening.level === 'clear' ? 'self-harm-ideation' : screening.reason;
