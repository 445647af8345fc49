import type { Connection } from 'mongoose';
import type { Callback, CallbackStore } from '../../phone-line/callback-store.js';
import { any, collection, isDuplicate, plain, type Stored } from './collections.js';

export function callbackStore(connection: Connection): CallbackStore {
  const callbacks = collection<Stored<Callback>>(connection, 'callbacks', {
    fields: {
      _id: String,
      id: String,
      key: String,
      conversation: String,
      contact: String,
      language: String,
      from: Number,
      to: Number,
      mayLeaveMessage: Boolean,
      askedAt: Number,
      state: any,
      attempts: any,
      version: Number,
    },
    indexes: { unique: ['key'], plain: [['to']] },
  });
  const found = (document: Stored<Callback> | null): Callback | undefined =>
    document === null ? undefined : plain<Callback>(document);
  return {
    async create(callback) {
      try {
        await callbacks.create([{ ...callback, _id: callback.id }]);
        return 'created';
      } catch (error) {
        if (isDuplicate(error)) return 'exists';
        throw error;
      }
    },
    get: async (id) => found(await callbacks.findById(id).lean<Stored<Callback>>().exec()),
    ofNumber: async (key) =>
      found(
        await callbacks
          .findOne({ key } as object)
          .lean<Stored<Callback>>()
          .exec(),
      ),
    async save(callback) {
      const expected = { _id: callback.id, version: callback.version - 1 } as object;
      const { matchedCount } = await callbacks.replaceOne(expected, { ...callback, _id: callback.id });
      return matchedCount === 1 ? 'saved' : 'conflict';
    },
    async listLive(limit) {
      const live = callbacks
        .find({ 'state.kind': { $ne: 'done' } } as object)
        .sort({ to: 1 })
        .limit(limit);
      return (await live.lean<Stored<Callback>[]>().exec()).map((one) => plain<Callback>(one));
    },
    async removeDoneBefore(at) {
      const old = { 'state.kind': 'done', 'state.at': { $lt: at } };
      return (await callbacks.deleteMany(old as object)).deletedCount;
    },
  };
}
