import type { AvailabilityRule, Mode, Site, SiteKind } from './booking.js';

export interface SiteQuery {
  /** Department code of the caller. Sites without one serve everybody. */
  department?: string | undefined;
  /** Departments of the same académie, offered after the caller's own. */
  academyDepartments?: readonly string[] | undefined;
  mode?: Mode | undefined;
}

const KIND_ORDER: Readonly<Record<SiteKind, number>> = { eae: 0, section: 1, telephone: 2 };

/** Sites that suit the query and have availability on `today` (ISO date) or later, the nearest first. */
export function chooseSites(
  all: { sites: readonly Site[]; rules: readonly AvailabilityRule[] },
  query: SiteQuery,
  today: string,
): Site[] {
  const served = new Set(
    all.rules.filter((rule) => isUsable(rule, query.mode, today)).map((rule) => rule.site),
  );
  const rank = (site: Site): number => rankOf(site, query);
  return all.sites
    .filter((site) => served.has(site.id) && rank(site) < ELSEWHERE)
    .sort(
      (a, b) =>
        rank(a) - rank(b) || KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || a.name.localeCompare(b.name, 'fr'),
    );
}

const isUsable = (rule: AvailabilityRule, mode: Mode | undefined, today: string): boolean =>
  (mode === undefined || rule.modes.includes(mode)) && (rule.lastDate === null || rule.lastDate >= today);

const OWN_DEPARTMENT = 0;
const SAME_ACADEMY = 1;
const EVERYBODY = 2;
const ELSEWHERE = 3;

function rankOf(site: Site, query: SiteQuery): number {
  if (site.department === '') return EVERYBODY;
  if (query.department === undefined && query.academyDepartments === undefined) return OWN_DEPARTMENT;
  if (site.department === query.department) return OWN_DEPARTMENT;
  return query.academyDepartments?.includes(site.department) === true ? SAME_ACADEMY : ELSEWHERE;
}
