import type { DroppedCall, DroppedCallStore } from '../../phone-line/dropped-calls.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const BATCH = 500;
const LOOKED_AT = 20_000;

export function droppedCallStore(file: LmdbFile): DroppedCallStore {
  const calls = file.table<DroppedCall>('dropped-calls');
  return {
    put: (call) => file.transaction(() => calls.putSync(call.hash, call)),
    get: async (hash) => calls.get(hash),
    removeBefore: (at) =>
      file.transaction(() => {
        const old = values(calls, { limit: LOOKED_AT }).filter((call) => call.at < at);
        for (const { hash } of old.slice(0, BATCH)) calls.removeSync(hash);
        return Math.min(old.length, BATCH);
      }),
  };
}
