import { openLmdb } from './lmdb/open-lmdb.js';
import type { Stores } from './stores.js';

/**
 * The store that the configuration names; never another one in its place.
 * @param serving only one process serves an embedded store; commands open it beside
 * @throws StartError when it cannot be used
 */
export async function openStore(options: {
  mongoUri: string | undefined;
  dataDir: string;
  serving: boolean;
}): Promise<Stores> {
  if (options.mongoUri === undefined) return openLmdb(options);
  const { openMongo } = await import('./mongo/open-mongo.js');
  return openMongo(options.mongoUri);
}
