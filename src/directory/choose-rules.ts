import { academyOf } from './directory.js';
import type { RuleSet } from './measure-rules.js';
import type { Profile } from './profile.js';
import { among, type Verdict } from './weigh.js';

/** The rules that answer a profile. */
export interface ChosenRules {
  set: RuleSet;
  /** What must be true for this set to be the right one. */
  conditions: string[];
  /** Other documents that may apply, when the profile does not tell which: their dates are told, labelled. */
  perhaps: readonly RuleSet[];
}

/** The document of the académie and degree; the national rules where there is none or several may apply. */
export function chooseRules(rules: readonly RuleSet[], profile: Profile): ChosenRules {
  const verdicts = rules.map((set) => ({ set, verdict: appliesTo(set, profile) }));
  const sure = verdicts.find(({ verdict }) => verdict === 'yes');
  if (sure !== undefined) return { set: sure.set, conditions: [], perhaps: [] };
  const perhaps = verdicts.filter(({ verdict }) => verdict === 'maybe').map(({ set }) => set);
  const [only, ...others] = perhaps;
  if (only !== undefined && others.length === 0)
    return { set: only, conditions: doubts(only, profile), perhaps: [] };
  const national = rules.find(({ appliesTo }) => appliesTo === undefined);
  if (national === undefined) throw new Error('no national rules');
  return { set: national, conditions: [], perhaps };
}

function appliesTo({ appliesTo: scope }: RuleSet, profile: Profile): Verdict {
  if (scope === undefined || scope.academy !== academyOf(profile)) return 'no';
  const verdicts = [among(scope.departments, profile.department), among(scope.corps, profile.corps)];
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('maybe') ? 'maybe' : 'yes';
}

function doubts({ appliesTo: scope }: RuleSet, { corps, department }: Profile): string[] {
  if (scope === undefined) return [];
  const { unknown } = scope;
  return [
    ...(corps === undefined ? [unknown.corps] : []),
    ...(department === undefined && unknown.department !== undefined ? [unknown.department] : []),
  ];
}
