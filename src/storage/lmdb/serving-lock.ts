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
      writeFileSync(file, `${process.pid} ${startOf(process.pid) ?? ''}`.trim(), { flag: 'wx' });
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
  const [pid = '', start] = readFileSync(file, 'utf8').split(' ');
  const holder = Number(pid);
  if (!Number.isInteger(holder) || holder <= 0 || holder === process.pid) return false;
  if (!isRunning(holder)) return false;
  const running = startOf(holder);
  return start === undefined || running === undefined || start === running;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fields of /proc/PID/stat after the name in brackets; the start, in ticks since boot, is the 22nd of all. */
const START_FIELD = 19;

/** When a process began, so that another one under the same number is told apart; `undefined` where it is not known. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_FIELD];
  } catch {
    return undefined;
  }
}

const alreadyServed = (dataDir: string): StartError =>
  new StartError(
    `DATA_DIR: another service already runs on ${dataDir}; stop it, choose another folder, or use MongoDB for several.`,
  );

const unwritable = (dataDir: string, cause: unknown): StartError =>
  new StartError(`DATA_DIR: ${dataDir} cannot be used; choose a folder this account may write.`, { cause });
