import type { AuditEntry } from '../../accounts/audit-entry.js';
import type { AuditStore } from '../../accounts/audit-store.js';
import { type LmdbFile, values } from './lmdb-file.js';

export function auditStore(file: LmdbFile): AuditStore {
  const entries = file.table<AuditEntry>('audit');
  const last = (): AuditEntry | undefined => {
    const [newest] = entries.getRange({ reverse: true, limit: 1 });
    return newest?.value;
  };
  return {
    append: (entry) =>
      file.transaction(() => {
        if (entry.seq !== (last()?.seq ?? 0) + 1) return 'taken';
        entries.putSync(entry.seq, entry);
        return 'appended';
      }),
    last: async () => last(),
    from: async (seq, limit) => values(entries, { start: seq, limit }),
    below: async (seq, limit) =>
      [...entries.getRange({ start: seq - 1, reverse: true, limit })].map(({ value }) => value),
    removeBelow: (seq) =>
      file.transaction(() => {
        for (const { key } of entries.getRange({ start: 0, end: seq })) entries.removeSync(key);
      }),
  };
}
