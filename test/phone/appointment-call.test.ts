import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, instant } from '../../src/kernel/clock.js';
import { asId, type BookingId } from '../../src/kernel/ids.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { postSigned, WebhookPhone } from '../support/webhook-phone.js';

const BOOKING = asId<BookingId>('b');
const NUMBER = '+33388000001';

let office: RingingService;
beforeEach(async () => {
  office = await ringingService();
  await appointmentNow();
});
afterEach(() => office.remove());

/** A telephone appointment that begins now, and a number left for it a minute ago. */
async function appointmentNow(): Promise<void> {
  const { clock, service } = office.running;
  const { bookings, appointmentCalls } = service.stores;
  const now = clock.now();
  const [start, end] = [now, instant(now + HOUR)];
  await bookings.hold(
    {
      ...{ id: BOOKING, psychologist: asId('psy-telephone-1'), site: asId('telephone'), mode: 'telephone' },
      ...{ start, end, blockedFrom: start, blockedTo: end, codeHash: 'code', session: 1, proposal: null },
      ...{ heldBy: asId('c'), heldUntil: end, status: 'held' },
    },
    now,
  );
  await bookings.confirm(BOOKING, now);
  const contact = await service.contacts.keep({
    ...{ purpose: 'appointment-call', conversation: asId('v'), value: NUMBER, endsAt: start },
  });
  await appointmentCalls.save({
    ...{ booking: BOOKING, contact, language: 'fr', dueAt: start, attempts: 0, call: null, version: 1 },
  });
}

/** The caller's own phone, once it rings. */
function callersPhone(): { phone: WebhookPhone; leg: string; status: string } | undefined {
  const rung = office.twilio.requests.find(({ fields }) => (fields.Url ?? '').includes('/caller-leg?'));
  if (rung === undefined) return undefined;
  expect(rung.fields.To).toBe(NUMBER);
  const own = (url = ''): string => url.slice(new URL(url).origin.length);
  return {
    phone: new WebhookPhone(office.running, '+33100000000'),
    leg: own(rung.fields.Url),
    status: own(rung.fields.StatusCallback),
  };
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesUnder(file) : [file];
  });

describe('an appointment by telephone for which a number was left', () => {
  it('rings the psychologist, then the caller, and puts them together', async () => {
    const { service } = office.running;
    expect(await service.appointmentCalls.callDue()).toBe(1);
    const [desk] = office.desks();
    expect(desk?.number).toBe('+33199000101');
    expect(callersPhone()).toBeUndefined();
    await desk?.pickUp();
    const told = await desk?.press('1');
    expect(told?.said).toContain('Nous appelons la personne');
    expect(told?.verbs).toContain('Conference');
    const caller = callersPhone();
    if (caller === undefined) throw new Error('the caller was not rung');
    const asked = await caller.phone.post(caller.leg);
    expect(asked.said.trim()).toBe(
      'Bonjour. Vous avez demandé cet appel. Pour le prendre, tapez 1. Sinon, raccrochez.',
    );
    const taken = await caller.phone.post(asked.action, { Digits: '1' });
    expect(taken.verbs).toContain('Conference');
    expect(await service.appointmentCalls.has(BOOKING)).toBe(false);
    expect(
      (await service.stores.vault.ended(instant(office.running.clock.now() + 99 * HOUR), 10)).length,
    ).toBe(0);
  });

  it('hands over to an operator when the psychologist is late', async () => {
    const { service } = office.running;
    await service.appointmentCalls.callDue();
    await office.desks()[0]?.ended('no-answer');
    const operator = office.desks()[1];
    expect(operator?.number).not.toBe('+33199000101');
    await operator?.pickUp();
    await operator?.press('1');
    expect(callersPhone()).toBeDefined();
  });

  it('lets the psychologist go when the caller does not answer, and says nothing to a voicemail', async () => {
    const { service } = office.running;
    await service.appointmentCalls.callDue();
    const [desk] = office.desks();
    await desk?.pickUp();
    await desk?.press('1');
    const caller = callersPhone();
    if (caller === undefined) throw new Error('the caller was not rung');
    const heard = await caller.phone.post(caller.leg);
    expect(heard.said).not.toMatch(/psycholog|rendez-vous|écoute/i);
    expect(heard.verbs.at(-1)).toBe('Hangup');
    await postSigned(office.running, caller.status, {
      CallSid: caller.phone.sid,
      CallStatus: 'completed',
      From: '',
    });
    expect(office.twilio.calls.get(desk?.sid ?? '')).toBe('completed');
    expect(await service.stores.appointmentCalls.get(BOOKING)).toMatchObject({ attempts: 1, call: null });
  });

  it('leaves the number in no file and no line of the log', async () => {
    await office.running.service.appointmentCalls.callDue();
    await office.desks()[0]?.pickUp();
    await office.desks()[0]?.press('1');
    const caller = callersPhone();
    await caller?.phone.post(caller.leg, { To: NUMBER, Called: NUMBER });
    for (const file of filesUnder(office.running.folder))
      expect([file, readFileSync(file).includes(NUMBER.slice(1))]).toEqual([file, false]);
    expect(office.running.logged()).not.toContain(NUMBER.slice(1));
  });
});
