import { describe, expect, it } from 'vitest';
import { openMongo } from '../../src/storage/mongo/open-mongo.js';
import { testDatabases } from '../support/test-databases.js';
import { describeStores } from './all-contracts.js';
import type { OpenStores } from './contract.js';

/** Each test has a database of its own on the test server. */
const open: OpenStores = async () => {
  const [database] = testDatabases();
  if (database === undefined) throw new Error('no server');
  const stores = await openMongo(database.uri);
  const remove = async (): Promise<void> => {
    await stores.close();
    await database.drop();
  };
  return { stores, remove };
};

if (testDatabases().length > 0) describeStores('MongoDB', open);

describe('an unreachable MongoDB', () => {
  it('is said in one sentence without the address', async () => {
    const attempt = openMongo('mongodb://somebody:secret@127.0.0.1:1/x?serverSelectionTimeoutMS=200');
    await expect(attempt).rejects.toThrow(/^MONGODB_URI: MongoDB cannot be reached[^@]*$/);
  });
});
