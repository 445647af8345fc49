import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioCarrier } from '../../../src/channels/twilio/twilio-carrier.js';
import { HOUR, MINUTE } from '../../../src/kernel/clock.js';
import { asId, type LegId, type LineRequestId } from '../../../src/kernel/ids.js';
import { createLogger } from '../../../src/kernel/log.js';
import { createCarrierRecords } from '../../../src/phone-line/carrier-records.js';
import { createSecrets } from '../../../src/privacy/secrets.js';
import { ACCOUNT, type FakeTwilio, fakeTwilio, TOKEN } from '../../support/fake-twilio.js';
import { frozenClock } from '../../support/frozen-clock.js';
import { responderNamed } from '../../support/line-office.js';
import { seededRandom } from '../../support/seeded-random.js';
import { temporaryStore } from '../../support/temporary-store.js';

const DESK = '+33199000101';
const request = asId<LineRequestId>('room');
const responder = responderNamed('dominique');

let twilio: FakeTwilio;
let pauses: number[];
beforeEach(async () => {
  twilio = await fakeTwilio();
  pauses = [];
});
afterEach(async () => {
  expect(twilio.faults).toEqual([]);
  await twilio.close();
});

const LEFT: Readonly<Record<string, string>> = {
  'left for appointment-call': '+33388000001',
  'contact for callback': '+33639980077',
};
const carrier = (apiBaseUrl = twilio.url) =>
  createTwilioCarrier({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    apiBaseUrl,
    from: '+33100000000',
    publicUrl: () => 'https://line.example.org',
    deskPhones: {
      of: async (who) => (who === responder ? DESK : undefined),
      entered: async () => DESK,
    },
    callerPhone: async (contact, purpose) => LEFT[`${contact} for ${purpose}`],
    pause: async (ms) => pauses.push(ms),
    log: createLogger('silent'),
  });
const ring = () => carrier().ring({ responder, request, seconds: 20 });
const conference = (hiddenReads: number): void => {
  twilio.conferences.set(`CF${'1'.repeat(32)}`, { name: 'room', status: 'in-progress', hiddenReads });
};
const statusOfRoom = () => [...twilio.conferences.values()][0]?.status;

describe('the carrier over Twilio', () => {
  it('rings a desk phone from the number of the line, with webhooks that hold no number', async () => {
    expect(await ring()).toEqual({ kind: 'ringing', leg: `CA${'1'.padStart(32, '0')}` });
    const fields = twilio.requests[0]?.fields ?? {};
    expect(fields).toMatchObject({ To: DESK, From: '+33100000000', Timeout: '20', AsyncAmd: 'true' });
    const hooks = [fields.Url, fields.StatusCallback, fields.AsyncAmdStatusCallback].join(' ');
    expect(hooks).toContain('https://line.example.org/twilio/leg');
    expect(hooks).not.toMatch(/\d{6}/);
  });

  it.each([429, 500, 503])(
    'tries again after %s, with growing pauses, three times in all',
    async (status) => {
      twilio.failures.push(status, status);
      expect((await ring()).kind).toBe('ringing');
      twilio.failures.push(status, status, status);
      expect(await ring()).toEqual({ kind: 'failed' });
      expect(twilio.requests).toHaveLength(6);
      expect(pauses).toEqual([150, 450, 150, 450]);
    },
  );

  it('does not insist when Twilio refuses: an invalid number fails at once', async () => {
    twilio.failures.push(400);
    expect(await ring()).toEqual({ kind: 'failed' });
    expect(twilio.requests).toHaveLength(1);
  });

  it('fails without a throw when nobody answers, and for somebody without a desk phone', async () => {
    const nowhere = carrier('http://127.0.0.1:9');
    expect(await nowhere.ring({ responder, request, seconds: 20 })).toEqual({ kind: 'failed' });
    await nowhere.hangUp(asId<LegId>(`CA${'9'.repeat(32)}`));
    await nowhere.closeRoom(request);
    expect(await nowhere.isOver(asId<LegId>(`CA${'9'.repeat(32)}`))).toBe(false);
    const unknown = { responder: responderNamed('nobody'), request, seconds: 20 };
    expect(await carrier().ring(unknown)).toEqual({ kind: 'failed' });
  });

  it('ends a leg, and knows when it is over', async () => {
    const rung = await ring();
    if (rung.kind !== 'ringing') throw new Error('not ringing');
    expect(await carrier().isOver(rung.leg)).toBe(false);
    twilio.failures.push(503);
    await carrier().hangUp(rung.leg);
    expect(await carrier().isOver(rung.leg)).toBe(true);
    expect(await carrier().isOver(asId<LegId>(`CA${'7'.repeat(32)}`))).toBe(true);
  });

  it('closes a room that Twilio lists late, and gives up after three looks', async () => {
    conference(2);
    await carrier().closeRoom(request);
    expect(statusOfRoom()).toBe('completed');
    conference(3);
    await carrier().closeRoom(request);
    expect(statusOfRoom()).toBe('in-progress');
  });
});

