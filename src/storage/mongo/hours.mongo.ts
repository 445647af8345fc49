import type { Connection } from 'mongoose';
import type { HoursEdit, HoursStore } from '../../opening-hours/hours-store.js';
import { any, collection, isDuplicate, plain, type Stored } from './collections.js';

const MAX_ENTRIES = 1_000;
/** Versions read to find the current ones. */
const MAX_VERSIONS = 50_000;

export const hoursVersionId = ({
  service,
  territory,
  version,
}: Pick<HoursEdit, 'service' | 'territory' | 'version'>): string => `${service}/${territory}/${version}`;

/** One document for each version, never changed: that it can be added once decides between two editors. */
export function hoursStore(connection: Connection): HoursStore {
  const edits = collection<Stored<HoursEdit>>(connection, 'hours-versions', {
    fields: {
      ...{ _id: String, service: String, territory: String, version: Number },
      ...{ hours: any, editedAt: Number, editedBy: String },
    },
    indexes: { plain: [['service', 'territory', 'version']] },
  });
  return {
    async list() {
      const versions = edits.find().sort({ service: 1, territory: 1, version: 1 }).limit(MAX_VERSIONS);
      const all = (await versions.lean<Stored<HoursEdit>[]>().exec()).map((edit) => plain<HoursEdit>(edit));
      const current = new Map(all.map((edit) => [`${edit.service}/${edit.territory}`, edit]));
      return [...current.values()].slice(0, MAX_ENTRIES);
    },
    async save(edit) {
      const before = hoursVersionId({ ...edit, version: edit.version - 1 });
      if (edit.version > 1 && (await edits.findById(before).lean().exec()) === null) return 'conflict';
      try {
        await edits.create([{ ...edit, _id: hoursVersionId(edit) }]);
        return 'saved';
      } catch (error) {
        if (isDuplicate(error)) return 'conflict';
        throw error;
      }
    },
    async history({ service, territory }, limit) {
      const versions = edits
        .find({ service, territory } as object)
        .sort({ version: -1 })
        .limit(limit);
      return (await versions.lean<Stored<HoursEdit>[]>().exec()).map((edit) => plain<HoursEdit>(edit));
    },
  };
}
