import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { recordedIo } from '../support/command-io.js';
import { ACCOUNT, TOKEN } from '../support/fake-twilio.js';

const NUMBER = '+33100000000';
const PUBLIC = 'http://localhost:4444';
const RIGHT = {
  phone_number: NUMBER,
  voice_url: `${PUBLIC}/twilio/voice`,
  voice_method: 'POST',
  voice_fallback_url: 'https://handler.twilio.com/twiml/EH1',
  status_callback: `${PUBLIC}/twilio/status`,
  status_callback_method: 'POST',
  voice_application_sid: null,
  trunk_sid: null,
  sms_url: `${PUBLIC}/twilio/sms`,
  sms_method: 'POST',
  sms_application_sid: null,
  capabilities: { voice: true, sms: true },
};

let server: Server;
let numbers: object[];
let status: number;
let folder: string;
beforeEach(async () => {
  numbers = [RIGHT];
  status = 200;
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ incoming_phone_numbers: numbers, page_size: 1, status }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(change: Record<string, string> = {}, args: string[] = []) {
  const io = recordedIo({
    DATA_DIR: folder,
    PUBLIC_URL: PUBLIC,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_NUMBER: NUMBER,
    TWILIO_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    LAST_RESORT_NUMBER: '+33199000999',
    ...change,
  });
  const code = await runCommand(['check', ...args], io);
  return { code, faults: io.printed.filter((line) => line.startsWith('FAILS phone')), printed: io.printed };
}

describe('F26: settings that would leave a caller without an answer are named', () => {
  it('none, when all is as it should be', async () => {
    expect((await check()).faults).toEqual([]);
  });

  it.each([
    [{ voice_url: 'https://demo.twilio.com/welcome' }, 'Set the address for incoming calls'],
    [{ voice_method: 'GET' }, 'HTTP POST'],
    [{ status_callback: '' }, 'Set the address for the status callback'],
    [{ status_callback_method: 'GET' }, 'HTTP POST'],
    [{ voice_application_sid: 'AP1' }, 'AP1'],
    [{ trunk_sid: 'TK1' }, 'TK1'],
    [{ sms_url: '' }, 'Set the address for incoming texts'],
    [{ sms_method: 'GET' }, 'HTTP POST'],
    [{ sms_application_sid: 'AP2' }, 'AP2'],
    [{ voice_fallback_url: '' }, 'Set a fallback address'],
    [{ voice_fallback_url: `${PUBLIC}/twilio/fallback` }, 'would be down with it'],
  ])('%o', async (wrong, said) => {
    numbers = [{ ...RIGHT, ...wrong }];
    const { code, faults } = await check();
    expect(code).toBe(1);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(said);
  });

  it('texts are looked at where they may come in: not for a name, nor for a number that takes none', async () => {
    numbers = [{ ...RIGHT, sms_url: '', capabilities: { voice: true, sms: false } }];
    expect((await check()).faults).toEqual([]);
    expect((await check({ TWILIO_SMS_FROM: 'ECOUTE' })).faults).toEqual([]);
    expect((await check({ TWILIO_SMS_FROM: '+33937000000' })).faults.join()).toContain('incoming texts');
  });

  it('a token that Twilio refuses, a number that is not ours, nobody to dial at last', async () => {
    status = 401;
    expect((await check()).faults.join()).toContain('TWILIO_AUTH_TOKEN');
    status = 200;
    numbers = [];
    expect((await check()).faults.join()).toContain('TWILIO_NUMBER');
    numbers = [RIGHT];
    const key = 'ab'.repeat(32);
    const open = { PUBLIC_URL: 'https://ecoute.example.fr', SECRET_KEY: key, CODE_KEY: key };
    const { printed } = await check({ ...open, LAST_RESORT_NUMBER: '' });
    expect(printed.join()).toMatch(/FAILS configuration: [^,]*LAST_RESORT_NUMBER/);
  });

  it('shows no token', async () => {
    expect((await check()).printed.join()).not.toContain(TOKEN);
  });

  it('prints the document to be hosted at the carrier', async () => {
    const { code, printed } = await check({}, ['--fallback-twiml']);
    expect(code).toBe(0);
    expect(printed.join()).toMatch(/<Response>.*31 14.*<Dial[^>]*>\+33199000999<\/Dial>/);
  });
});
