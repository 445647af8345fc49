import type {
  DirectoryEdit,
  DirectoryEditStore,
  DirectoryGap,
  DirectoryGapStore,
} from '../../directory/directory-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const MAX_EDITS = 5_000;
/** Versions read to find the current ones. */
const MAX_VERSIONS = 50_000;
const MAX_GAPS = 1_000;

/** Keyed by entry and version: the last version of an entry is the current one. */
export function directoryEditStore(file: LmdbFile): DirectoryEditStore {
  const edits = file.table<DirectoryEdit>('directory-versions');
  return {
    async list() {
      const versions = values(edits, { limit: MAX_VERSIONS });
      const current = new Map(versions.map((edit) => [edit.serviceId, edit]));
      return [...current.values()].slice(0, MAX_EDITS);
    },
    save: (edit) =>
      file.transaction(() => {
        const { serviceId, version } = edit;
        const follows = version === 1 || edits.get([serviceId, version - 1]) !== undefined;
        if (!follows || edits.get([serviceId, version]) !== undefined) return 'conflict';
        edits.putSync([serviceId, version], edit);
        return 'saved';
      }),
    async history(serviceId, limit) {
      const range = { start: [serviceId], end: [serviceId, Number.MAX_SAFE_INTEGER], limit: MAX_VERSIONS };
      return values(edits, range).reverse().slice(0, limit);
    },
  };
}

export function directoryGapStore(file: LmdbFile): DirectoryGapStore {
  const gaps = file.table<DirectoryGap>('directory-gaps');
  return {
    async add({ month, place, need }) {
      const key = [month, place, need];
      await file.transaction(() => {
        const count = (gaps.get(key)?.count ?? 0) + 1;
        gaps.putSync(key, { month, place, need, count });
      });
    },
    ofMonth: async (month) => values(gaps, { start: [month], end: [`${month}~`], limit: MAX_GAPS }),
  };
}
