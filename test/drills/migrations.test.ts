import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection } from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { openLmdbFile } from '../../src/storage/lmdb/lmdb-file.js';
import { openStore } from '../../src/storage/open-store.js';
import { SCHEMA_VERSION } from '../../src/storage/schema.js';
import type { Stores } from '../../src/storage/stores.js';
import { testDatabases } from '../support/test-databases.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const START = Date.parse('2026-03-03T09:00:00Z');
const END = START + 10 * 60_000;
const TICKS = [0, 1].map((index) => `p|${START / 300_000 + index}`);

/** As release 0.1.0 wrote them, field for field. */
const OLD_BOOKING = {
  ...{ id: 'b', psychologist: 'p', site: 's', mode: 'telephone', start: START, end: END },
  ...{ status: 'confirmed', codeHash: 'code', heldBy: null, heldUntil: null, ticks: TICKS },
};
const OLD_RULE = {
  ...{ id: 'r', psychologist: 'p', site: 's', modes: ['telephone'], weekday: 2 },
  ...{ from: '09:00', to: '12:00', minutes: 45, firstDate: '2026-01-01', lastDate: null },
};

async function writeOldStore(): Promise<void> {
  const file = openLmdbFile(path.join(folder, 'store'));
  await file.transaction(() => {
    file.table('bookings').putSync('b', OLD_BOOKING);
    for (const tick of TICKS) file.table('booking-ticks').putSync(tick, 'b');
    file.table('booking-codes').putSync('code', 'b');
    file.table('booking-times').putSync(['p', START, 'b'], 'b');
    file.table('availability').putSync(['s', 'r'], OLD_RULE);
  });
  await file.close();
}

async function expectBrought({ bookings, diary }: Stores): Promise<void> {
  const now = instant(START - 1);
  expect(await bookings.byCode('code')).toMatchObject([
    { id: 'b', session: 1, proposal: null, blockedFrom: START, blockedTo: END },
  ]);
  const window = { psychologists: [asId<never>('p')], from: now, to: instant(END) };
  expect(await bookings.busy({ ...window, now })).toHaveLength(1);
  const [old] = await bookings.confirmedIn(window);
  if (old === undefined) throw new Error('the booking is gone');
  const other = {
    ...old,
    id: asId<never>('c'),
    codeHash: 'd',
    status: 'held',
    heldUntil: instant(END),
  } as const;
  expect(await bookings.hold({ ...other, heldBy: asId('x') }, now)).toBe('taken');
  expect((await diary.read()).rules).toMatchObject([
    { recurrence: { kind: 'weekly', every: 1, weekdays: [2] }, durations: [45], from: '09:00' },
  ]);
  expect(await bookings.endedBy(instant(END), 5)).toHaveLength(1);
}

describe('a store written by the previous release', () => {
  it('is brought to this one at start, and may be opened again', async () => {
    await writeOldStore();
    for (let twice = 0; twice < 2; twice += 1) {
      const stores = await openStore({ mongoUri: undefined, dataDir: folder, serving: true });
      await expectBrought(stores);
      await stores.close();
    }
  });

  it('that a newer release has written is refused, and left as it is', async () => {
    const file = openLmdbFile(path.join(folder, 'store'));
    await file.transaction(() => file.table('meta').putSync('schema', SCHEMA_VERSION + 1));
    await file.close();
    const opened = openStore({ mongoUri: undefined, dataDir: folder, serving: false });
    await expect(opened).rejects.toThrow('start the newer release');
  });

  const [database] = testDatabases();
  it.runIf(database !== undefined)(
    'is brought to this one on MongoDB, by two instances at once',
    async () => {
      const mongoUri = database?.uri ?? '';
      const connection = await createConnection(mongoUri).asPromise();
      await connection.collection('bookings').insertOne({ ...OLD_BOOKING, holdKey: 'free|b' });
      await connection.collection<{ _id: string }>('availability').insertOne({ ...OLD_RULE, _id: 's|r' });
      const open = () => openStore({ mongoUri, dataDir: folder, serving: true });
      const [one, two] = await Promise.all([open(), open()]);
      await expectBrought(one);
      await one.close();
      await two.close();
      await connection
        .collection<{ _id: string }>('meta')
        .updateOne({ _id: 'schema' }, { $set: { version: 99 } });
      await connection.close();
      await expect(open()).rejects.toThrow('start the newer release');
      await database?.drop();
    },
  );
});
