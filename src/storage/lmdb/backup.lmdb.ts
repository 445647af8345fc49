import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { CodedError } from '../../kernel/errors.js';
import type { SealedContact } from '../../privacy/vault-store.js';
import { openLmdbFile, values } from './lmdb-file.js';
import { vaultStore } from './privacy.lmdb.js';
import { type Contents, contentsOf, openRawFile, type RawFile } from './tables.js';

/** The two files of the embedded store; the second holds the keys whose destruction destroys words. */
const FILES = ['store', 'keys'] as const;
/** Keys of a service on loopback; in production they are in the environment, and in no backup. */
const LOOPBACK_KEYS = 'keys.json';
const MANIFEST = 'backup.json';

const contentsSchema = z.record(z.string(), z.object({ entries: z.number(), digest: z.string() }));
const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  store: contentsSchema,
  keys: contentsSchema,
});
type Manifest = z.infer<typeof manifestSchema>;

const KEY_FILE_TRIES = 50;
const KEY_FILE_WAIT_MS = 20;

/**
 * Copies the store while it is served, into a new folder, and reads the copy back.
 * The records are copied before the keys: whatever is in the copy can be read, unless it was destroyed meanwhile.
 */
export async function backupLmdb(given: { dataDir: string; to: string; now: Date }): Promise<Manifest> {
  const { dataDir, to, now } = given;
  if (!existsSync(path.join(dataDir, 'store', 'data.mdb')))
    throw new CodedError('not-found', `DATA_DIR: there is no store in ${dataDir}; nothing was copied.`);
  const work = `${to}.part`;
  startFolder(to, work);
  for (const file of FILES) {
    mkdirSync(path.join(work, file));
    const raw = await openPatiently(path.join(dataDir, file));
    await raw.copyInto(path.join(work, file));
    await raw.close();
  }
  const loopback = path.join(dataDir, LOOPBACK_KEYS);
  if (existsSync(loopback)) copyFileSync(loopback, path.join(work, LOOPBACK_KEYS));
  const manifest: Manifest = { format: 1, madeAt: now.toISOString(), ...(await contentsOfFolder(work)) };
  writeFileSync(path.join(work, MANIFEST), JSON.stringify(manifest, undefined, 2), { mode: 0o600 });
  renameSync(work, to);
  return manifest;
}

/** The serving process swaps its key file after each destruction: for a moment there is none. */
async function openPatiently(folder: string): Promise<RawFile> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return openRawFile(folder);
    } catch (error) {
      if (attempt >= KEY_FILE_TRIES) throw error;
      await setTimeout(KEY_FILE_WAIT_MS);
    }
  }
}

export interface Restored {
  madeAt: string;
  entries: number;
  /** Conversations and contacts that the service has destroyed since, and that were left out. */
  leftOut: number;
  /** Whether the folder in use was there to tell what was destroyed since. */
  compared: boolean;
}

/**
 * Restores into a new folder, after comparing every table with what the backup wrote down.
 * What `living`, the folder in use, has destroyed since the backup is not brought back; nobody stays signed in.
 * @throws CodedError when the backup is damaged or the folder is not empty
 */
export async function restoreLmdb(given: { from: string; to: string; living: string }): Promise<Restored> {
  const { from, to, living } = given;
  const manifest = readManifest(from);
  const work = `${to}.part`;
  startFolder(to, work);
  for (const file of FILES) cpSync(path.join(from, file), path.join(work, file), { recursive: true });
  const loopback = path.join(from, LOOPBACK_KEYS);
  if (existsSync(loopback)) copyFileSync(loopback, path.join(work, LOOPBACK_KEYS));
  const found = await contentsOfFolder(work);
  for (const file of FILES) compare(manifest[file], found[file]);
  const left = await leaveOutDestroyed(work, living);
  renameSync(work, to);
  const entries = Object.values(manifest.store).reduce((sum, table) => sum + table.entries, 0);
  return { madeAt: manifest.madeAt, entries, ...left };
}

