import type { ConversationId } from '../../kernel/ids.js';
import type { PendingText, TextStore } from '../../messages/text-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

export function textStore(file: LmdbFile): TextStore {
  const texts = file.table<PendingText>('texts');
  /** `[dueAt, conversation]`. */
  const byDue = file.table<ConversationId>('texts-by-due');
  return {
    save: (text) =>
      file.transaction(() => {
        const before = texts.get(text.conversation);
        if (saveNext(texts, text.conversation, text) === 'conflict') return 'conflict';
        if (before !== undefined) byDue.removeSync([before.dueAt, before.conversation]);
        byDue.putSync([text.dueAt, text.conversation], text.conversation);
        return 'saved';
      }),
    get: async (conversation) => texts.get(conversation),
    due: async (at, limit) =>
      values(byDue, { start: [0, ''], end: [at, '\uffff'], limit }).flatMap((id) => texts.get(id) ?? []),
    remove: ({ conversation, version }) =>
      file.transaction(() => {
        const before = texts.get(conversation);
        if (before?.version !== version) return;
        byDue.removeSync([before.dueAt, conversation]);
        texts.removeSync(conversation);
      }),
  };
}
