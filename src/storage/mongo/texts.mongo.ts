import type { Connection } from 'mongoose';
import type { PendingText, TextStore } from '../../messages/text-store.js';
import { collection, plain, type Stored, saveNext } from './collections.js';

export function textStore(connection: Connection): TextStore {
  const texts = collection<Stored<PendingText>>(connection, 'texts', {
    fields: {
      ...{ _id: String, conversation: String, contact: String },
      ...{ dueAt: Number, tries: Number, version: Number },
    },
    indexes: { plain: [['dueAt']] },
  });
  return {
    save: (text) => saveNext<PendingText>(texts, text.conversation, text),
    async get(conversation) {
      const document = await texts.findById(conversation).lean<Stored<PendingText>>().exec();
      return document === null ? undefined : plain<PendingText>(document);
    },
    async due(at, limit) {
      const found = texts
        .find({ dueAt: { $lte: at } } as object)
        .sort({ dueAt: 1 })
        .limit(limit);
      return (await found.lean<Stored<PendingText>[]>().exec()).map((one) => plain<PendingText>(one));
    },
    async remove({ conversation, version }) {
      await texts.deleteOne({ _id: conversation, version } as object);
    },
  };
}
