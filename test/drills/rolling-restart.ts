import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createSendSigned, type Fields } from '../../src/local-phone/signed-webhook.js';
import { DirectLineCaller } from '../support/direct-line-caller.js';
import { type ServiceProcess, startProcess } from '../support/service-process.js';
import { testDatabases } from '../support/test-databases.js';

/** Restarts two instances on one MongoDB, one after the other, while people write and call. */
const CHATS = 50;
const CALLS = 20;
const PHASE_MS = 4_000;
const SECRET = 'secret-for-this-drill-only';
const TRIES = 40;
const RETRY_MS = 250;

const [database] = testDatabases();
if (database === undefined) process.exit(2);

const folders = [1, 2].map(() => mkdtempSync(path.join(tmpdir(), 'numero-unique-')));
const token = randomBytes(16).toString('hex');
const shared = {
  ...{ PORT: '0', MONGODB_URI: database.uri, DIRECT_LINE_SECRET: SECRET, TWILIO_AUTH_TOKEN: token },
  TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
  SECRET_KEY: randomBytes(32).toString('hex'),
  CODE_KEY: randomBytes(32).toString('hex'),
};
const start = (index: number): Promise<ServiceProcess> =>
  startProcess({ ...shared, DATA_DIR: folders[index] ?? '' });

const instances = [await start(0), await start(1)];
let going = true;

/** What a proxy does: the usual instance, or the other one when it does not answer. */
async function throughProxy(home: number, send: (url: string) => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const url = instances[(home + attempt) % 2]?.url ?? '';
    if (await send(url).catch(() => false)) return true;
    await setTimeout(RETRY_MS);
  }
  return false;
}

interface Tally {
  acknowledged: string[];
  lost: number;
}

async function chat(caller: DirectLineCaller, number: number): Promise<Tally> {
  const tally: Tally = { acknowledged: [], lost: 0 };
  for (let count = 0; going; count += 1) {
    const text = `je suis fatiguée, fois ${number} ${count}`;
    const told = await throughProxy(number, (url) => {
      caller.base = url;
      return caller.say(text, `k${count}`);
    });
    if (told) tally.acknowledged.push(text);
    else tally.lost += 1;
    await setTimeout(500);
  }
  return tally;
}

const sendSigned = createSendSigned(token);
const postSigned = (url: string, fields: Fields) => sendSigned({ url, fields });
const actionOf = (twiml: string): string =>
  (/action="([^"]+)"/.exec(twiml)?.[1] ?? '').replaceAll('&amp;', '&');

async function call(number: number): Promise<{ turns: number; dropped: number }> {
  const fields = {
    CallSid: `CA${String(number).padStart(32, '0')}`,
    From: '+33639980001',
    To: '+33100000000',
  };
  let at = '/twilio/voice';
  let turns = 0;
  while (going) {
    let body = '';
    const answered = await throughProxy(number, async (url) => {
      const answer = await postSigned(url + at, at === '/twilio/voice' ? fields : { ...fields, Digits: '*' });
      body = answer.body;
      return answer.status === 200 && body.includes('<Gather');
    });
    if (!answered) return { turns, dropped: 1 };
    turns += 1;
    at = new URL(actionOf(body), 'http://any').pathname + new URL(actionOf(body), 'http://any').search;
    await setTimeout(1_000);
  }
  return { turns, dropped: 0 };
}

async function rollOver(index: number): Promise<void> {
  const ended = await instances[index]?.end('SIGTERM');
  process.stdout.write(`instance ${index + 1} stopped with ${ended}\n`);
  instances[index] = await start(index);
  await setTimeout(PHASE_MS);
}

/** Everything acknowledged is in the transcript, once. */
async function missing(caller: DirectLineCaller, { acknowledged }: Tally): Promise<number> {
  caller.base = instances[0]?.url ?? '';
  const said = (await caller.transcript()).map(({ text }) => text);
  return acknowledged.filter((text) => said.filter((other) => other === text).length !== 1).length;
}

try {
  const callers: DirectLineCaller[] = [];
  for (let index = 0; index < CHATS; index += 1)
    callers.push(await DirectLineCaller.open(instances[index % 2]?.url ?? '', SECRET));
  const chats = callers.map(chat);
  const calls = Array.from({ length: CALLS }, (_, index) => call(index + 1));
  await setTimeout(PHASE_MS);
  await rollOver(0);
  await rollOver(1);
  going = false;
  const written = await Promise.all(chats);
  const spoken = await Promise.all(calls);
  let lost = written.reduce((sum, tally) => sum + tally.lost, 0);
  for (const [index, caller] of callers.entries())
    lost += await missing(caller, written[index] ?? { acknowledged: [], lost: 0 });
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
  const dropped = sum(spoken.map((one) => one.dropped));
  process.stdout.write(
    `${CHATS} chats: ${sum(written.map(({ acknowledged }) => acknowledged.length))} turns acknowledged, ${lost} lost or doubled\n` +
      `${CALLS} calls: ${sum(spoken.map(({ turns }) => turns))} turns answered, ${dropped} dropped\n`,
  );
  process.exitCode = lost + dropped === 0 ? 0 : 1;
} finally {
  await Promise.all(instances.map((instance) => instance.end('SIGKILL')));
  await database.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
