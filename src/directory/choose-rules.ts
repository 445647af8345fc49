import { academyOf } from './directory.js';
import type { RuleSet } from './measure-rules.js';
import type { Profile } from './profile.js';
import { among, type Verdict, weaker } from './weigh.js';

/** The rules that answer a profile. */
export interface ChosenRules {
  set: RuleSet;
  /** What must be true for this set to be the right one. */
  conditions: string[];
  /** Other documents that may apply, when the profile does not tell which: their dates are told, labelled. */
  perhaps: readonly RuleSet[];
  /** Names this choice: two with one key are the same. */
  key: string;
}

/** The document of the académie and degree; the national rules where there is none or several may apply. */
export function chooseRules(rules: readonly RuleSet[], profile: Profile): ChosenRules {
  const verdicts = rules.map((set) => ({ set, verdict: appliesTo(set, profile) }));
  const sure = verdicts.find(({ verdict }) => verdict === 'yes');
  if (sure !== undefined) return { set: sure.set, conditions: [], perhaps: [], key: sure.set.id };
  const perhaps = verdicts.filter(({ verdict }) => verdict === 'maybe').map(({ set }) => set);
  const [only, ...others] = perhaps;
  if (only !== undefined && others.length === 0)
    return {
      set: only,
      conditions: doubts(only, profile),
      perhaps: [],
      key: `${only.id}?${profile.corps === undefined}${profile.department === undefined}`,
    };
  const national = rules.find(({ appliesTo }) => appliesTo === undefined);
  if (national === undefined) throw new Error('no national rules');
  return {
    set: national,
    conditions: [],
    perhaps,
    key: `${national.id}+${perhaps.map(({ id }) => id).join()}`,
  };
}

function appliesTo({ appliesTo: scope }: RuleSet, profile: Profile): Verdict {
  if (scope === undefined || scope.academy !== academyOf(profile)) return 'no';
  return weaker(among(scope.departments, profile.department), among(scope.corps, profile.corps));
}

function doubts({ appliesTo: scope }: RuleSet, { corps, department }: Profile): string[] {
  if (scope === undefined) return [];
  const { unknown } = scope;
  return [
    ...(corps === undefined ? [unknown.corps] : []),
    ...(department === undefined && unknown.department !== undefined ? [unknown.department] : []),
  ];
}
