import type { SiteId } from '../kernel/ids.js';
import type { AvailabilityRule, Psychologist, Site } from './booking.js';

/** Sites, psychologists and their weekly availability. Small: at most 500 sites and 2,000 rules are read. */
export interface DiaryStore {
  sites(): Promise<Site[]>;
  psychologists(): Promise<Psychologist[]>;
  rules(sites: readonly SiteId[]): Promise<AvailabilityRule[]>;
  putSite(site: Site): Promise<void>;
  putPsychologist(psychologist: Psychologist): Promise<void>;
  putRule(rule: AvailabilityRule): Promise<void>;
}
