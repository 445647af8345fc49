import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose, type Service } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import { DAY } from '../../src/kernel/clock.js';
import { asId, type ConversationId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';
import { systemRandom } from '../../src/kernel/random.js';
import { fillDemonstration } from '../../src/operations/demonstration.js';
import { backupLmdb, restoreLmdb } from '../../src/storage/lmdb/backup.lmdb.js';
import { openRawFile } from '../../src/storage/lmdb/tables.js';
import { hasPlace, moveToMongo } from '../../src/storage/move-store.js';
import { openStore } from '../../src/storage/open-store.js';
import { DirectLineCaller } from '../support/direct-line-caller.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { startProcess } from '../support/service-process.js';
import { signInAs } from '../support/sign-in-as.js';
import { testDatabases } from '../support/test-databases.js';

const MAIN = path.resolve(import.meta.dirname, '../../dist/src/cli/main.js');
const SECRET = 'secret-for-this-drill-only';
const CALLERS = 20;
const ENOUGH = 2 * CALLERS;

let folder: string;
let clock: FrozenClock;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  clock = frozenClock();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inside = (name: string): string => path.join(folder, name);

/** The service without its doors, on a folder or a database, for the time of `act`. */
async function withService<T>(
  place: { dataDir: string; mongoUri?: string },
  act: (service: Service) => Promise<T>,
): Promise<T> {
  const stores = await openStore({ dataDir: place.dataDir, mongoUri: place.mongoUri, serving: false });
  const config = readConfig({ DATA_DIR: place.dataDir }, systemRandom);
  const log = createLogger('silent');
  const publicUrl = () => 'http://127.0.0.1';
  const service = await compose({ config, clock, random: systemRandom, log, stores, publicUrl });
  try {
    return await act(service);
  } finally {
    service.feed.close();
    await service.tally.settled();
    await stores.close();
  }
}

async function talk(service: Service, text: string): Promise<ConversationId> {
  const { id } = await service.conversations.open({ channel: 'web', language: 'fr' });
  await service.takeTurn({ conversation: id, key: 'a', kind: 'start', text: '' });
  await service.takeTurn({ conversation: id, key: 'b', kind: 'text', text });
  return id;
}

const words = async (service: Service, id: ConversationId): Promise<string[] | undefined> =>
  (await service.conversations.transcript(id, 0, 100))?.map(({ text }) => text);

function bytesUnder(root: string): Buffer {
  const files = readdirSync(root, { recursive: true }).map((name) => path.join(root, String(name)));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}

describe('a backup taken while people talk', () => {
  it(`holds all that was acknowledged to ${CALLERS} callers before it began`, async () => {
    const environment = { PORT: '0', DEMO: '1', DIRECT_LINE_SECRET: SECRET };
    const first = await startProcess({ DATA_DIR: inside('live'), ...environment });
    const callers = await Promise.all(
      Array.from({ length: CALLERS }, () => DirectLineCaller.open(first.url, SECRET)),
    );
    const acknowledged = callers.map((): string[] => []);
    let going = true;
    const talks = callers.map(async (caller, number) => {
      for (let count = 0; going && count < 500; count += 1)
        if (await caller.say(`je suis fatiguée, ${number} ${count}`, `k${count}`))
          acknowledged[number]?.push(`je suis fatiguée, ${number} ${count}`);
    });
    for (let wait = 0; wait < 150 && acknowledged.flat().length < ENOUGH; wait += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const before = acknowledged.map((said) => [...said]);
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'backup', '--to', inside('copy')], {
      env: { PATH: process.env.PATH, DATA_DIR: inside('live') },
    });
    expect(stdout).toMatch(/^Backed up and read back: \d+ entries/);
    going = false;
    await Promise.all(talks);
    await first.end('SIGKILL');
    await restoreLmdb({ from: inside('copy'), to: inside('new'), living: inside('live') });

    const second = await startProcess({ DATA_DIR: inside('new'), ...environment });
    const lost: string[] = [];
    for (const [number, caller] of callers.entries()) {
      caller.base = second.url;
      const said = new Set((await caller.transcript()).map(({ text }) => text));
      lost.push(...(before[number] ?? []).filter((text) => !said.has(text)));
    }
    await second.end('SIGTERM');
    expect(lost).toEqual([]);
    expect(before.flat().length).toBeGreaterThanOrEqual(ENOUGH);
  }, 60_000);
});

