import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobsOf } from '../../src/jobs/schedule.js';
import { DAY } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { signatureOf } from '../../src/local-phone/signed-webhook.js';
import { DirectLineCaller } from '../support/direct-line-caller.js';
import { runningService, type TestService } from '../support/running-service.js';
import { signInAs } from '../support/sign-in-as.js';

const SECRET = 'secret-for-this-test-only';
/** What may be found nowhere, in any spelling a machine would give it. Numbers of the range kept for fiction. */
const PLANTED = [
  '+33639980017',
  '33639980017',
  '0639980017',
  '06 39 98 00 17',
  'hortense.vasseur@example.fr',
  'Vasseur',
  '2 84 05 67 482 113 26',
  '284056748211326',
  '14E9876543XYZ',
  '0671234B',
  '12 rue des Lilas-Bleus',
  '203.0.113.77',
];
const WORDS = 'le jardin de ma tante est plein de girafes';
const SAID = [
  'je m’appelle Hortense Vasseur, mon numéro est le 06 39 98 00 17, ou +33639980017',
  'écrivez-moi : hortense.vasseur@example.fr, j’habite 12 rue des Lilas-Bleus à Colmar',
  'mon NIR est le 2 84 05 67 482 113 26 et mon NUMEN 14E9876543XYZ, école 0671234B',
  WORDS,
];

let running: TestService;
beforeAll(async () => {
  running = await runningService({ DIRECT_LINE_SECRET: SECRET, TWILIO_API_BASE_URL: 'http://127.0.0.1:9' });
  await throughTheChat();
  await throughThePhone();
  await throughTexts();
  await throughACallback();
  await throughAnOperator();
  await throughRefusals();
});
afterAll(() => running.remove());

async function throughTheChat(): Promise<void> {
  const caller = await DirectLineCaller.open(running.url, SECRET);
  for (const [index, text] of SAID.entries()) await caller.say(text, `k${index}`);
  await caller.say('une personne s’il vous plaît', 'person');
}

async function throughThePhone(): Promise<void> {
  const fields = {
    CallSid: `CA${'7'.repeat(32)}`,
    From: '+33639980017',
    Caller: '+33639980017',
    FromCity: 'COLMAR',
  };
  let twiml = await signed('/twilio/voice', fields);
  for (const SpeechResult of SAID) {
    const action = (/action="([^"]+)"/.exec(twiml)?.[1] ?? '').replaceAll('&amp;', '&');
    twiml = await signed(action, { ...fields, SpeechResult });
    expect(twiml).toContain('<Response>');
    expect(findings(twiml)).toEqual([]);
  }
  await signed('/twilio/status', { ...fields, CallStatus: 'completed' });
}

async function throughACallback(): Promise<void> {
  const { callbacks } = running.service;
  const now = running.clock.now();
  const asked = await callbacks.ask({
    ...{ conversation: asId<never>('somebody'), number: '06 39 98 00 17', language: 'fr' },
    ...{ window: { from: now, to: now + DAY }, mayLeaveMessage: false },
  });
  if (asked.kind !== 'kept') throw new Error(asked.kind);
  await callbacks.claim(asked.id, asId('operator-1'));
  await callbacks.call(asked.id, asId('operator-1'));
  expect(findings(JSON.stringify(await callbacks.list()))).toEqual([]);
}

async function throughTexts(): Promise<void> {
  for (const [index, Body] of SAID.entries()) {
    const MessageSid = `SM${String(index).padStart(32, '7')}`;
    const fields = { MessageSid, From: '+33639980017', To: '+33100000000', FromCity: 'COLMAR', Body };
    const answer = await signed('/twilio/sms', fields);
    expect(answer).toContain('<Response');
    expect(findings(answer)).toEqual([]);
  }
}

async function signed(address: string, fields: Record<string, string>): Promise<string> {
  const url = running.url + address;
  const token = running.environment.TWILIO_AUTH_TOKEN ?? '';
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(token, url, fields),
      'x-forwarded-for': '203.0.113.77',
    },
    body: new URLSearchParams(fields).toString(),
  });
  return response.text();
}

