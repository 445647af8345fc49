import type { Connection } from 'mongoose';
import type { ErasureStore, PendingErasure } from '../../phone-line/carrier-records.js';
import type { RosterEntry } from '../../phone-line/roster.js';
import { MAX_ROSTER_ENTRIES, type RosterStore } from '../../phone-line/roster-store.js';
import { any, collection, plain, type Stored } from './collections.js';

export function rosterStore(connection: Connection): RosterStore {
  const entries = collection<Stored<{ entry: RosterEntry }>>(connection, 'roster', {
    fields: { _id: String, entry: any },
  });
  const key = ({ kind, id }: Pick<RosterEntry, 'kind' | 'id'>): string => `${kind}|${id}`;
  return {
    list: async () =>
      (await entries.find().limit(MAX_ROSTER_ENTRIES).lean<{ entry: RosterEntry }[]>().exec()).map(
        ({ entry }) => entry,
      ),
    async put(entry) {
      const _id = key(entry);
      await entries.replaceOne({ _id }, { _id, entry }, { upsert: true });
    },
    async remove(entry) {
      await entries.deleteOne({ _id: key(entry) });
    },
  };
}

export function erasureStore(connection: Connection): ErasureStore {
  const erasures = collection<Stored<PendingErasure>>(connection, 'erasures', {
    fields: { _id: String, id: String, kind: String, sealed: String, dueAt: Number, attempts: Number },
    indexes: { plain: [['dueAt']] },
  });
  return {
    async put(pending) {
      await erasures.replaceOne({ _id: pending.id }, { ...pending, _id: pending.id }, { upsert: true });
    },
    async due(by, limit) {
      const found = erasures
        .find({ dueAt: { $lte: by } } as object)
        .sort({ dueAt: 1 })
        .limit(limit);
      return (await found.lean<Stored<PendingErasure>[]>().exec()).map((one) => plain<PendingErasure>(one));
    },
    async remove(id) {
      await erasures.deleteOne({ _id: id });
    },
  };
}
