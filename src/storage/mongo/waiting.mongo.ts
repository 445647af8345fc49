import type { Connection } from 'mongoose';
import type { WaitingEntry, WaitingStore } from '../../booking/waiting-store.js';
import { any, collection, plain, type Stored, saveNext } from './collections.js';

export function waitingStore(connection: Connection): WaitingStore {
  const entries = collection<Stored<WaitingEntry>>(connection, 'waiting', {
    fields: {
      ...{ _id: String, codeHash: String, sites: [String], mode: String, wish: any, before: Number },
      ...{ reach: any, language: String, since: Number, until: Number, offer: any, missed: Number },
      ...{ declined: any, version: Number },
    },
    indexes: { plain: [['since']] },
  });
  return {
    save: (entry) => saveNext<WaitingEntry>(entries, entry.codeHash, entry),
    async get(codeHash) {
      const document = await entries.findById(codeHash).lean<Stored<WaitingEntry>>().exec();
      return document === null ? undefined : plain<WaitingEntry>(document);
    },
    async list(limit) {
      const found = entries.find().sort({ since: 1 }).limit(limit);
      return (await found.lean<Stored<WaitingEntry>[]>().exec()).map((one) => plain<WaitingEntry>(one));
    },
    async remove(codeHash) {
      await entries.deleteOne({ _id: codeHash });
    },
  };
}
