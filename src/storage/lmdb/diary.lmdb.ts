import type { AvailabilityRule, Psychologist, Site } from '../../booking/booking.js';
import type { DiaryStore } from '../../booking/diary-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const MAX_SITES = 500;
const MAX_PSYCHOLOGISTS = 2_000;
const MAX_RULES = 2_000;

export function diaryStore(file: LmdbFile): DiaryStore {
  const sites = file.table<Site>('sites');
  const psychologists = file.table<Psychologist>('psychologists');
  const rules = file.table<AvailabilityRule>('availability');
  return {
    sites: async () => values(sites, { limit: MAX_SITES }),
    psychologists: async () => values(psychologists, { limit: MAX_PSYCHOLOGISTS }),
    rules: async (wanted) =>
      wanted
        .flatMap((site) => values(rules, { start: [site, ''], end: [site, '\uffff'], limit: MAX_RULES }))
        .slice(0, MAX_RULES),
    putSite: (site) => file.transaction(() => sites.putSync(site.id, site)),
    putPsychologist: (person) => file.transaction(() => psychologists.putSync(person.id, person)),
    putRule: (rule) => file.transaction(() => rules.putSync([rule.site, rule.id], rule)),
  };
}
