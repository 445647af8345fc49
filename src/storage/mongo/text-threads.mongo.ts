import type { Connection } from 'mongoose';
import type { TextThread, TextThreadStore } from '../../phone-line/text-thread-store.js';
import { collection, plain, type Stored, saveNext } from './collections.js';

export function textThreadStore(connection: Connection): TextThreadStore {
  const threads = collection<Stored<TextThread>>(connection, 'text-threads', {
    fields: {
      _id: String,
      hash: String,
      conversation: String,
      contact: String,
      keptAt: Number,
      seenAt: Number,
      stopped: Boolean,
      sentSeq: Number,
      sendingUntil: Number,
      more: Boolean,
      failures: Number,
      version: Number,
    },
    indexes: { plain: [['conversation'], ['sendingUntil'], ['seenAt']] },
  });
  const found = (document: Stored<TextThread> | null): TextThread | undefined =>
    document === null ? undefined : plain<TextThread>(document);
  return {
    get: async (hash) => found(await threads.findById(hash).lean<Stored<TextThread>>().exec()),
    of: async (conversation) =>
      found(
        await threads
          .findOne({ conversation } as object)
          .lean<Stored<TextThread>>()
          .exec(),
      ),
    save: (thread) => saveNext<TextThread>(threads, thread.hash, thread),
    async unfinished(by, limit) {
      const due = threads.find({ sendingUntil: { $ne: null, $lte: by } } as object).limit(limit);
      return (await due.lean<Stored<TextThread>[]>().exec()).map((one) => plain<TextThread>(one));
    },
    async removeBefore({ quiet, stopped }) {
      const old = {
        $or: [
          { stopped: false, seenAt: { $lt: quiet } },
          { stopped: true, seenAt: { $lt: stopped } },
        ],
      };
      return (await threads.deleteMany(old as object)).deletedCount;
    },
  };
}
