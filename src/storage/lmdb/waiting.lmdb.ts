import type { WaitingEntry, WaitingStore } from '../../booking/waiting-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

export function waitingStore(file: LmdbFile): WaitingStore {
  const entries = file.table<WaitingEntry>('waiting');
  /** `[since, codeHash]`. */
  const line = file.table<string>('waiting-line');
  return {
    save: (entry) =>
      file.transaction(() => {
        const before = entries.get(entry.codeHash);
        if (saveNext(entries, entry.codeHash, entry) === 'conflict') return 'conflict';
        if (before !== undefined) line.removeSync([before.since, before.codeHash]);
        line.putSync([entry.since, entry.codeHash], entry.codeHash);
        return 'saved';
      }),
    get: async (codeHash) => entries.get(codeHash),
    list: async (limit) => values(line, { limit }).flatMap((codeHash) => entries.get(codeHash) ?? []),
    remove: (codeHash) =>
      file.transaction(() => {
        const before = entries.get(codeHash);
        if (before === undefined) return;
        line.removeSync([before.since, codeHash]);
        entries.removeSync(codeHash);
      }),
  };
}
