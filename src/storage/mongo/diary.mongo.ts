import type { Connection, Model, SchemaDefinition } from 'mongoose';
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
import { any, collection, isDuplicate, type Stored, upserted } from './collections.js';

const DATES: SchemaDefinition = { recurrence: any, firstDate: String, lastDate: String };
const HOURS: SchemaDefinition = { from: String, to: String };

export function diaryStore(connection: Connection): DiaryStore {
  const kinds = collectionsOf(connection);
  const revisions = collection<{ _id: string; revision: number }>(connection, 'diary-revision', {
    fields: { _id: String, revision: Number },
  });

  const changed = async (): Promise<void> => {
    const change = { $inc: { revision: 1 } };
    await upserted(() => revisions.updateOne({ _id: 'diary' }, change, { upsert: true }).exec());
  };
  const put = async <T extends object>(model: Model<Stored<T>>, _id: string, value: T): Promise<void> => {
    await upserted(() => model.replaceOne({ _id } as object, marked(_id, value), { upsert: true }).exec());
    await changed();
  };
  const remove = async <T extends object>(model: Model<Stored<T>>, _id: string): Promise<void> => {
    await model.deleteOne({ _id } as object);
    await changed();
  };

  return {
    async change(wanted) {
      const model = modelOf(kinds, wanted.kind) as unknown as Model<Stored<DiaryEntry>>;
      const won = await changeOne(model, wanted);
      if (won) await changed();
      return won ? 'done' : 'conflict';
    },
    async revision() {
      const found = revisions.findById('diary').lean<{ revision: number }>();
      return (await found.exec())?.revision ?? 0;
    },
    async read() {
      const [sites, psychologists, rules, absences, closures, importedBusy] = await Promise.all([
        all(kinds.sites, DIARY_LIMITS.sites),
        all(kinds.psychologists, DIARY_LIMITS.psychologists),
        all(kinds.rules, DIARY_LIMITS.rules),
        all(kinds.absences, DIARY_LIMITS.absences),
        all(kinds.closures, DIARY_LIMITS.closures),
        all(kinds.importedBusy, DIARY_LIMITS.importedBusy),
      ]);
      return { sites, psychologists, rules, absences, closures, importedBusy };
    },
    putSite: (site) => put(kinds.sites, site.id, site),
    putPsychologist: (person) => put(kinds.psychologists, person.id, person),
    putRule: (rule) => put(kinds.rules, `${rule.site}|${rule.id}`, rule),
    removeRule: (site, id) => remove(kinds.rules, `${site}|${id}`),
    putAbsence: (absence) => put(kinds.absences, absence.id, absence),
    removeAbsence: (id) => remove(kinds.absences, id),
    putClosure: (closure) => put(kinds.closures, closure.id, closure),
    removeClosure: (id) => remove(kinds.closures, id),
    putImportedBusy: (busy) => put(kinds.importedBusy, busy.psychologist, busy),
    removeImportedBusy: (psychologist) => remove(kinds.importedBusy, psychologist),
  };
}

type Collections = ReturnType<typeof collectionsOf>;

/** `mark` says what the document says, for the conditional write. */
const marked = <T extends object>(_id: string, value: T): Stored<T> =>
  ({ ...value, _id, mark: markOf(value) }) as unknown as Stored<T>;

function modelOf(kinds: Collections, kind: DiaryChange['kind']) {
  const models = {
    ...{ site: kinds.sites, psychologist: kinds.psychologists, rule: kinds.rules },
    ...{ absence: kinds.absences, closure: kinds.closures },
  };
  return models[kind];
}

async function changeOne(model: Model<Stored<DiaryEntry>>, wanted: DiaryChange): Promise<boolean> {
  const { kind, before, after } = wanted;
  const entry = after ?? before;
  if (entry === null) return false;
  const _id = kind === 'rule' ? `${(entry as AvailabilityRule).site}|${entry.id}` : entry.id;
  if (before === null) return insert(model, marked(_id, entry));
  // Documents moved from another store have no mark: `null` also finds those.
  const seen = { _id, mark: { $in: [markOf(before), null] } } as object;
  if (after === null) return (await model.deleteOne(seen)).deletedCount === 1;
  return (await model.replaceOne(seen, marked(_id, after))).matchedCount === 1;
}

async function insert<T extends object>(model: Model<Stored<T>>, document: Stored<T>): Promise<boolean> {
  try {
    await model.create([document]);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

const collectionsOf = (connection: Connection) => ({
  sites: collection<Stored<Site>>(connection, 'sites', {
    fields: {
      ...{ _id: String, mark: String, id: String, kind: String, name: String, department: String },
      ...{ address: String, accessibility: String, zone: String, goodFriday: Boolean },
    },
  }),
  psychologists: collection<Stored<Psychologist>>(connection, 'psychologists', {
    fields: { _id: String, mark: String, id: String, label: String },
  }),
  rules: collection<Stored<AvailabilityRule>>(connection, 'availability', {
    fields: {
      ...{ _id: String, mark: String, id: String, psychologist: String, site: String, ...DATES, ...HOURS },
      modes: { type: [String], default: undefined },
      durations: { type: [Number], default: undefined },
      exceptions: any,
      worksOnHolidays: Boolean,
      ...{ bufferBefore: Number, bufferAfter: Number, step: Number, align: Number },
      ...{ noticeMinutes: Number, horizonDays: Number },
      operatorShare: any,
    },
  }),
  absences: collection<Stored<Absence>>(connection, 'absences', {
    fields: { _id: String, mark: String, id: String, psychologist: String, zone: String, ...DATES, ...HOURS },
  }),
  closures: collection<Stored<Closure>>(connection, 'closures', {
    fields: { _id: String, mark: String, id: String, site: String, ...DATES, ...HOURS },
  }),
  importedBusy: collection<Stored<ImportedBusy>>(connection, 'imported-busy', {
    fields: { _id: String, mark: String, psychologist: String, times: any },
  }),
});

async function all<T extends object>(model: Model<Stored<T>>, limit: number): Promise<T[]> {
  const documents = await model.find().sort({ _id: 1 }).limit(limit).lean<Stored<T>[]>().exec();
  return documents.map((document) => {
    const { _id, mark: _mark, ...value } = document as Stored<T> & { mark?: string };
    return value as unknown as T;
  });
}
