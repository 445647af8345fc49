import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DailyKeyStore } from '../../privacy/daily-key-store.js';
import type { RecordKeyStore } from '../../privacy/record-key-store.js';
import { type LmdbFile, openLmdbFile } from './lmdb-file.js';
import { dailyKeyStore } from './privacy.lmdb.js';

/** Keys whose destruction destroys what they lock: in a small file of their own. */
export interface KeyFile {
  recordKeys: RecordKeyStore;
  dailyKeys: DailyKeyStore;
  close(): Promise<void>;
}

/**
 * LMDB leaves what is removed in its file until the page is used again. So each destruction copies what is
 * alive into a new file, which takes the place of the old one. The file holds about 150 bytes a conversation.
 */
export function openKeyFile(dataDir: string): KeyFile {
  const folder = path.join(dataDir, 'keys');
  const spare = path.join(dataDir, 'keys.new');
  recover(folder, spare);
  let file = openLmdbFile(folder);
  let running: Promise<unknown> = Promise.resolve();

  /** One at a time: the file changes under the tables. */
  const alone = <T>(task: () => Promise<T>): Promise<T> => {
    const result = running.then(task, task);
    running = result.catch(() => undefined);
    return result;
  };
  const keys = (): ReturnType<typeof recordTable> => recordTable(file);

  const compact = async (): Promise<void> => {
    rmSync(spare, { recursive: true, force: true });
    mkdirSync(spare, { recursive: true });
    await file.compactInto(spare);
    await file.close();
    rmSync(folder, { recursive: true, force: true });
    renameSync(spare, folder);
    file = openLmdbFile(folder);
  };

  return {
    recordKeys: {
      create: (record, wrapped) =>
        alone(() =>
          file.transaction(() => {
            if (keys().get(record) !== undefined) return 'exists' as const;
            keys().putSync(record, wrapped);
            return 'created' as const;
          }),
        ),
      get: (record) => alone(async () => keys().get(record)),
      destroy: (records) =>
        alone(async () => {
          await file.transaction(() => {
            for (const record of records) keys().removeSync(record);
          });
          await compact();
        }),
    },
    dailyKeys: {
      list: () => alone(() => dailyKeyStore(file).list()),
      add: (key) => alone(() => dailyKeyStore(file).add(key)),
      destroy: (day) =>
        alone(async () => {
          await dailyKeyStore(file).destroy(day);
          await compact();
        }),
    },
    close: () => alone(() => file.close()),
  };
}

const recordTable = (file: LmdbFile) => file.table<string>('record-keys');

/** A crash between removing the old file and naming the new one leaves only the new one, which is whole. */
function recover(folder: string, spare: string): void {
  if (existsSync(spare) && !existsSync(folder)) renameSync(spare, folder);
}
