import { type CountStore, type DayCounts, MOST_DAYS, REMEMBERED_NAMES } from '../../reporting/count-store.js';
import type { Counts } from '../../reporting/counters.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

type StoredDay = DayCounts & { names: readonly string[] };

export function countStore(file: LmdbFile): CountStore {
  const days = file.table<StoredDay>('daily-counts');
  return {
    add: (day, counts, once) =>
      file.transaction(() => {
        const before = days.get(day) ?? { day, counts: {}, names: [] };
        if (once !== undefined && before.names.includes(once)) return 'already';
        const names = once === undefined ? before.names : [...before.names, once].slice(-REMEMBERED_NAMES);
        days.putSync(day, { day, counts: sum(before.counts, counts), names });
        return 'added';
      }),
    between: async (first, last) =>
      values(days, { start: first, end: `${last}\uffff`, limit: MOST_DAYS }).map(({ day, counts }) => ({
        day,
        counts,
      })),
  };
}

function sum(before: Counts, added: Counts): Counts {
  const total: Record<string, number> = { ...before };
  for (const [counter, count] of Object.entries(added)) total[counter] = (total[counter] ?? 0) + count;
  return total;
}
