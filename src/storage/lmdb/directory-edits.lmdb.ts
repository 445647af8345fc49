import type { DirectoryEdit, DirectoryEditStore } from '../../directory/directory-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

const MAX_EDITS = 5_000;

export function directoryEditStore(file: LmdbFile): DirectoryEditStore {
  const edits = file.table<DirectoryEdit>('directory-edits');
  return {
    list: async () => values(edits, { limit: MAX_EDITS }),
    save: (edit) => file.transaction(() => saveNext(edits, edit.serviceId, edit)),
  };
}