describe('what the carrier keeps', () => {
  const sid = `CA${'5'.repeat(32)}`;

  const records = async () => {
    const store = await temporaryStore();
    const clock = frozenClock();
    const random = seededRandom();
    const secrets = createSecrets({ current: random.bytes(32), random });
    const service = createCarrierRecords({
      clock,
      random,
      secrets,
      store: store.stores.erasures,
      erasure: carrier(),
    });
    return { ...store, clock, service };
  };

  it('is deleted a minute after its use, and only then counted, on the proof that it is gone', async () => {
    const { clock, service, stores, remove } = await records();
    twilio.calls.set(sid, 'completed');
    await service.forget({ kind: 'call', sid });
    expect(JSON.stringify(await stores.erasures.due(clock.now() as never, 10))).not.toContain(sid);
    clock.advance(MINUTE - 1);
    expect(await service.eraseDue()).toBe(0);
    clock.advance(1);
    expect(await service.eraseDue()).toBe(1);
    expect(twilio.calls.has(sid)).toBe(false);
    expect(twilio.requests.map(({ method }) => method)).toEqual(['delete', 'get']);
    expect(await service.eraseDue()).toBe(0);
    await remove();
  });

  it('is tried again, later each time, until the carrier no longer knows it', async () => {
    const { clock, service, remove } = await records();
    twilio.calls.set(sid, 'completed');
    await service.forget({ kind: 'call', sid });
    await service.forget({ kind: 'call', sid });
    clock.advance(MINUTE);
    twilio.failures.push(409, 503);
    expect(await service.eraseDue()).toBe(0);
    expect(await service.eraseDue()).toBe(0);
    clock.advance(HOUR);
    expect(await service.eraseDue()).toBe(2);
    await remove();
  });

  it('rings a number that was left for it, and no other', async () => {
    const call = { request, conversation: asId<never>('c'), language: 'fr', seconds: 30 } as const;
    const left = asId<never>('left');
    expect(await carrier().ringCaller({ ...call, contact: left, purpose: 'appointment-call' })).toMatchObject(
      {
        kind: 'ringing',
      },
    );
    expect(twilio.requests.at(-1)?.fields).toMatchObject({
      ...{ To: '+33388000001', From: '+33100000000', Timeout: '30' },
      Url: 'https://line.example.org/twilio/caller-leg?c=c&r=room&l=fr',
      StatusCallback: 'https://line.example.org/twilio/caller-status?c=c&r=room&l=fr',
    });
    const calls = twilio.requests.length;
    expect(await carrier().ringCaller({ ...call, contact: left, purpose: 'callback' })).toEqual({
      kind: 'failed',
    });
    expect(twilio.requests).toHaveLength(calls);
  });
});
