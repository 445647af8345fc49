import type { Connection } from 'mongoose';
import type { DroppedCall, DroppedCallStore } from '../../phone-line/dropped-calls.js';
import { collection, plain, type Stored, upserted } from './collections.js';

export function droppedCallStore(connection: Connection): DroppedCallStore {
  const calls = collection<Stored<DroppedCall>>(connection, 'dropped-calls', {
    fields: { _id: String, hash: String, conversation: String, at: Number },
    indexes: { plain: [['at']] },
  });
  return {
    async put(call) {
      const document = { ...call, _id: call.hash };
      await upserted(() => calls.replaceOne({ _id: call.hash }, document, { upsert: true }).exec());
    },
    async get(hash) {
      const document = await calls.findById(hash).lean<Stored<DroppedCall>>().exec();
      return document === null ? undefined : plain<DroppedCall>(document);
    },
    async removeBefore(at) {
      return (await calls.deleteMany({ at: { $lt: at } } as object)).deletedCount;
    },
  };
}
