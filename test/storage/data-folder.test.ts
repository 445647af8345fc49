import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeServingLock } from '../../src/storage/lmdb/serving-lock.js';
import { makeFolder } from '../../src/storage/make-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockFile = () => path.join(folder, 'serving.pid');

describe('the mark of the process that serves a folder', () => {
  it('keeps a second one out while the first runs, and goes with it', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    const stat = existsSync('/proc/self/stat') ? readFileSync(`/proc/${other.pid}/stat`, 'utf8') : ') ';
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    writeFileSync(lockFile(), `${other.pid} ${start}`.trim());
    expect(() => takeServingLock(folder)).toThrow('another service already runs');
    other.kill();
    await new Promise((resolve) => other.on('exit', resolve));
    const release = takeServingLock(folder);
    expect(readFileSync(lockFile(), 'utf8')).toContain(String(process.pid));
    release();
    expect(existsSync(lockFile())).toBe(false);
  });

  it.runIf(existsSync('/proc/self/stat'))(
    'does not take another process under the same number for it',
    () => {
      writeFileSync(lockFile(), `${process.ppid} 1`);
      takeServingLock(folder)();
      expect(existsSync(lockFile())).toBe(false);
    },
  );

  it('of an older release, without a start, still keeps others out', () => {
    writeFileSync(lockFile(), String(process.ppid));
    expect(() => takeServingLock(folder)).toThrow('another service already runs');
  });
});

describe('the folder of the data', () => {
  it('is made with those above it, and may be there already', () => {
    const deep = path.join(folder, 'a', 'b', 'c');
    makeFolder(deep);
    makeFolder(deep);
    expect(existsSync(deep)).toBe(true);
  });

  it('that cannot be made says so at once', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => makeFolder(path.join(folder, 'file', 'data'))).toThrow();
    if (existsSync('/proc/self')) expect(() => makeFolder('/proc/no/such/folder')).toThrow();
  });
});
