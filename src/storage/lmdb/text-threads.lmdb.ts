import type { TextThread, TextThreadStore } from '../../phone-line/text-thread-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

const LOOKED_AT = 20_000;
const BATCH = 500;

export function textThreadStore(file: LmdbFile): TextThreadStore {
  const threads = file.table<TextThread>('text-threads');
  const byConversation = file.table<string>('text-threads-by-conversation');
  return {
    get: async (hash) => threads.get(hash),
    of: async (conversation) => {
      const hash = byConversation.get(conversation);
      const thread = hash === undefined ? undefined : threads.get(hash);
      return thread?.conversation === conversation ? thread : undefined;
    },
    save: (thread) =>
      file.transaction(() => {
        const before = threads.get(thread.hash);
        const outcome = saveNext(threads, thread.hash, thread);
        if (outcome === 'conflict') return outcome;
        if (before !== undefined) byConversation.removeSync(before.conversation);
        byConversation.putSync(thread.conversation, thread.hash);
        return outcome;
      }),
    unfinished: async (by, limit) =>
      values(threads, { limit: LOOKED_AT })
        .filter(({ sendingUntil }) => sendingUntil !== null && sendingUntil <= by)
        .slice(0, limit),
    removeBefore: (limits) =>
      file.transaction(() => {
        const old = values(threads, { limit: LOOKED_AT })
          .filter(({ seenAt, stopped }) => seenAt < (stopped ? limits.stopped : limits.quiet))
          .slice(0, BATCH);
        for (const { hash, conversation } of old) {
          threads.removeSync(hash);
          byConversation.removeSync(conversation);
        }
        return old.length;
      }),
  };
}