describe('what was destroyed', () => {
  it('does not come back readable, before the backup or after it', async () => {
    const live = { dataDir: inside('live') };
    const made = await withService(live, async (service) => {
      await fillDemonstration({ ...service, clock });
      const [before, after, kept] = [
        await talk(service, 'les girafes dorment peu'),
        await talk(service, 'les girafes marchent tôt'),
        await talk(service, 'les girafes broutent haut'),
      ];
      const contact = { purpose: 'callback', conversation: after, value: '+33199000999' } as const;
      await service.contacts.keep({ ...contact, endsAt: clock.now() });
      const keys = [await service.stores.recordKeys.get(before), await service.stores.recordKeys.get(after)];
      await service.conversations.erase(before);
      return { before, after, kept, keys: keys.map(String) };
    });
    await backupLmdb({ ...live, to: inside('copy'), now: new Date(clock.now()) });
    await withService(live, (service) => service.conversations.erase(made.after));
    const restored = await restoreLmdb({ from: inside('copy'), to: inside('new'), living: live.dataDir });
    expect(restored).toMatchObject({ compared: true, leftOut: 2 });

    expect(bytesUnder(inside('copy')).includes(made.keys[0] ?? '')).toBe(false);
    for (const key of made.keys) expect(bytesUnder(inside('new')).includes(key)).toBe(false);
    await withService({ dataDir: inside('new') }, async (service) => {
      expect(await words(service, made.before)).toBeUndefined();
      expect(await words(service, made.after)).toBeUndefined();
      expect(await words(service, made.kept)).toContain('les girafes broutent haut');
      clock.advance(3 * DAY);
      expect(await service.contacts.destroyDue()).toBe(0);
      expect(await service.accounts.list()).toHaveLength(5);
    });
  });

  it('signs everybody out', async () => {
    const live = { dataDir: inside('live') };
    const session = await withService(live, async (service) => {
      await service.accounts.add({
        login: 'camille',
        pseudonym: 'C',
        roles: ['operator'],
        password: 'girafes-dormeuses',
      });
      return signInAs(service, 'camille');
    });
    await backupLmdb({ ...live, to: inside('copy'), now: new Date() });
    await restoreLmdb({ from: inside('copy'), to: inside('new'), living: inside('nowhere') });
    const found = await withService({ dataDir: inside('new') }, (service) =>
      service.accounts.session(session.replace('console=', '')),
    );
    expect(found).toBeUndefined();
  });
});

describe('a backup', () => {
  it('that is damaged, incomplete or aimed at a full folder is refused in one sentence', async () => {
    const live = { dataDir: inside('live') };
    await withService(live, (service) => fillDemonstration({ ...service, clock }));
    const copy = { ...live, to: inside('copy'), now: new Date() };
    await backupLmdb(copy);
    await expect(backupLmdb(copy)).rejects.toThrow('is not empty');
    const data = path.join(inside('copy'), 'store', 'data.mdb');
    const bytes = readFileSync(data);
    bytes.write('Dominiqux', bytes.indexOf('Dominique'));
    writeFileSync(data, bytes);
    const target = { from: inside('copy'), to: inside('new'), living: live.dataDir };
    await expect(restoreLmdb(target)).rejects.toThrow('damaged in table accounts');
    rmSync(path.join(inside('copy'), 'backup.json'));
    await expect(restoreLmdb(target)).rejects.toThrow('is not a whole backup');
  });
});

describe('the move to MongoDB', () => {
  it('knows every table of the embedded store', async () => {
    await withService({ dataDir: inside('live') }, async () => undefined);
    for (const name of ['store', 'keys']) {
      const file = openRawFile(path.join(inside('live'), name));
      expect(file.tables().filter((table) => !hasPlace(table))).toEqual([]);
      await file.close();
    }
  });

  const [database] = testDatabases();
  it.runIf(database !== undefined)('loses nothing, and is refused twice', async () => {
    const mongoUri = database?.uri ?? '';
    const live = { dataDir: inside('live') };
    const before = await withService(live, async (service) => {
      await fillDemonstration({ ...service, clock });
      const id = await talk(service, 'les girafes dorment peu');
      await talk(service, 'je veux mourir');
      const [slot] = await service.booking.findSlots({ mode: 'telephone', limit: 1 });
      if (slot === undefined) throw new Error('no slot');
      const held = await service.booking.hold(slot, asId('c'));
      if (held.kind !== 'held') throw new Error('not held');
      await service.booking.confirm(held.booking);
      await service.tally.settled();
      return { id, code: held.code, seen: await everything(service, id, held.code) };
    });
    await (await openStore({ mongoUri, dataDir: folder, serving: false })).close();
    const moved = await moveToMongo({ ...live, mongoUri });
    expect(moved.find(({ table }) => table === 'conversations')?.entries).toBe(2);
    await withService({ ...live, mongoUri }, async (service) => {
      expect(await everything(service, before.id, before.code)).toEqual(before.seen);
      await talk(service, 'je suis fatiguée');
      const again = await service.accounts.add({
        login: 'camille',
        pseudonym: 'C',
        roles: [],
        password: 'x'.repeat(12),
      });
      expect(again.kind).toBe('login-taken');
    });
    await expect(moveToMongo({ ...live, mongoUri })).rejects.toThrow('is not empty');
    await database?.drop();
  });
});

async function everything(service: Service, id: ConversationId, code: string) {
  const { stores } = service;
  return {
    transcript: await service.conversations.transcript(id, 0, 100),
    appointment: await service.booking.byCode(code),
    alerts: await service.alerts.live(10),
    accounts: (await service.accounts.list()).sort((a, b) => a.login.localeCompare(b.login)),
    duties: await service.phoneLine.onDuty(),
    sites: (await stores.diary.read()).sites,
    counts: await stores.counts.between('2026-01-01', '2026-12-31'),
    events: await stores.events.last(),
  };
}
