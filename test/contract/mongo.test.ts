import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { openMongo } from '../../src/storage/mongo/open-mongo.js';
import { describeStores } from './all-contracts.js';

const uri = process.env.MONGODB_TEST_URI ?? '';

/** Each test has a database of its own on the test server. */
const open = async () => {
  const url = new URL(uri);
  url.pathname = `/test-${randomBytes(6).toString('hex')}`;
  const stores = await openMongo(url.toString());
  const remove = async (): Promise<void> => {
    await stores.close();
    const connection = await createConnection(url.toString()).asPromise();
    await connection.dropDatabase();
    await connection.close();
  };
  return { stores, remove };
};

if (uri === '') {
  process.stdout.write('MongoDB contracts skipped: MONGODB_TEST_URI is not set.\n');
} else {
  describeStores('MongoDB', open);
}

describe('an unreachable MongoDB', () => {
  it('is said in one sentence without the address', async () => {
    const attempt = openMongo('mongodb://somebody:secret@127.0.0.1:1/x?serverSelectionTimeoutMS=200');
    await expect(attempt).rejects.toThrow(/^MONGODB_URI: MongoDB cannot be reached[^@]*$/);
  });
});
