import { statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';

const MEMORY_DISK = '/dev/shm';
const ROOM = 2 * 1024 ** 3;

/** Each test has a store of its own, and waits for the disk at each write: in memory the suite takes half the time. */
function folderOfStores(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_DISK);
    return bavail * bsize >= ROOM ? MEMORY_DISK : tmpdir();
  } catch {
    return tmpdir();
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // Much of what a test does is waiting for another process.
    maxWorkers: Math.max(2, availableParallelism()),
    env: { TMPDIR: folderOfStores() },
  },
});
