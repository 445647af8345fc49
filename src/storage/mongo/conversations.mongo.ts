import type { Connection } from 'mongoose';
import type { ConversationHead, SealedMessage } from '../../conversations/conversation.js';
import type { ConversationStore } from '../../conversations/conversation-store.js';
import type { ConversationId } from '../../kernel/ids.js';
import { any, collection, isDuplicate, plain, type Stored } from './collections.js';
import { DELIVERIES } from './deliveries.mongo.js';

/**
 * A head carries the messages of its last write (`tail`), so that state and messages are one conditional
 * write. They are copied to the message log before the next write takes their place: a reader that takes the
 * head first, then the log, never meets a hole.
 */
type HeadDocument = Stored<ConversationHead & { ownerKind: string; tail: SealedMessage[] }>;
type MessageDocument = Stored<SealedMessage>;

export function conversationStore(connection: Connection): ConversationStore {
  const heads = collection<HeadDocument>(connection, 'conversations', {
    fields: {
      _id: String,
      id: String,
      channel: String,
      language: String,
      owner: any,
      ownerKind: String,
      epoch: Number,
      version: Number,
      lastSeq: Number,
      openedAt: Number,
      activeAt: Number,
      alert: String,
      lineRequest: String,
      offer: any,
      humanPart: any,
      sealedState: String,
      tail: [any],
    },
    indexes: { plain: [['ownerKind', 'activeAt'], ['activeAt']] },
  });
  const log = collection<MessageDocument>(connection, 'messages', {
    fields: { _id: String, conversation: String, seq: Number, from: String, at: Number, sealed: String },
    indexes: { plain: [['conversation', 'seq']] },
  });

  const documentOf = (head: ConversationHead, tail: readonly SealedMessage[]): HeadDocument => ({
    ...head,
    _id: head.id,
    ownerKind: head.owner.kind,
    tail: [...tail],
  });
  const headOf = (document: HeadDocument): ConversationHead => {
    const { ownerKind: _kind, tail: _tail, ...head } = plain(document);
    return head as ConversationHead;
  };
  const read = (id: ConversationId): Promise<HeadDocument | null> =>
    heads.findById(id).lean<HeadDocument>().exec();

  /** May be done twice, and by two at once. */
  const copyTail = async (tail: readonly SealedMessage[]): Promise<void> => {
    if (tail.length === 0) return;
    await log.bulkWrite(
      tail.map((message) => {
        const _id = `${message.conversation}|${message.seq}`;
        return { updateOne: { filter: { _id }, update: { $setOnInsert: message }, upsert: true } };
      }),
    );
  };

  return {
    async create(head, messages) {
      try {
        await heads.create([documentOf(head, messages)]);
        return 'created';
      } catch (error) {
        if (isDuplicate(error)) return 'exists';
        throw error;
      }
    },
    async get(id) {
      const document = await read(id);
      return document === null ? undefined : headOf(document);
    },
    async commit(head, messages) {
      const before = await read(head.id);
      if (before === null) return 'unknown';
      if (before.version !== head.version - 1) return 'conflict';
      await copyTail(before.tail);
      const expected = { _id: head.id, version: head.version - 1 };
      const { matchedCount } = await heads.replaceOne(expected, documentOf(head, messages));
      return matchedCount === 1 ? 'committed' : 'conflict';
    },
    async messages(id, after, limit) {
      const head = await read(id);
      if (head === null) return [];
      const tail = head.tail.filter(({ seq }) => seq > after);
      const first = head.tail[0]?.seq ?? head.lastSeq + 1;
      const range = { conversation: id, seq: { $gt: after, $lt: first } };
      const older = await log.find(range).sort({ seq: 1 }).limit(limit).lean<MessageDocument[]>().exec();
      return [...older.map(plain), ...tail].slice(0, limit) as SealedMessage[];
    },
    async list({ owners, activeSince, limit }) {
      const active = activeSince === undefined ? {} : { activeAt: { $gte: activeSince } };
      const found = heads.find({ ownerKind: { $in: [...owners] }, ...active } as object);
      return (await found.sort({ activeAt: 1 }).limit(limit).lean<HeadDocument[]>().exec()).map(headOf);
    },
    async inactiveSince(before, limit) {
      const found = heads.find({ activeAt: { $lt: before }, alert: null });
      const documents = await found.sort({ activeAt: 1 }).limit(limit).lean<HeadDocument[]>().exec();
      return documents.map(({ id }) => id);
    },
    async remove(ids) {
      await heads.deleteMany({ _id: { $in: [...ids] } });
      await log.deleteMany({ conversation: { $in: [...ids] } });
      await connection.collection<{ _id: string }>(DELIVERIES).deleteMany({ _id: { $in: [...ids] } });
    },
  };
}
