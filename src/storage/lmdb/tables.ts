import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { FILE_LIMITS } from './lmdb-file.js';

/** A file of the embedded store, read as it is: its tables by name, whatever they hold. */
export interface RawFile {
  tables(): string[];
  entries(table: string): Iterable<{ key: unknown; value: unknown }>;
  /** Copies what is alive, from one moment, into an existing folder. */
  copyInto(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a folder that exists; never makes one, so that it is safe beside a service that swaps its key file. */
export function openRawFile(folder: string): RawFile {
  if (!existsSync(path.join(folder, 'data.mdb'))) throw new Error('there is no store in this folder');
  const root: RootDatabase = open({
    path: folder,
    ...FILE_LIMITS,
    readOnly: true,
    noSubdir: false,
  });
  return {
    tables: () => [...root.getKeys()].map(String).sort(),
    entries: (table) =>
      root.openDB({ name: table }).getRange({}) as Iterable<{ key: unknown; value: unknown }>,
    copyInto: (target) => root.backup(target, true),
    close: () => root.close(),
  };
}

/** What a file holds, so that two can be compared: entries and a digest of each table. */
export type Contents = Readonly<Record<string, { entries: number; digest: string }>>;

export function contentsOf(file: RawFile): Contents {
  return Object.fromEntries(file.tables().map((table) => [table, contentsOfTable(file, table)]));
}

function contentsOfTable(file: RawFile, table: string): { entries: number; digest: string } {
  const hash = createHash('sha256');
  let entries = 0;
  for (const { key, value } of file.entries(table)) {
    entries += 1;
    hash.update(JSON.stringify([key, value])).update('\n');
  }
  return { entries, digest: hash.digest('hex') };
}
