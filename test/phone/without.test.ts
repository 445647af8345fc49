import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTranslations } from '../../locales/translate.js';
import { renderFailure } from '../../src/channels/twilio/failure-twiml.js';
import { createLogger } from '../../src/kernel/log.js';
import { Network } from '../../src/local-phone/network.js';
import type { Party } from '../../src/local-phone/party.js';
import { loadUnderstand } from '../../src/triage/load-understand.js';
import { ACCOUNT, TOKEN } from '../support/fake-twilio.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { runningService } from '../support/running-service.js';
import { WebhookPhone } from '../support/webhook-phone.js';

const LAST_RESORT = '+33199000999';
const NUMBERS = [/\b15\b/, /\b17\b/, /\b112\b/, /31 14/];
const DANGER = 'je veux mourir';

/** The carrier is asked beside the answer: what it is asked may come a little later. */
const SOON = { timeout: 5_000 };

let office: RingingService;
beforeEach(async () => {
  office = await ringingService({ LAST_RESORT_NUMBER: LAST_RESORT });
});
afterEach(() => office.remove());

/** Everything a store offers fails from now on. */
function kill(store: object): void {
  for (const name of Object.keys(store))
    Object.assign(store, {
      [name]: async () => {
        throw new Error('down');
      },
    });
}

const numbersIn = (said: string): boolean => NUMBERS.every((number) => number.test(said));

describe('somebody in danger is answered without', () => {
  it.each(['conversations', 'lineRequests', 'duties', 'alerts'] as const)(
    'the store of %s: the numbers are said, and the last resort is dialled',
    async (name) => {
      const caller = office.phone();
      await caller.dial();
      kill(office.running.service.stores[name]);
      const heard = await caller.say(DANGER);
      expect(heard.status).toBe(200);
      expect(numbersIn(heard.said)).toBe(true);
      expect(heard.verbs).toEqual(['Response', 'Say', 'Dial', 'Say', 'Hangup']);
      expect(heard.said).toContain(LAST_RESORT);
      expect(heard.xml).toContain('callerId="+33100000000"');
    },
  );

  it('any store at all, from the first ring', async () => {
    for (const store of Object.values(office.running.service.stores))
      if (typeof store === 'object') kill(store);
    const heard = await office.phone().dial();
    expect(numbersIn(heard.said)).toBe(true);
    expect(heard.said).toContain(LAST_RESORT);
  });

  it.each(['roster', 'bookings', 'erasures', 'vault', 'directoryEdits'] as const)(
    'the store of %s: people are rung as ever',
    async (name) => {
      kill(office.running.service.stores[name]);
      const caller = office.phone();
      await caller.dial();
      const heard = await caller.say(DANGER);
      expect(heard.said).toContain('je reste avec vous');
      await expect
        .poll(() => office.desks().map(({ number }) => number), SOON)
        .toEqual(['+33199000101', '+33199000102']);
    },
  );

  it('the carrier: presence and the numbers again and again, and the call is never ended', async () => {
    await office.twilio.close();
    const caller = office.phone();
    await caller.dial();
    const first = await caller.say(DANGER);
    expect(first.said).toContain('31 14');
    expect(first.verbs).toContain('Gather');
    for (let round = 0; round < 3; round += 1) {
      const heard = await caller.silence();
      expect(heard.verbs.at(-1)).toBe('Redirect');
      expect(heard.verbs).not.toContain('Hangup');
    }
    await caller.hangUp();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  });

  it('the understanding: what is said openly is still understood, the rest is asked', () => {
    const broken = loadUnderstand(createLogger('silent'), new URL('./nowhere.json', import.meta.url));
    expect(broken('parler à une personne')).toMatchObject({ need: 'parler_humain', ask: null });
    expect(broken('je ne sais plus comment dire')).toMatchObject({
      confidence: 0,
      ask: { choices: ['ecoute_psy', 'conflit_management', 'sante_poste'] },
    });
  });

  it('anybody on duty: it is said, with the numbers, and the call stays open', async () => {
    const line = office.running.service.phoneLine;
    for (const { responder, role } of await line.duties()) await line.setAvailable(responder, role, false);
    const caller = office.phone();
    await caller.dial();
    const heard = await caller.say(DANGER);
    expect(heard.said).toContain('Personne ici ne peut prendre votre appel');
    expect((await caller.silence()).said).toContain('31 14');
    expect(caller.last.verbs).toContain('Redirect');
  });
});

describe('somebody calls while the whole service is stopped', () => {
  it('the document held at the carrier says the numbers and dials the last resort', async () => {
    const held = renderFailure(loadTranslations(), {
      lastResortNumber: LAST_RESORT,
      callerId: '+33100000000',
    });
    const carrier = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(held);
    });
    await new Promise<void>((resolve) => carrier.listen(0, '127.0.0.1', resolve));
    const stopped = await runningService({ TWILIO_AUTH_TOKEN: TOKEN });
    await new WebhookPhone(stopped).dial();
    await stopped.remove();

    const heard: string[] = [];
    const dialled: string[] = [];
    const silent: Party = {
      hear: (text) => heard.push(text),
      answer: async () => ({ kind: 'silence' }),
      talk: async () => undefined,
    };
    const network = new Network({
      accountSid: ACCOUNT,
      authToken: TOKEN,
      secondMs: 1,
      callee: (number) => {
        dialled.push(number);
        return { behaviour: 'no-answer', party: silent };
      },
    });
    const leg = network.dial({
      url: `${stopped.url}/twilio/voice`,
      fallbackUrl: `http://127.0.0.1:${(carrier.address() as AddressInfo).port}/fallback`,
      from: '+266696687',
      to: '+33100000000',
      statusCallback: `${stopped.url}/twilio/status`,
      party: silent,
    });
    expect((await leg.run()).kind).toBe('completed');
    expect(numbersIn(heard[0] ?? '')).toBe(true);
    expect(numbersIn(heard.at(-1) ?? '')).toBe(true);
    expect(dialled).toEqual([LAST_RESORT]);
    carrier.close();
  });
});
