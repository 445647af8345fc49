import type { CodePace, CodePaceStore } from '../../booking/code-pace-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext } from './lmdb-file.js';

const ONLY = 'pace';

export function codePaceStore(file: LmdbFile): CodePaceStore {
  const paces = file.table<CodePace>('code-pace');
  return {
    get: async () => paces.get(ONLY),
    save: (pace) => file.transaction(() => saveNext(paces, ONLY, pace)),
  };
}
