import type { ChatCode, ChatCodeStore, ChatLink } from '../../phone-line/chat-codes.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const BATCH = 500;

export function chatCodeStore(file: LmdbFile): ChatCodeStore {
  const codes = file.table<ChatCode>('chat-codes');
  const links = file.table<ChatLink>('chat-links');
  return {
    add: (code, now) =>
      file.transaction(() => {
        const known = codes.get(code.hash);
        if (known !== undefined && known.until > now) return 'taken';
        codes.putSync(code.hash, code);
        return 'added';
      }),
    get: async (hash) => codes.get(hash),
    removeEnded: (now) =>
      file.transaction(() => {
        const ended = values(codes, { limit: 20 * BATCH }).filter(({ until }) => until <= now);
        for (const { hash } of ended.slice(0, BATCH)) codes.removeSync(hash);
        return Math.min(ended.length, BATCH);
      }),
    link: (link) => file.transaction(() => links.putSync(link.call, link)),
    linkOf: async (call) => links.get(call),
    removeLinksBefore: (at) =>
      file.transaction(() => {
        const old = values(links, { limit: 20 * BATCH }).filter((link) => link.at < at);
        for (const { call } of old.slice(0, BATCH)) links.removeSync(call);
        return Math.min(old.length, BATCH);
      }),
  };
}
