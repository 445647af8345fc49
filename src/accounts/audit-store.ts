import type { AuditEntry } from './audit-entry.js';

export interface AuditStore {
  /** Appends unless this sequence number is taken; entries are never changed. */
  append(entry: AuditEntry): Promise<'appended' | 'taken'>;
  last(): Promise<AuditEntry | undefined>;
  /** Entries from `seq` on, oldest first. */
  from(seq: number, limit: number): Promise<AuditEntry[]>;
  /** Entries below `seq`, newest first. */
  below(seq: number, limit: number): Promise<AuditEntry[]>;
  /** Retention only: removes the entries below `seq`. */
  removeBelow(seq: number): Promise<void>;
}
