import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { StartError } from '../kernel/errors.js';
import { systemRandom } from '../kernel/random.js';
import { backupLmdb, restoreLmdb } from '../storage/lmdb/backup.lmdb.js';
import { takeServingLock } from '../storage/lmdb/serving-lock.js';
import { type Command, UsageError } from './command.js';

export const backup: Command = {
  name: 'backup',
  summary: 'copies the embedded store while it is served',
  usage: '  --to FOLDER   a new folder; MongoDB: see docs/operating.md',
  async run(args, io) {
    const { to } = options(args, ['to']);
    const config = readConfig(io.environment, systemRandom);
    embeddedOnly(config.mongoUri, 'backup');
    const target = path.resolve(required(to, '--to'));
    const made = await backupLmdb({ dataDir: config.dataDir, to: target, now: new Date() });
    const entries = Object.values(made.store).reduce((sum, table) => sum + table.entries, 0);
    io.out(`Backed up and read back: ${entries} entries, at ${made.madeAt}.`);
    io.out('It holds the keys of the words too: keep it where few can read it, and destroy old ones.');
    return 0;
  },
};

export const restore: Command = {
  name: 'restore',
  summary: 'restores a backup into a new folder, without what was destroyed since',
  usage: [
    '  --from FOLDER   the backup',
    '  --to FOLDER     a new folder; then set DATA_DIR to it and start',
    '  What DATA_DIR, the folder in use, has destroyed since the backup is left out.',
  ].join('\n'),
  async run(args, io) {
    const { from, to } = options(args, ['from', 'to']);
    const config = readConfig(io.environment, systemRandom);
    embeddedOnly(config.mongoUri, 'restore');
    const restored = await restoreLmdb({
      from: path.resolve(required(from, '--from')),
      to: path.resolve(required(to, '--to')),
      living: config.dataDir,
    });
    io.out(`Restored and compared: ${restored.entries} entries of ${restored.madeAt}.`);
    io.out(
      restored.compared
        ? `Left out, because destroyed since: ${restored.leftOut}.`
        : 'The store in use was not found in DATA_DIR: conversations erased since the backup came back with it; see docs/operating.md, "Restore".',
    );
    return 0;
  },
};

export const move: Command = {
  name: 'move',
  summary: 'copies the embedded store into an empty MongoDB database',
  usage: '  --to mongodb://...   the service must be stopped',
  async run(args, io) {
    const { to } = options(args, ['to']);
    const mongoUri = required(to, '--to');
    if (!/^mongodb(\+srv)?:\/\//.test(mongoUri)) throw new UsageError('--to must start with mongodb://.');
    const { dataDir } = readConfig({ ...io.environment, MONGODB_URI: '' }, systemRandom);
    const unlock = takeServingLock(dataDir);
    try {
      // Opening makes the indexes, and brings older data to this release.
      const { openStore } = await import('../storage/open-store.js');
      const { moveToMongo } = await import('../storage/move-store.js');
      for (const uri of [mongoUri, undefined])
        await (await openStore({ mongoUri: uri, dataDir, serving: false })).close();
      const moved = await moveToMongo({ dataDir, mongoUri });
      for (const { table, entries } of moved) io.out(`${table}\t${entries}`);
      io.out(
        'Moved and counted on both sides. Set MONGODB_URI, keep the same keys, then destroy the folder.',
      );
      return 0;
    } finally {
      unlock();
    }
  },
};

function embeddedOnly(mongoUri: string | undefined, command: string): void {
  if (mongoUri !== undefined)
    throw new StartError(`${command} is for the embedded store; for MongoDB see docs/operating.md.`);
}

function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is missing.`);
  return value;
}

function options(args: readonly string[], names: readonly string[]): Record<string, string | undefined> {
  try {
    const known = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
    return parseArgs({ args: [...args], options: known }).values as Record<string, string | undefined>;
  } catch {
    throw new UsageError('One of these options is not known.');
  }
}
