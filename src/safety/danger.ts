import { RISK_GROUPS, RISK_REASONS } from './risk.js';

export interface HeadScore {
  name: string;
  score: number;
}

/** Whether a life is at risk, whatever the danger. */
export const RISK_HEAD = 'risk';
export const GROUP_HEADS: readonly string[] = Object.keys(RISK_GROUPS);
export const REASON_HEADS: readonly string[] = RISK_REASONS.filter((reason) => reason !== 'unclear');

/**
 * How much danger speaks from a text: the general question, the likeliest kind and the likeliest reason add up.
 * A danger that is rare in the corpus is then not outvoted by what it lacks of the frequent ones.
 */
export function dangerOf(heads: readonly HeadScore[]): number {
  const most = (names: readonly string[]): number =>
    heads.reduce(
      (best, { name, score }) => (names.includes(name) ? Math.max(best, score) : best),
      Number.NEGATIVE_INFINITY,
    );
  return most([RISK_HEAD]) + most(GROUP_HEADS) + most(REASON_HEADS);
}
