import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLmdb } from '../../src/storage/lmdb/open-lmdb.js';
import type { Stores } from '../../src/storage/stores.js';

export interface TemporaryStore {
  stores: Stores;
  folder: string;
  remove(): Promise<void>;
}

/** An embedded store in a folder of its own, gone after the test. */
export async function temporaryStore(): Promise<TemporaryStore> {
  const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  const stores = openLmdb({ dataDir: folder, serving: false });
  return {
    stores,
    folder,
    remove: async () => {
      await stores.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
