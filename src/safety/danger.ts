import { NEEDS } from '../kernel/needs.js';
import { RISK_GROUPS, RISK_REASONS } from './risk.js';

/** Whether a life is at risk, whatever the danger. */
export const RISK_HEAD = 'risk';
export const GROUP_HEADS: readonly string[] = Object.keys(RISK_GROUPS);
export const REASON_HEADS: readonly string[] = RISK_REASONS.filter((reason) => reason !== 'unclear');
/** What callers come for when no life is at risk; each is a head of its own. */
export const NEED_HEADS: readonly string[] = NEEDS.filter((need) => need !== 'crise');
/** Acute distress that is no danger to life. */
export const ACUTE_HEAD = 'acute';
/** Every head of the safety model, in its order. */
export const SAFETY_HEADS: readonly string[] = [
  RISK_HEAD,
  ...GROUP_HEADS,
  ...REASON_HEADS,
  ...NEED_HEADS,
  ACUTE_HEAD,
];

/** Needs that callers state plainly: a text that is surely one of them leaves little to fear. */
const PLAIN_NEEDS = [
  'hors_sujet',
  'info_service',
  'info_rdv',
  'parler_humain',
  'social_financier',
  'carriere_mobilite',
  'sante_poste',
];
const LIKELIEST_DANGERS = 4;
const LIKELIEST_NEEDS = 3;

/** How the signs of a text weigh together: learned like the heads (`npm run train`). */
export interface Judgement {
  /** One a sign, in the order of `signsOf`. */
  weights: readonly number[];
  bias: number;
}

/**
 * What speaks for and against danger, the strongest first whatever their names: a danger that is rare in the
 * corpus is then not outvoted by what it lacks of the frequent ones, and a need that explains the words well
 * speaks against danger.
 * @param scores of `SAFETY_HEADS`, in their order
 * @param words of the text
 */
export function signsOf(scores: ArrayLike<number>, words: number): number[] {
  const scoreOf = (name: string): number => scores[PLACE.get(name) ?? -1] ?? 0;
  const strongest = (names: readonly string[], count: number): number[] =>
    names
      .map(scoreOf)
      .sort((a, b) => b - a)
      .slice(0, count);
  return [
    scoreOf(RISK_HEAD),
    ...strongest(GROUP_HEADS, LIKELIEST_DANGERS),
    ...strongest(REASON_HEADS, LIKELIEST_DANGERS),
    ...strongest(NEED_HEADS, LIKELIEST_NEEDS),
    ...strongest(PLAIN_NEEDS, 1),
    scoreOf('ecoute_psy'),
    scoreOf(ACUTE_HEAD),
    Math.log(words + 1),
  ];
}

const PLACE: ReadonlyMap<string, number> = new Map(SAFETY_HEADS.map((name, place) => [name, place]));

/** How much danger speaks from the signs of a text: log-odds. */
export const dangerOf = ({ weights, bias }: Judgement, signs: readonly number[]): number =>
  signs.reduce((sum, sign, index) => sum + sign * (weights[index] ?? 0), bias);
