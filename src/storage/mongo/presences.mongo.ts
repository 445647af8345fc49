import type { Connection } from 'mongoose';
import type { Presence, PresenceStore } from '../../handoff/presence-store.js';
import { any, collection, plain, type Stored, saveNext } from './collections.js';

export function presenceStore(connection: Connection): PresenceStore {
  const presences = collection<Stored<Presence>>(connection, 'presences', {
    fields: {
      _id: String,
      staff: String,
      pseudonym: String,
      shiftSince: Number,
      seenAt: Number,
      viewing: String,
      state: any,
      heavy: Number,
      pauses: Number,
      version: Number,
    },
    indexes: { plain: [['seenAt']] },
  });
  return {
    async get(staff) {
      const document = await presences.findById(staff).lean<Stored<Presence>>().exec();
      return document === null ? undefined : plain<Presence>(document);
    },
    save: (presence) => saveNext<Presence>(presences, presence.staff, presence),
    async list(since, limit) {
      const found = presences
        .find({ seenAt: { $gte: since } } as object)
        .sort({ _id: 1 })
        .limit(limit);
      return (await found.lean<Stored<Presence>[]>().exec()).map((one) => plain<Presence>(one));
    },
  };
}
