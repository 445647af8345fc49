import type {
  Absence,
  AvailabilityRule,
  Closure,
  ImportedBusy,
  Psychologist,
  Site,
} from '../../booking/booking.js';
import { markOf } from '../../booking/diary-mark.js';
import {
  DIARY_LIMITS,
  type DiaryChange,
  type DiaryEntry,
  type DiaryStore,
} from '../../booking/diary-store.js';
import { type LmdbFile, type Table, type TableKey, values } from './lmdb-file.js';

export function diaryStore(file: LmdbFile): DiaryStore {
  const sites = file.table<Site>('sites');
  const psychologists = file.table<Psychologist>('psychologists');
  /** `[site, id]`. */
  const rules = file.table<AvailabilityRule>('availability');
  const absences = file.table<Absence>('absences');
  const closures = file.table<Closure>('closures');
  const imported = file.table<ImportedBusy>('imported-busy');
  const revisions = file.table<number>('diary-revision');

  const change = (write: () => void): Promise<void> =>
    file.transaction(() => {
      write();
      revisions.putSync('diary', (revisions.get('diary') ?? 0) + 1);
    });

  const tables = {
    site: sites,
    psychologist: psychologists,
    rule: rules,
    absence: absences,
    closure: closures,
  };

  return {
    change: (wanted) =>
      file.transaction(() => {
        const table = tables[wanted.kind] as Table<DiaryEntry>;
        const { before, after } = wanted;
        const key = keyOf(wanted);
        const stored = table.get(key);
        if (!isSame(stored, before)) return 'conflict';
        if (after === null) table.removeSync(key);
        else table.putSync(key, after);
        revisions.putSync('diary', (revisions.get('diary') ?? 0) + 1);
        return 'done';
      }),
    revision: async () => revisions.get('diary') ?? 0,
    read: async () => ({
      sites: values(sites, { limit: DIARY_LIMITS.sites }),
      psychologists: values(psychologists, { limit: DIARY_LIMITS.psychologists }),
      rules: values(rules, { limit: DIARY_LIMITS.rules }),
      absences: values(absences, { limit: DIARY_LIMITS.absences }),
      closures: values(closures, { limit: DIARY_LIMITS.closures }),
      importedBusy: values(imported, { limit: DIARY_LIMITS.importedBusy }),
    }),
    putSite: (site) => change(() => sites.putSync(site.id, site)),
    putPsychologist: (person) => change(() => psychologists.putSync(person.id, person)),
    putRule: (rule) => change(() => rules.putSync([rule.site, rule.id], rule)),
    removeRule: (site, id) => change(() => rules.removeSync([site, id])),
    putAbsence: (absence) => change(() => absences.putSync(absence.id, absence)),
    removeAbsence: (id) => change(() => absences.removeSync(id)),
    putClosure: (closure) => change(() => closures.putSync(closure.id, closure)),
    removeClosure: (id) => change(() => closures.removeSync(id)),
    putImportedBusy: (busy) => change(() => imported.putSync(busy.psychologist, busy)),
    removeImportedBusy: (psychologist) => change(() => imported.removeSync(psychologist)),
  };
}

function keyOf({ kind, before, after }: DiaryChange): TableKey {
  const entry = after ?? before;
  if (kind === 'rule') return [(entry as AvailabilityRule | null)?.site ?? '', entry?.id ?? ''];
  return entry?.id ?? '';
}

const isSame = (stored: DiaryEntry | undefined, before: DiaryEntry | null): boolean =>
  stored === undefined || before === null
    ? stored === undefined && before === null
    : markOf(stored) === markOf(before);
