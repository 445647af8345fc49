import type { Connection } from 'mongoose';
import type { DroppedCall, DroppedCallStore } from '../../phone-line/dropped-calls.js';
import { collection, plain, type Stored } from './collections.js';

export function droppedCallStore(connection: Connection): DroppedCallStore {
  const calls = collection<Stored<DroppedCall>>(connection, 'dropped-calls', {
    fields: { _id: String, hash: String, conversation: String, at: Number },
    indexes: { plain: [['at']] },
  });
  return {
    async put(call) {
      await calls.replaceOne({ _id: call.hash }, { ...call, _id: call.hash }, { upsert: true });
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
