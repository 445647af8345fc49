import type { Connection } from 'mongoose';
import type {
  DirectoryEdit,
  DirectoryEditStore,
  DirectoryGap,
  DirectoryGapStore,
} from '../../directory/directory-store.js';
import { any, collection, isDuplicate, plain, type Stored, upserted } from './collections.js';

const MAX_EDITS = 5_000;
/** Versions read to find the current ones. */
const MAX_VERSIONS = 50_000;
const MAX_GAPS = 1_000;

const versionId = (serviceId: string, version: number): string => `${serviceId}/${version}`;

/** One document for each version, never changed: that it can be added once decides between two editors. */
export function directoryEditStore(connection: Connection): DirectoryEditStore {
  const edits = collection<Stored<DirectoryEdit>>(connection, 'directory-versions', {
    fields: {
      _id: String,
      serviceId: String,
      version: Number,
      service: any,
      editedAt: Number,
      editedBy: String,
    },
    indexes: { plain: [['serviceId', 'version']] },
  });
  return {
    async list() {
      const versions = edits.find().sort({ serviceId: 1, version: 1 }).limit(MAX_VERSIONS);
      const all = await versions.lean<Stored<DirectoryEdit>[]>().exec();
      const current = new Map(all.map((edit) => [edit.serviceId, plain<DirectoryEdit>(edit)]));
      return [...current.values()].slice(0, MAX_EDITS);
    },
    async save(edit) {
      const { serviceId, version } = edit;
      const before = versionId(serviceId, version - 1);
      if (version > 1 && (await edits.findById(before).lean().exec()) === null) return 'conflict';
      try {
        await edits.create([{ ...edit, _id: versionId(serviceId, version) }]);
        return 'saved';
      } catch (error) {
        if (isDuplicate(error)) return 'conflict';
        throw error;
      }
    },
    async history(serviceId, limit) {
      const versions = edits
        .find({ serviceId } as object)
        .sort({ version: -1 })
        .limit(limit);
      const found = await versions.lean<Stored<DirectoryEdit>[]>().exec();
      return found.map((edit) => plain<DirectoryEdit>(edit));
    },
  };
}

export function directoryGapStore(connection: Connection): DirectoryGapStore {
  const gaps = collection<Stored<DirectoryGap>>(connection, 'directory-gaps', {
    fields: { _id: String, month: String, place: String, need: String, count: Number },
    indexes: { plain: [['month']] },
  });
  return {
    async add({ month, place, need }) {
      const _id = `${month}/${place}/${need}`;
      const change = { $inc: { count: 1 }, $setOnInsert: { month, place, need } } as object;
      await upserted(() => gaps.updateOne({ _id }, change, { upsert: true }).exec());
    },
    async ofMonth(month) {
      const found = gaps
        .find({ month } as object)
        .sort({ _id: 1 })
        .limit(MAX_GAPS);
      return (await found.lean<Stored<DirectoryGap>[]>().exec()).map((gap) => plain<DirectoryGap>(gap));
    },
  };
}
