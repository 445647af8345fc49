import type { Connection } from 'mongoose';
import type { ChatCode, ChatCodeStore, ChatLink } from '../../phone-line/chat-codes.js';
import { collection, isDuplicate, plain, type Stored } from './collections.js';

export function chatCodeStore(connection: Connection): ChatCodeStore {
  const codes = collection<Stored<ChatCode>>(connection, 'chat-codes', {
    fields: { _id: String, hash: String, conversation: String, until: Number },
    indexes: { plain: [['until']] },
  });
  const links = collection<Stored<ChatLink>>(connection, 'chat-links', {
    fields: { _id: String, call: String, chat: String, at: Number },
    indexes: { plain: [['at']] },
  });
  return {
    async add(code, now) {
      const document = { ...code, _id: code.hash };
      try {
        await codes.replaceOne({ _id: code.hash, until: { $lte: now } } as object, document, {
          upsert: true,
        });
        return 'added';
      } catch (error) {
        if (isDuplicate(error)) return 'taken';
        throw error;
      }
    },
    async get(hash) {
      const document = await codes.findById(hash).lean<Stored<ChatCode>>().exec();
      return document === null ? undefined : plain<ChatCode>(document);
    },
    async removeEnded(now) {
      const { deletedCount } = await codes.deleteMany({ until: { $lte: now } } as object);
      return deletedCount;
    },
    async link(link) {
      await links.replaceOne({ _id: link.call }, { ...link, _id: link.call }, { upsert: true });
    },
    async linkOf(call) {
      const document = await links.findById(call).lean<Stored<ChatLink>>().exec();
      return document === null ? undefined : plain<ChatLink>(document);
    },
    async removeLinksBefore(at) {
      const { deletedCount } = await links.deleteMany({ at: { $lt: at } } as object);
      return deletedCount;
    },
  };
}
