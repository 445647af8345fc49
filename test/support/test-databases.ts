import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';

export interface TestDatabase {
  uri: string;
  drop(): Promise<void>;
}

/**
 * A database of its own on the server of MONGODB_TEST_URI, as a list of one; empty, with a line that says so,
 * when there is no server.
 */
export function testDatabases(): TestDatabase[] {
  const server = process.env.MONGODB_TEST_URI ?? '';
  if (server === '') {
    process.stdout.write('MongoDB tests skipped: MONGODB_TEST_URI is not set.\n');
    return [];
  }
  const url = new URL(server);
  url.pathname = `/test-${randomBytes(6).toString('hex')}`;
  const uri = url.toString();
  return [{ uri, drop: () => drop(uri) }];
}

async function drop(uri: string): Promise<void> {
  const connection = await createConnection(uri).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