async function throughAnOperator(): Promise<void> {
  const { desk } = running.service;
  const { rows } = await desk.page({ filter: 'waiting', me: asId('operator-1'), page: 1 });
  const id = rows[0]?.conversation;
  if (id === undefined) throw new Error('nobody waits');
  const camille = { id: asId<never>('operator-1'), pseudonym: 'Camille' };
  await desk.claim(id, camille);
  await desk.reply(id, camille, 'Madame Vasseur, je vous rappelle au 06 39 98 00 17.');
  const { notes } = running.service;
  for (const text of SAID) await notes.add(id, { staff: camille.id, by: camille.pseudonym, text });
  const read = await notes.of(id);
  expect(read).toHaveLength(SAID.length);
  expect(findings(JSON.stringify(read))).toEqual([]);
}

/** What is refused may not be quoted either. */
async function throughRefusals(): Promise<void> {
  const caller = await DirectLineCaller.open(running.url, SECRET);
  await caller.say(`${SAID[0]} ${'x'.repeat(200_000)}`, 'long');
  await fetch(`${running.url}/v3/directline/conversations/Vasseur/activities`, {
    method: 'POST',
    headers: { authorization: 'Bearer 0639980017', 'x-forwarded-for': '203.0.113.77' },
    body: '{"text": "06 39 98 00 17"',
  });
  await signed('/twilio/voice', { CallSid: 'Vasseur', From: '+33639980017' });
}

const findings = (text: string): string[] => PLANTED.filter((planted) => text.includes(planted));

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesUnder(file) : [file];
  });
}

async function staffPages(): Promise<string> {
  const cookie = await signInAs(running.service, 'camille');
  const open = async (address: string): Promise<string> =>
    (await fetch(running.url + address, { headers: { cookie } })).text();
  const list = await open('/console');
  const pages = [...list.matchAll(/href="(\/console\/conversations\/[^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  expect(pages.length).toBeGreaterThan(0);
  return [list, ...(await Promise.all(pages.map(open)))].join('\n');
}

describe('what a caller says of themselves', () => {
  it('is in no file of the store, and their words neither', () => {
    const files = filesUnder(running.folder);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const bytes = readFileSync(file);
      const found = [...PLANTED, WORDS].filter(
        (planted) => bytes.includes(planted) || bytes.includes(Buffer.from(planted, 'utf16le')),
      );
      expect([path.basename(file), ...found]).toEqual([path.basename(file)]);
    }
  });

  it('is in no line of the log, and their words neither', () => {
    expect(running.logged().length).toBeGreaterThan(0);
    expect([...findings(running.logged()), running.logged().includes(WORDS)]).toEqual([false]);
  });

  it('is on no page of the staff, where their other words are', async () => {
    const pages = await staffPages();
    expect(pages).toContain('girafes');
    expect(findings(pages)).toEqual([]);
  });

  it('leaves no trace of which chat a call went on from, a day after', async () => {
    const { service, clock } = running;
    const chat = await service.conversations.open({ channel: 'web', language: 'fr' });
    const call = await service.conversations.open({ channel: 'phone', language: 'fr' });
    await service.chatCodes.useCode(await service.chatCodes.giveCode(chat.id), call.id);
    const forget = jobsOf({ ...service, clock, placeOf: async () => 'telephone' }).find(
      ({ name }) => name === 'forget-links',
    );
    clock.advance(DAY);
    await forget?.run();
    expect(await service.stores.chatCodes.linkOf(call.id)).toBeDefined();
    expect(await service.chatCodes.chatOf(call.id)).toBeUndefined();
    clock.advance(1);
    await forget?.run();
    expect(await service.stores.chatCodes.linkOf(call.id)).toBeUndefined();
  });

  it('is gone from every file with the words, once the caller has erased the conversation', async () => {
    const caller = await DirectLineCaller.open(running.url, SECRET);
    await caller.say(WORDS, 'k');
    const [conversation] = (await running.service.conversations.list(['bot'], 200)).slice(-1);
    if (conversation === undefined) throw new Error('no conversation');
    const key = await running.service.stores.recordKeys.get(conversation.id);
    if (key === undefined) throw new Error('no key');
    await running.service.conversations.erase(conversation.id);
    for (const file of filesUnder(path.join(running.folder, 'keys')))
      expect(readFileSync(file).includes(key)).toBe(false);
    expect(await running.service.stores.recordKeys.get(conversation.id)).toBeUndefined();
  });
});
