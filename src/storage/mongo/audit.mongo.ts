import type { Connection } from 'mongoose';
import type { AuditEntry } from '../../accounts/audit-entry.js';
import type { AuditStore } from '../../accounts/audit-store.js';
import { collection, isDuplicate } from './collections.js';

interface AuditDocument extends Omit<AuditEntry, 'seq'> {
  _id: number;
}

/** The sequence number is the document's id: two that append at once cannot both have it. */
export function auditStore(connection: Connection): AuditStore {
  const entries = collection<AuditDocument>(connection, 'audit', {
    fields: { _id: Number, at: Number, by: String, act: String, on: String, previous: String, hash: String },
  });
  const entryOf = ({ _id, ...rest }: AuditDocument): AuditEntry => ({ seq: _id, ...rest });
  const found = async (filter: object, order: 1 | -1, limit: number): Promise<AuditEntry[]> => {
    const query = entries.find(filter).sort({ _id: order }).limit(limit);
    return (await query.lean<AuditDocument[]>().exec()).map(entryOf);
  };
  return {
    async append({ seq, ...rest }) {
      try {
        await entries.create([{ ...rest, _id: seq }]);
        return 'appended';
      } catch (error) {
        if (isDuplicate(error)) return 'taken';
        throw error;
      }
    },
    last: async () => (await found({}, -1, 1))[0],
    from: (seq, limit) => found({ _id: { $gte: seq } }, 1, limit),
    below: (seq, limit) => found({ _id: { $lt: seq } }, -1, limit),
    async removeBelow(seq) {
      await entries.deleteMany({ _id: { $lt: seq } });
    },
  };
}
