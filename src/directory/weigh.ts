import type { Fact, Guard, Requirement } from './measure-rules.js';
import type { Profile } from './profile.js';

/** A profile against the rules: an unknown part is "maybe", never a guess. */
export type Verdict = 'yes' | 'maybe' | 'no';

export function meets(guard: Guard | undefined, profile: Profile): Verdict {
  if (guard === undefined) return 'yes';
  let verdict: Verdict = among(guard.position, profile.position);
  verdict = weaker(verdict, among(guard.status, profile.status));
  verdict = weaker(verdict, among(guard.corps, profile.corps));
  verdict = weaker(verdict, among(guard.department, profile.department));
  return weaker(verdict, among(guard.rqth, profile.rqth));
}

const RANK: Readonly<Record<Verdict, number>> = { no: 0, maybe: 1, yes: 2 };
export const weaker = (one: Verdict, other: Verdict): Verdict => (RANK[one] < RANK[other] ? one : other);

export function among<T>(allowed: readonly T[] | undefined, value: T | undefined): Verdict {
  if (allowed === undefined) return 'yes';
  if (value === undefined) return 'maybe';
  return allowed.includes(value) ? 'yes' : 'no';
}

export const toldTo = <T extends { when?: Guard | undefined }>(facts: readonly T[], profile: Profile): T[] =>
  facts.filter(({ when }) => meets(when, profile) !== 'no');

export const textsFor = (facts: readonly Fact[], profile: Profile): string[] =>
  toldTo(facts, profile).map(({ text }) => text);

/** Whether a way in stays open, with the conditions that the unknown parts of the profile leave. */
export type Access = { open: true; conditions: string[] } | { open: false; why: string; passed: number };

/** @param paldEndsBy ISO date: a PALD that ends later is not concerned */
export function tryWay(
  requirements: readonly Requirement[],
  profile: Profile,
  paldEndsBy: string | undefined,
): Access {
  const conditions: string[] = [];
  for (const [passed, requirement] of requirements.entries()) {
    const concerned = meets(requirement.when, profile);
    if (concerned === 'no') continue;
    const verdict = holds(requirement, profile, paldEndsBy);
    if (verdict === 'no' && concerned === 'yes') return { open: false, why: requirement.closed, passed };
    if (verdict !== 'yes' && requirement.unknown !== undefined) conditions.push(requirement.unknown);
  }
  return { open: true, conditions };
}

/** The first way that is open; else the reason of the one that went furthest. */
export function bestWay(ways: readonly Access[]): Access {
  const open = ways.find((way) => way.open);
  if (open !== undefined) return open;
  return ways.reduce((best, way) => (passedOf(way) >= passedOf(best) ? way : best));
}

const passedOf = (way: Access): number => (way.open ? Number.POSITIVE_INFINITY : way.passed);

function holds(requirement: Requirement, profile: Profile, paldEndsBy: string | undefined): Verdict {
  if (requirement.field === 'pacdYears') return atMost(profile.pacdYears, requirement.below - 1);
  if (requirement.field === 'paldEnds') return atMost(profile.paldEnds, paldEndsBy);
  const value = profile[requirement.field];
  if (value === undefined) return 'maybe';
  if ('is' in requirement) return requirement.is.includes(value) ? 'yes' : 'no';
  return requirement.not.includes(String(value)) ? 'no' : 'yes';
}

/** Numbers, or ISO dates. */
function atMost<T extends number | string>(value: T | undefined, limit: T | undefined): Verdict {
  if (value === undefined || limit === undefined) return 'maybe';
  return value <= limit ? 'yes' : 'no';
}
