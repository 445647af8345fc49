import type { HoursEdit, HoursStore } from '../../opening-hours/hours-store.js';
import type { HoursKey } from '../../opening-hours/opening-hours.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const MAX_ENTRIES = 1_000;
/** Versions read to find the current ones. */
const MAX_VERSIONS = 50_000;

/** Keyed by service, territory and version: the last version of an entry is the current one. */
export function hoursStore(file: LmdbFile): HoursStore {
  const edits = file.table<HoursEdit>('hours-versions');
  const entry = ({ service, territory }: HoursKey): string => `${service}/${territory}`;
  return {
    async list() {
      const versions = values(edits, { limit: MAX_VERSIONS });
      return [...new Map(versions.map((edit) => [entry(edit), edit])).values()].slice(0, MAX_ENTRIES);
    },
    save: (edit) =>
      file.transaction(() => {
        const key = entry(edit);
        const follows = edit.version === 1 || edits.get([key, edit.version - 1]) !== undefined;
        if (!follows || edits.get([key, edit.version]) !== undefined) return 'conflict';
        edits.putSync([key, edit.version], edit);
        return 'saved';
      }),
    async history(key, limit) {
      const range = { start: [entry(key)], end: [entry(key), Number.MAX_SAFE_INTEGER], limit: MAX_VERSIONS };
      return values(edits, range).reverse().slice(0, limit);
    },
  };
}
