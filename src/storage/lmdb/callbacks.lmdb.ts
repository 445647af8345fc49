import type { Callback, CallbackId, CallbackStore } from '../../phone-line/callback-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

const LOOKED_AT = 10_000;
const BATCH = 500;

export function callbackStore(file: LmdbFile): CallbackStore {
  const callbacks = file.table<Callback>('callbacks');
  /** The live callback of a number's hash. */
  const live = file.table<CallbackId>('live-callbacks');
  return {
    create: (callback) =>
      file.transaction(() => {
        if (live.get(callback.key) !== undefined) return 'exists';
        callbacks.putSync(callback.id, callback);
        live.putSync(callback.key, callback.id);
        return 'created';
      }),
    get: async (id) => callbacks.get(id),
    ofNumber: async (key) => {
      const id = live.get(key);
      return id === undefined ? undefined : callbacks.get(id);
    },
    save: (callback) =>
      file.transaction(() => {
        const before = callbacks.get(callback.id);
        const outcome = saveNext(callbacks, callback.id, callback);
        if (outcome === 'saved' && callback.state.kind === 'done' && before !== undefined)
          live.removeSync(before.key);
        return outcome;
      }),
    listLive: async (limit) =>
      values(live, { limit })
        .flatMap((id) => callbacks.get(id) ?? [])
        .sort((a, b) => a.to - b.to),
    removeDoneBefore: (at) =>
      file.transaction(() => {
        const old = values(callbacks, { limit: LOOKED_AT })
          .filter(({ state }) => state.kind === 'done' && state.at < at)
          .slice(0, BATCH);
        for (const { id } of old) callbacks.removeSync(id);
        return old.length;
      }),
  };
}
