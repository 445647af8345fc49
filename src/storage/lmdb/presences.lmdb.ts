import type { Presence, PresenceStore } from '../../handoff/presence-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

/** As many as there may be accounts. */
const MOST = 1_000;

export function presenceStore(file: LmdbFile): PresenceStore {
  const presences = file.table<Presence>('presences');
  return {
    get: async (staff) => presences.get(staff),
    save: (presence) => file.transaction(() => saveNext(presences, presence.staff, presence)),
    list: async (since, limit) =>
      values(presences, { limit: MOST })
        .filter(({ seenAt }) => seenAt >= since)
        .slice(0, limit),
  };
}
