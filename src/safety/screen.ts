import { dangerOf, type Judgement, REASON_HEADS, SAFETY_HEADS, signsOf } from './danger.js';
import { isEveryday } from './everyday.js';
import { type ExplicitRisk, explicitRisk } from './explicit-risk.js';
import { answerAboutLife } from './life-answer.js';
import { type LinearModel, openModel, type StoredModel } from './linear-model.js';
import { normalise } from './normalise.js';
import type { RiskReason } from './risk.js';
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

/** What training leaves (`npm run train`): `SAFETY_HEADS`, and how they weigh together. */
export interface SafetyModel extends StoredModel {
  judgement: Judgement;
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
const ADDED = 0.3;

/**
 * @param model `missing` when there is none, or it is damaged: then nothing is ever "clear"
 */
export function createScreen(model: SafetyModel | 'missing'): Screen {
  const learned = model === 'missing' ? undefined : learnedRisk(model);

  const hear = (normalised: string): Heard => {
    let weighed: Weighed | undefined;
    return {
      normalised,
      explicit: explicitRisk(normalised),
      weigh: () => (weighed ??= learned?.(normalised)),
    };
  };

  const screenWords = ({ normalised, explicit, weigh }: Heard): Screening => {
    if (normalised === '') return CLEAR;
    if (explicit.kind === 'open') return { level: 'vital', reason: explicit.reason };
    if (learned !== undefined && isEveryday(normalised)) return CLEAR;
    const screening = weigh()?.screening ?? UNSURE;
    // What was denied, or said as an idiom, is asked about rather than believed or dismissed.
    return explicit.kind === 'turned' && screening.level === 'vital'
      ? { level: 'unsure', reason: screening.reason }
      : screening;
  };

  /** What this message adds to the earlier ones: neither may be worrying alone. */
  const screenTogether = (normalised: string, before: readonly string[]): Screening => {
    const earlier = hear(normalise(before.slice(-MESSAGES_BEFORE).map(endOf).join(' ')));
    if (earlier.normalised === '' || earlier.explicit.kind === 'open') return CLEAR;
    const whole = hear(`${earlier.normalised} ${normalised}`);
    if (whole.explicit.kind === 'open') return { level: 'vital', reason: whole.explicit.reason };
    if (learned === undefined || screenWords(earlier).level !== 'clear') return CLEAR;
    const added = riskOf(whole) - riskOf(earlier);
    return added >= ADDED ? screenWords(whole) : CLEAR;
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
    const alone = screenWords(hear(normalised));
    if (context.asked !== 'life') return screenInContext(normalised, alone, context);
    if (isVital(alone)) return alone;
    return answerAboutLife(text) === 'no' ? CLEAR : { level: 'vital', reason: reasonAsked(alone) };
  };
}

/** What is left out is asked for. */
const unsaid = (alone: Screening): Screening =>
  alone.level === 'clear' ? UNSURE : { level: 'unsure', reason: alone.reason };

const endOf = (text: string): string => text.slice(-CHARACTERS_BEFORE);

/** A text and what was found in it, each thing once. */
interface Heard {
  normalised: string;
  explicit: ExplicitRisk;
  /** `undefined` without a model. */
  weigh: () => Weighed | undefined;
}

interface Weighed {
  screening: Screening;
  risk: number;
}

const riskOf = (heard: Heard): number => heard.weigh()?.risk ?? 0;

function learnedRisk({
  alertAbove,
  askAbove,
  judgement,
  ...stored
}: SafetyModel): (normalised: string) => Weighed {
  const model = openModel(stored);
  if (model.heads.join() !== SAFETY_HEADS.join()) throw new Error('the safety model has other heads');
  return (normalised) => {
    const text = readText(normalised);
    const { risk, reason } = heaviest({ model, judgement }, text);
    const enough = text.words.length >= ENOUGH_WORDS;
    return { risk, screening: levelOf({ risk, reason, enough }, { alertAbove, askAbove }) };
  };
}

function levelOf(
  { risk, reason, enough }: Weight & { enough: boolean },
  { alertAbove, askAbove }: Pick<SafetyModel, 'alertAbove' | 'askAbove'>,
): Screening {
  if (risk < askAbove) return CLEAR;
  if (risk >= alertAbove) return { level: enough ? 'vital' : 'unsure', reason };
  return enough ? { level: 'unsure', reason } : CLEAR;
}

interface Weight {
  risk: number;
  reason: RiskReason;
}

interface Learned {
  model: LinearModel;
  judgement: Judgement;
}

/** The run of words with the most risk. */
function heaviest(learned: Learned, text: ReadText): Weight {
  const { length } = text.words;
  if (length <= RUN) return weightOf(learned, text, { start: 0, end: length });
  const runs = Array.from({ length: Math.ceil((length - RUN) / STEP) + 1 }, (_, index) => ({
    start: index * STEP,
    end: Math.min(length, index * STEP + RUN),
  }));
  return runs.map((run) => weightOf(learned, text, run)).reduce((a, b) => (b.risk > a.risk ? b : a));
}

function weightOf(
  { model, judgement }: Learned,
  text: ReadText,
  run: { start: number; end: number },
): Weight {
  const scores = model.scores(weigh(text, model.rarity, run));
  return { risk: dangerOf(judgement, signsOf(scores, run.end - run.start)), reason: likeliestReason(scores) };
}

function likeliestReason(scores: ArrayLike<number>): RiskReason {
  let likeliest: RiskReason = 'unclear';
  let best = Number.NEGATIVE_INFINITY;
  SAFETY_HEADS.forEach((name, place) => {
    const score = scores[place] ?? 0;
    if (score > best && isReason(name)) [likeliest, best] = [name, score];
  });
  return likeliest;
}

const REASONS: ReadonlySet<string> = new Set(REASON_HEADS);
const isReason = (name: string): name is RiskReason => REASONS.has(name);
const isVital = ({ level }: Screening): boolean => level === 'vital';
const reasonAsked = (screening: Screening): RiskReason =>
  screening.level === 'clear' ? 'self-harm-ideation' : screening.reason;