function startFolder(to: string, work: string): void {
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new CodedError('conflict', `${to} is not empty; choose a new folder.`);
  rmSync(work, { recursive: true, force: true });
  rmSync(to, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  chmodSync(work, 0o700);
}

async function contentsOfFolder(folder: string): Promise<{ store: Contents; keys: Contents }> {
  const read = async (file: (typeof FILES)[number]): Promise<Contents> => {
    const raw = openRawFile(path.join(folder, file));
    const contents = contentsOf(raw);
    await raw.close();
    return contents;
  };
  return { store: await read('store'), keys: await read('keys') };
}

function readManifest(from: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path.join(from, MANIFEST), 'utf8')));
  } catch {
    throw new CodedError('invalid-input', `${from} is not a whole backup; choose another.`);
  }
}

function compare(written: Contents, found: Contents): void {
  const damaged = Object.keys(written).find((table) => written[table]?.digest !== found[table]?.digest);
  if (damaged !== undefined)
    throw new CodedError('invalid-input', `The backup is damaged in table ${damaged}; choose another.`);
}

/** Only the same store can tell: its name was given to it when it was made. */
async function leaveOutDestroyed(
  work: string,
  living: string,
): Promise<Pick<Restored, 'leftOut' | 'compared'>> {
  const alive = await aliveIn(living);
  const store = openLmdbFile(path.join(work, 'store'));
  const keys = openLmdbFile(path.join(work, 'keys'));
  const sessions = store.table<unknown>('sessions');
  await store.transaction(() => {
    for (const { key } of sessions.getRange({})) sessions.removeSync(key as string);
  });
  const compared = alive !== undefined && alive.name === nameOf(store.table<string>('meta').get('name'));
  let leftOut = 0;
  if (compared) {
    const contacts = store.table<SealedContact>('contacts');
    const vault = vaultStore(store);
    for (const { id } of values(contacts, { limit: Number.MAX_SAFE_INTEGER })) {
      if (alive.contacts.has(id)) continue;
      await vault.remove(id);
      leftOut += 1;
    }
    leftOut += await dropKeys(keys, alive.keys);
  }
  await compactFile(keys, path.join(work, 'keys'));
  await compactFile(store, path.join(work, 'store'));
  return { leftOut, compared };
}

async function dropKeys(keys: ReturnType<typeof openLmdbFile>, alive: Alive['keys']): Promise<number> {
  let dropped = 0;
  await keys.transaction(() => {
    for (const name of ['record-keys', 'daily-keys'] as const) {
      const table = keys.table<unknown>(name);
      for (const { key } of table.getRange({})) {
        if (alive[name].has(String(key))) continue;
        table.removeSync(key as string);
        dropped += 1;
      }
    }
  });
  return dropped;
}

/** What was removed leaves the file too. */
async function compactFile(file: ReturnType<typeof openLmdbFile>, folder: string): Promise<void> {
  const fresh = `${folder}.new`;
  mkdirSync(fresh);
  await file.compactInto(fresh);
  await file.close();
  rmSync(folder, { recursive: true });
  renameSync(fresh, folder);
}

interface Alive {
  name: string;
  contacts: ReadonlySet<string>;
  keys: { 'record-keys': ReadonlySet<string>; 'daily-keys': ReadonlySet<string> };
}

async function aliveIn(living: string): Promise<Alive | undefined> {
  if (!existsSync(path.join(living, 'store', 'data.mdb'))) return undefined;
  const store = await openPatiently(path.join(living, 'store'));
  const keys = await openPatiently(path.join(living, 'keys'));
  const namesIn = (file: RawFile, table: string): Set<string> =>
    new Set(file.tables().includes(table) ? [...file.entries(table)].map(({ key }) => String(key)) : []);
  const meta = store.tables().includes('meta') ? [...store.entries('meta')] : [];
  const alive = {
    name: nameOf(meta.find(({ key }) => key === 'name')?.value),
    contacts: namesIn(store, 'contacts'),
    keys: { 'record-keys': namesIn(keys, 'record-keys'), 'daily-keys': namesIn(keys, 'daily-keys') },
  };
  await store.close();
  await keys.close();
  return alive.name === '' ? undefined : alive;
}

const nameOf = (value: unknown): string => (typeof value === 'string' ? value : '');
