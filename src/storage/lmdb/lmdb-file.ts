import type { Database, RootDatabase } from 'lmdb';
import { open } from 'lmdb';
import { StartError } from '../../kernel/errors.js';
import { makeFolder } from '../make-folder.js';

/**
 * One LMDB environment. A transaction that has resolved is on the disk: without `overlappingSync` a commit
 * waits for its flush (measured in docs/decisions/0003-embedded-store.md).
 */
export interface LmdbFile {
  /** Runs `action` alone, all of it or none; reads inside see its own writes. */
  transaction<T>(action: () => T): Promise<T>;
  /** The same, at once: for what must be done before the store is used. */
  transactionSync(action: () => void): void;
  table<Value>(name: string): Table<Value>;
  /** Copies what is alive, and only that, into another folder. */
  compactInto(folder: string): Promise<void>;
  close(): Promise<void>;
}

export type TableKey = string | number | (string | number)[];

/** Keys in order; values are copies. Writes belong inside `transaction`. */
export type Table<Value> = Pick<Database<Value, TableKey>, 'get' | 'getRange' | 'getKeys'> & {
  putSync(key: TableKey, value: Value): void;
  removeSync(key: TableKey): void;
};

/** Of any file of ours, however it is opened. The size is address space, not memory or disk: it grows as it fills. */
export const FILE_LIMITS = { maxDbs: 128, mapSize: 64 * 1024 ** 3 } as const;

/** @throws StartError when the folder cannot be used */
export function openLmdbFile(folder: string): LmdbFile {
  const root = openRoot(folder);
  return {
    transaction: (action) => root.transaction(action),
    transactionSync: (action) => {
      root.transactionSync(action);
    },
    table: <Value>(name: string) => root.openDB<Value, TableKey>({ name }) as unknown as Table<Value>,
    compactInto: (target) => root.backup(target, true),
    close: async () => {
      await root.flushed;
      await root.close();
    },
  };
}

function openRoot(folder: string): RootDatabase {
  try {
    makeFolder(folder);
    return open({
      path: folder,
      ...FILE_LIMITS,
      overlappingSync: false,
      noSubdir: false,
    });
  } catch (cause) {
    throw new StartError(`DATA_DIR: ${folder} cannot be used; choose a folder this account may write.`, {
      cause,
    });
  }
}

/** Writes the next version of a record, unless another one was written since it was read. */
export function saveNext<Value extends { version: number }>(
  table: Table<Value>,
  key: TableKey,
  value: Value,
): 'saved' | 'conflict' {
  if ((table.get(key)?.version ?? 0) !== value.version - 1) return 'conflict';
  table.putSync(key, value);
  return 'saved';
}

/** The values of a range of keys, at most `limit`. */
export function values<Value>(
  table: Table<Value>,
  range: { start?: TableKey; end?: TableKey; limit: number },
): Value[] {
  return [...table.getRange(range)].map(({ value }) => value);
}

/** Removes at most `limit` records that are over; each is looked at again where it is removed. @returns how many */
export async function removeWhere<Value>(
  file: LmdbFile,
  table: Table<Value>,
  { limit, over }: { limit: number; over: (value: Value) => boolean },
): Promise<number> {
  const keys: TableKey[] = [];
  for (const { key, value } of table.getRange({})) {
    if (keys.length >= limit) break;
    if (over(value)) keys.push(key);
  }
  if (keys.length === 0) return 0;
  return file.transaction(() => {
    const gone = keys.filter((key) => {
      const value = table.get(key);
      return value !== undefined && over(value);
    });
    for (const key of gone) table.removeSync(key);
    return gone.length;
  });
}
