import type { ConversationHead, SealedMessage } from '../../conversations/conversation.js';
import type { ConversationStore } from '../../conversations/conversation-store.js';
import type { ConversationId } from '../../kernel/ids.js';
import type { LmdbFile, Table, TableKey } from './lmdb-file.js';
import { values } from './lmdb-file.js';

/** Sorts after every number and text in a key. */
const LAST = '\uffff';

export function conversationStore(file: LmdbFile): ConversationStore {
  const heads = file.table<ConversationHead>('conversations');
  const messages = file.table<SealedMessage>('messages');
  /** By owner, then last activity: `[owner, activeAt, id]`. */
  const byOwner = file.table<ConversationId>('conversations-by-owner');
  const byActivity = file.table<ConversationId>('conversations-by-activity');
  const deliveries = file.table<unknown>('deliveries');

  const index = (head: ConversationHead): [Table<ConversationId>, TableKey][] => [
    [byOwner, [head.owner.kind, head.activeAt, head.id]],
    [byActivity, [head.activeAt, head.id]],
  ];
  const write = (head: ConversationHead, before?: ConversationHead): void => {
    if (before !== undefined) for (const [table, key] of index(before)) table.removeSync(key);
    heads.putSync(head.id, head);
    for (const [table, key] of index(head)) table.putSync(key, head.id);
  };
  const append = (list: readonly SealedMessage[]): void => {
    for (const message of list) messages.putSync([message.conversation, message.seq], message);
  };
  const removeOne = (id: ConversationId): void => {
    const head = heads.get(id);
    if (head === undefined) return;
    for (const [table, key] of index(head)) table.removeSync(key);
    for (let seq = 1; seq <= head.lastSeq; seq += 1) messages.removeSync([id, seq]);
    deliveries.removeSync(id);
    heads.removeSync(id);
  };

  return {
    create: (head, list) =>
      file.transaction(() => {
        if (heads.get(head.id) !== undefined) return 'exists';
        write(head);
        append(list);
        return 'created';
      }),
    get: async (id) => heads.get(id),
    commit: (head, list) =>
      file.transaction(() => {
        const before = heads.get(head.id);
        if (before === undefined) return 'unknown';
        if (before.version !== head.version - 1) return 'conflict';
        write(head, before);
        append(list);
        return 'committed';
      }),
    messages: async (id, after, limit) =>
      values(messages, { start: [id, after + 1], end: [id, Number.MAX_SAFE_INTEGER], limit }),
    list: async ({ owners, activeSince = 0, limit }) =>
      owners
        .flatMap((owner) => values(byOwner, { start: [owner, activeSince], end: [owner, LAST], limit }))
        .flatMap((id) => heads.get(id) ?? [])
        .sort((a, b) => a.activeAt - b.activeAt)
        .slice(0, limit),
    inactiveSince: async (before, limit) =>
      values(byActivity, { start: [0], end: [before], limit: limit * 2 })
        .filter((id) => heads.get(id)?.alert === null)
        .slice(0, limit),
    remove: (ids) => file.transaction(() => ids.forEach(removeOne)),
  };
}
