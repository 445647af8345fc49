import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioSms } from '../../../src/channels/twilio/twilio-sms.js';
import { createLogger } from '../../../src/kernel/log.js';

/** Answers like Twilio's message resource: a message is deleted once it is out. */
let server: Server;
let asked: string[];
let bodies: string[];
let refusals: number;
let status: number;
let logged: string;

beforeEach(async () => {
  asked = [];
  bodies = [];
  refusals = 0;
  status = 201;
  logged = '';
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}`);
      bodies.push(body);
      response.setHeader('content-type', 'application/json');
      if (request.method === 'POST') {
        response.statusCode = status;
        response.end(
          JSON.stringify(status === 201 ? { sid: 'SM1' } : { code: 21211, message: 'bad +33639981234' }),
        );
        return;
      }
      response.statusCode = refusals > 0 ? 409 : 204;
      refusals -= 1;
      response.end(response.statusCode === 409 ? JSON.stringify({ code: 20009, message: 'not yet' }) : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

function sender(waited: number[] = []) {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  return createTwilioSms({
    ...{ accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', from: '+33100000000' },
    apiBaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log: createLogger('debug', sink),
    wait: async (ms) => void waited.push(ms),
  });
}

const SMS = { to: '+33639981234', text: 'Rappel' };

describe('text messages', () => {
  it('are sent, then deleted from the log of the carrier', async () => {
    expect(await sender().send(SMS)).toBe('sent');
    const account = `/2010-04-01/Accounts/AC${'0'.repeat(32)}`;
    expect(asked).toEqual([`POST ${account}/Messages.json`, `DELETE ${account}/Messages/SM1.json`]);
    expect(bodies[0]).toBe('To=%2B33639981234&From=%2B33100000000&Body=Rappel');
  });

  it('are deleted as soon as the carrier lets go of them', async () => {
    refusals = 2;
    const waited: number[] = [];
    expect(await sender(waited).send(SMS)).toBe('sent');
    expect(waited).toEqual([2_000, 5_000, 15_000]);
    expect(asked.filter((line) => line.startsWith('DELETE'))).toHaveLength(3);
  });

  it('that cannot be deleted are reported, without their number', async () => {
    refusals = 99;
    expect(await sender().send(SMS)).toBe('sent');
    expect(logged).toContain('may remain in the log of the carrier');
    expect(logged).not.toContain('639981234');
  });

  it('that are refused are a value, and their number is not logged', async () => {
    status = 400;
    expect(await sender().send(SMS)).toBe('failed');
    expect(logged).toContain('"code":"21211"');
    expect(logged).not.toContain('639981234');
  });
});
