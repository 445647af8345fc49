import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioSms } from '../../../src/channels/twilio/twilio-sms.js';
import { createLogger } from '../../../src/kernel/log.js';
import { ACCOUNT, type FakeTwilio, fakeTwilio, TOKEN } from '../../support/fake-twilio.js';

let twilio: FakeTwilio;
let forgotten: string[];
let logged: string;
beforeEach(async () => {
  twilio = await fakeTwilio();
  forgotten = [];
  logged = '';
});
afterEach(async () => {
  expect(twilio.faults).toEqual([]);
  await twilio.close();
});

function sender() {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  return createTwilioSms({
    ...{ accountSid: ACCOUNT, authToken: TOKEN, from: '+33100000000', apiBaseUrl: twilio.url },
    carrierRecords: { forget: async ({ kind, sid }) => void forgotten.push(`${kind} ${sid}`) },
    log: createLogger('debug', sink),
  });
}

const SMS = { to: '+33639981234', text: 'Rappel' };

describe('text messages', () => {
  it('are sent, and the carrier is to forget them', async () => {
    expect(await sender().send(SMS)).toBe('sent');
    const [sent] = twilio.requests;
    expect(sent?.fields).toEqual({ To: '+33639981234', From: '+33100000000', Body: 'Rappel' });
    expect(forgotten).toEqual([`message SM${'1'.padStart(32, '0')}`]);
  });

  it('that are long go out as several, in order', async () => {
    const text = Array.from({ length: 60 }, (_, index) => `Phrase ${index + 1}.`).join(' ');
    expect(await sender().send({ ...SMS, text })).toBe('sent');
    const bodies = twilio.requests.map(({ fields }) => fields.Body);
    expect(bodies.length).toBe(2);
    expect(bodies.join(' ')).toBe(text);
    expect(forgotten).toHaveLength(2);
  });

  it('that are refused are a value, and their number is not logged', async () => {
    twilio.failures.push(400);
    expect(await sender().send(SMS)).toBe('failed');
    expect(logged).toContain('"code":"20400"');
    expect(logged).not.toContain('639981234');
  });
});
