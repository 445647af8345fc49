import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../../kernel/errors.js';

/**
 * The embedded store has one serving process; commands may open it beside.
 * @returns what gives the lock back
 * @throws StartError when another server runs on this folder
 */
export function takeServingLock(dataDir: string): () => void {
  const file = path.join(dataDir, 'serving.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!isExisting(error)) throw unwritable(dataDir, error);
      if (holderIsAlive(file)) throw alreadyServed(dataDir);
      rmSync(file, { force: true });
    }
  }
  throw alreadyServed(dataDir);
}

const isExisting = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

function holderIsAlive(file: string): boolean {
  const holder = Number(readFileSync(file, 'utf8'));
  if (!Number.isInteger(holder) || holder <= 0 || holder === process.pid) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const alreadyServed = (dataDir: string): StartError =>
  new StartError(
    `DATA_DIR: another service already runs on ${dataDir}; stop it, choose another folder, or use MongoDB for several.`,
  );

const unwritable = (dataDir: string, cause: unknown): StartError =>
  new StartError(`DATA_DIR: ${dataDir} cannot be used; choose a folder this account may write.`, { cause });
