import type { PsychologistId, SiteId } from '../kernel/ids.js';
import type { Absence, AvailabilityRule, Closure, ImportedBusy, Psychologist, Site } from './booking.js';

/** Everything that says when somebody may be booked. */
export interface Diary {
  sites: Site[];
  psychologists: Psychologist[];
  rules: AvailabilityRule[];
  absences: Absence[];
  closures: Closure[];
  importedBusy: ImportedBusy[];
}

/** Most of each kind that is read. */
export const DIARY_LIMITS = {
  sites: 2_000,
  psychologists: 10_000,
  rules: 50_000,
  absences: 50_000,
  closures: 10_000,
  importedBusy: 10_000,
} as const;

interface DiaryKinds {
  site: Site;
  psychologist: Psychologist;
  rule: AvailabilityRule;
  absence: Absence;
  closure: Closure;
}
export type DiaryKind = keyof DiaryKinds;
export type DiaryEntry<Kind extends DiaryKind = DiaryKind> = DiaryKinds[Kind];

/** What an editor saw, and what is to stand in its place: `null` where there is nothing. Both have the same key. */
export type DiaryChange = {
  [Kind in DiaryKind]: { kind: Kind; before: DiaryKinds[Kind] | null; after: DiaryKinds[Kind] | null };
}[DiaryKind];

/** Sites, psychologists and when they can be booked. Read whole, and kept until the revision changes. */
export interface DiaryStore {
  /** Raised by each change, after it: what was read at a revision may be kept while it lasts. */
  revision(): Promise<number>;
  /** All there is, within `DIARY_LIMITS`. */
  read(): Promise<Diary>;
  /** Written only if what is stored is still what the editor saw, whoever wrote it since. */
  change(change: DiaryChange): Promise<'done' | 'conflict'>;
  putSite(site: Site): Promise<void>;
  putPsychologist(psychologist: Psychologist): Promise<void>;
  /** Replaces the rule of the same site and id. */
  putRule(rule: AvailabilityRule): Promise<void>;
  removeRule(site: SiteId, id: string): Promise<void>;
  putAbsence(absence: Absence): Promise<void>;
  removeAbsence(id: string): Promise<void>;
  putClosure(closure: Closure): Promise<void>;
  removeClosure(id: string): Promise<void>;
  /** Replaces what was imported for the psychologist before. */
  putImportedBusy(busy: ImportedBusy): Promise<void>;
  removeImportedBusy(psychologist: PsychologistId): Promise<void>;
}
