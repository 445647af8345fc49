import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeIn, DirectLineCaller } from '../support/direct-line-caller.js';
import { type ServiceProcess, startProcess } from '../support/service-process.js';

const SECRET = 'secret-for-this-drill-only';
const CALLERS = 200;
/** What every fourth caller says, up to the code. */
const BOOKING = [
  'je voudrais prendre rendez-vous avec un psychologue',
  'Prendre rendez-vous',
  'Par téléphone',
  '1',
  'Oui',
];

let folder: string;
let running: ServiceProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
});
afterEach(async () => {
  await running?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const start = async (): Promise<ServiceProcess> => {
  running = await startProcess({ DATA_DIR: folder, PORT: '0', DEMO: '1', DIRECT_LINE_SECRET: SECRET });
  return running;
};

interface Told {
  caller: DirectLineCaller;
  acknowledged: string[];
  code?: string | undefined;
}

/** Talks until the service is gone; remembers what it has acknowledged. */
async function talk(caller: DirectLineCaller, number: number, booked: () => void): Promise<Told> {
  const told: Told = { caller, acknowledged: [] };
  const lines = number % 4 === 0 ? BOOKING : [];
  for (let count = 0; count < 400; count += 1) {
    const text = lines[count] ?? `je suis fatiguée, fois ${number} ${count}`;
    if (!(await caller.say(text, `k${count}`))) return told;
    told.acknowledged.push(text);
    if (lines.length > 0 && count === lines.length - 1)
      told.code = codeIn(await caller.transcript().catch(() => []));
    if (count === lines.length - 1 && told.code !== undefined) booked();
  }
  return told;
}

/** Everybody talks, and somebody has a code already: at least 4 seconds, at most 40. */
async function inTheMiddle(callers: readonly DirectLineCaller[]): Promise<Promise<Told>[]> {
  let codes = 0;
  const booked = (): void => {
    codes += 1;
  };
  const talks = callers.map((caller, number) => talk(caller, number, booked));
  for (let wait = 0; wait < 40 && (wait < 4 || codes === 0); wait += 1) await sleep(1_000);
  return talks;
}

describe('a process that is killed', () => {
  it(`keeps every acknowledged message and every confirmed booking of ${CALLERS} callers, once`, async () => {
    const first = await start();
    const callers = await Promise.all(
      Array.from({ length: CALLERS }, () => DirectLineCaller.open(first.url, SECRET)),
    );
    const talks = await inTheMiddle(callers);
    expect(await first.end('SIGKILL')).toBe('SIGKILL');
    const told = await Promise.all(talks);

    const second = await start();
    for (const { caller } of told) caller.base = second.url;
    const lost: string[] = [];
    for (const { caller, acknowledged } of told) {
      const said = (await caller.transcript()).filter(({ from }) => from?.role === 'user');
      for (const text of new Set(acknowledged)) {
        const copies = said.filter((activity) => activity.text === text).length;
        if (copies !== acknowledged.filter((other) => other === text).length) lost.push(`${text}: ${copies}`);
      }
    }
    expect(lost).toEqual([]);
    expect(told.filter(({ acknowledged }) => acknowledged.length > 0).length).toBeGreaterThan(CALLERS / 2);

    const codes = told.flatMap(({ code }) => (code === undefined ? [] : [code]));
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(await findsAppointment(second.url, code)).toBe(true);
  }, 90_000);
});

async function findsAppointment(url: string, code: string): Promise<boolean> {
  const caller = await DirectLineCaller.open(url, SECRET);
  await caller.say('annuler mon rendez-vous', 'a');
  await caller.say(code, 'b');
  return (await caller.transcript()).some(({ text }) => text?.startsWith('Votre rendez-vous') === true);
}

describe('a process that is asked to stop', () => {
  it('answers what it has begun, and exits with 0', async () => {
    const service = await start();
    const callers = await Promise.all(
      Array.from({ length: 20 }, () => DirectLineCaller.open(service.url, SECRET)),
    );
    const turns = callers.map((caller) => caller.say('je suis en conflit avec mon chef', 'k'));
    await Promise.any(turns);
    const ended = service.end('SIGTERM');
    const acknowledged = await Promise.all(turns);
    expect(await ended).toBe(0);
    const again = await start();
    for (const [index, caller] of callers.entries()) {
      caller.base = again.url;
      const said = (await caller.transcript()).filter(({ from }) => from?.role === 'user');
      if (acknowledged[index]) expect(said).toHaveLength(1);
    }
  });

  it('leaves the folder free for the next one, which a second server would not find', async () => {
    const service = await start();
    await expect(startProcess({ DATA_DIR: folder, PORT: '0' })).rejects.toThrow(
      'another service already runs',
    );
    expect(await service.end('SIGTERM')).toBe(0);
    await start();
  });
});
