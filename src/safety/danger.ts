import { RISK_GROUPS, RISK_REASONS } from './risk.js';

export interface HeadScore {
  name: string;
  score: number;
}

/** Whether a life is at risk, whatever the danger. */
export const RISK_HEAD = 'risk';
export const GROUP_HEADS: readonly string[] = Object.keys(RISK_GROUPS);
export const REASON_HEADS: readonly string[] = RISK_REASONS.filter((reason) => reason !== 'unclear');
const GROUPS: ReadonlySet<string> = new Set(GROUP_HEADS);
const REASONS: ReadonlySet<string> = new Set(REASON_HEADS);

/**
 * How much danger speaks from a text: the general question, the likeliest kind and the likeliest reason add up.
 * A danger that is rare in the corpus is then not outvoted by what it lacks of the frequent ones.
 */
export function dangerOf(heads: readonly HeadScore[]): number {
  let risk = Number.NEGATIVE_INFINITY;
  let group = Number.NEGATIVE_INFINITY;
  let reason = Number.NEGATIVE_INFINITY;
  for (const { name, score } of heads) {
    if (name === RISK_HEAD) risk = Math.max(risk, score);
    if (GROUPS.has(name)) group = Math.max(group, score);
    if (REASONS.has(name)) reason = Math.max(reason, score);
  }
  return risk + group + reason;
}
