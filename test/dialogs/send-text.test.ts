import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnResult } from '../../dialogs/turn-types.js';
import { instant } from '../../src/kernel/clock.js';
import { heard, type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

const PLANTED = ['0639981234', '06 39 98 12 34', '+33639981234', '639981234', '63998'];
const FAR = instant(Date.parse('2030-01-01'));

let carrier: Server;
let bodies: URLSearchParams[];
let spoken: SpokenService;
beforeAll(async () => {
  bodies = [];
  carrier = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if (request.method === 'POST') bodies.push(new URLSearchParams(body));
      response.statusCode = request.method === 'POST' ? 201 : 204;
      response.setHeader('content-type', 'application/json');
      response.end(request.method === 'POST' ? '{"sid":"SM1"}' : '');
    });
  });
  await new Promise<void>((resolve) => carrier.listen(0, '127.0.0.1', resolve));
  const { port } = carrier.address() as AddressInfo;
  spoken = await spokenService('2026-03-02T08:00:00Z', {
    TWILIO_API_BASE_URL: `http://127.0.0.1:${port}`,
    TWILIO_SMS_FROM: '+33100000000',
  });
});
afterAll(async () => {
  await spoken.close();
  carrier.closeAllConnections();
  carrier.close();
});

const titles = ({ action }: TurnResult): string[] =>
  action.kind === 'listen' ? action.ask.choices.map(({ title }) => title) : [];
const CHOICE = 'Le recevoir par SMS';

const sendAll = async () => {
  const before = bodies.length;
  await spoken.service.texts.sendDue();
  return bodies.slice(before).map((body) => [body.get('To'), body.get('Body') ?? '']);
};
const inVault = async () => (await spoken.service.stores.vault.ended(FAR, 10)).length;

function found(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return found(file);
    const bytes = readFileSync(file);
    return PLANTED.filter(
      (planted) => bytes.includes(planted) || bytes.includes(Buffer.from(planted, 'utf16le')),
    );
  });
}

const keyOf = (result: TurnResult, title: string): string => String(titles(result).indexOf(title) + 1);

async function toServices(talk: Talk): Promise<TurnResult> {
  const result = await talk.say('je suis victime de harcèlement sexuel à Strasbourg');
  expect(titles(result)).toContain(CHOICE);
  return result;
}

async function toMeasures(talk: Talk): Promise<TurnResult> {
  const say = async (text: string) => talk.say(text);
  await say('je voudrais un poste adapté pour raison de santé');
  await say('Avignon');
  await say('professeure des écoles titulaire, en congé de longue maladie');
  return say('je ne sais pas');
}

describe('"Le recevoir par SMS"', () => {
  it('on the phone sends the services, and leaves the number nowhere', async () => {
    const talk = await spoken.talk('phone');
    const services = await toServices(talk);
    const asked = await talk.input('keys', keyOf(services, CHOICE));
    expect(heard(asked)).toContain('Ils ne servent qu’à ce message');
    const kept = await talk.input('keys', '0639981234');
    expect(heard(kept)).toContain('Voulez-vous autre chose');
    expect(titles(kept)).toEqual(titles(services));
    expect(await inVault()).toBe(1);
    expect(found(spoken.folder)).toEqual([]);
    const sent = await sendAll();
    expect(new Set(sent.map(([to]) => to))).toEqual(new Set(['+33639981234']));
    expect(sent.map(([, text]) => text).join('\n')).toContain('03 88 23 36 99');
    expect([await inVault(), await sendAll(), found(spoken.folder)]).toEqual([0, [], []]);
  });

  it('on the phone sends the measure that is read, and goes on with it', async () => {
    const talk = await spoken.talk('phone');
    const reading = await toMeasures(talk);
    await talk.input('keys', keyOf(reading, CHOICE));
    const kept = await talk.say('zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre');
    expect(titles(kept)).toEqual(titles(reading));
    const [[to, text] = []] = await sendAll();
    expect(to).toBe('+33639981234');
    expect(text).toContain('Poste adapté de courte durée (PACD)');
    expect(text?.length).toBeLessThanOrEqual(1_000);
    expect(heard(await talk.say('suivant'))).toContain('Poste adapté de longue durée');
  });

  it('in writing sends what stays open and until when', async () => {
    const talk = await spoken.talk('web');
    const told = await toMeasures(talk);
    await talk.say(CHOICE);
    const kept = await talk.say('06 39 98 12 34');
    expect(titles(kept)).toEqual(titles(told));
    const text = (await sendAll()).map(([, part]) => part).join('\n');
    expect(text).toContain('- Assistance humaine');
    expect(text).toContain('close depuis');
    expect(found(spoken.folder)).toEqual([]);
    const transcript = (await spoken.service.conversations.transcript(talk.id, 0, 100)) ?? [];
    expect(JSON.stringify(transcript)).not.toContain('98 12');
  });

  it('can be declined, and is asked again for what is no mobile', async () => {
    const talk = await spoken.talk('web');
    await toServices(talk);
    await talk.say(CHOICE);
    expect(heard(await talk.say('01 99 00 01 01'))).toContain('Je n’ai pas reconnu de numéro');
    expect(heard(await talk.say('non'))).toContain('D’accord, pas de message');
    expect([await inVault(), await sendAll()]).toEqual([0, []]);
  });

  it('is not offered where no text can be sent, nor to somebody who writes by SMS', async () => {
    const bySms = await spoken.talk('sms');
    expect(titles(await bySms.say('je suis victime de harcèlement à Strasbourg'))).not.toContain(CHOICE);
    const without = await spokenService();
    const talk = await without.talk('phone');
    expect(titles(await talk.say('je suis victime de harcèlement à Strasbourg'))).not.toContain(CHOICE);
    await without.close();
  });
});
