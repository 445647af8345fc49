import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppointmentCalls } from '../../src/booking/appointment-calls.js';
import { DAY, HOUR, instant, MINUTE, SECOND } from '../../src/kernel/clock.js';
import { asId, type LineRequestId } from '../../src/kernel/ids.js';
import { readPhone } from '../../src/messages/contact.js';
import { createContactVault } from '../../src/privacy/contact-vault.js';
import { createSecrets } from '../../src/privacy/secrets.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';
import { confirmed, desk, firstSlot } from './booking-support.js';
import { everyDay } from './builders.js';

const NUMBER = '03 88 00 00 01';

async function telephoneAppointment(mode: 'telephone' | 'face_to_face' = 'telephone') {
  const { stores, remove } = await temporaryStore();
  const random = seededRandom('calls');
  const set = desk({
    rules: everyDay({ modes: [mode] }),
    changed: async (booking) => calls.follow(booking),
  });
  const contacts = createContactVault({
    ...{ clock: set.clock, random, store: stores.vault },
    secrets: createSecrets({ current: Buffer.alloc(32, 1), random }),
  });
  const log: string[] = [];
  const line = { ended: false, caller: 'ringing' as 'ringing' | 'failed' };
  let opened = 0;
  const calls = createAppointmentCalls({
    ...{ clock: set.clock, random, contacts, store: stores.appointmentCalls, bookings: set.store },
    line: {
      async open(_conversation, psychologist) {
        opened += 1;
        log.push(`open ${psychologist}`);
        return asId<LineRequestId>(`r${opened}`);
      },
      async goOn(request) {
        log.push(`ring ${request}`);
        return line.ended ? 'ended' : 'under-way';
      },
      async leave(request) {
        log.push(`leave ${request}`);
      },
      async ringCaller({ contact, request }) {
        log.push(`call ${await contacts.open(contact, 'appointment-call')} ${request}`);
        return line.caller;
      },
    },
  });
  const slot = await firstSlot(set.service);
  const { booking, code } = await confirmed(set.service, slot);
  const kept = async () => (await stores.vault.ended(instant(slot.start + 99 * DAY), 10)).length;
  const ask = (number = NUMBER) => calls.ask({ booking, number, language: 'fr' });
  const request = (count: number): LineRequestId => asId<LineRequestId>(`r${count}`);
  return { ...set, calls, slot, booking, code, log, line, kept, ask, request, remove };
}

let set: Awaited<ReturnType<typeof telephoneAppointment>>;
beforeEach(async () => {
  set = await telephoneAppointment();
});
afterEach(() => set.remove());

describe('a number left to be called at the hour of the appointment', () => {
  it('is called at the hour, after the psychologist has accepted, and destroyed once the caller has taken it', async () => {
    const { calls, clock, slot, log, kept, ask, request } = set;
    expect([await ask(), await kept()]).toEqual(['kept', 1]);
    clock.set(slot.start - 1);
    expect(await calls.callDue()).toBe(0);
    clock.set(slot.start);
    expect([await calls.callDue(), await calls.callDue()]).toEqual([1, 0]);
    expect(log).toEqual(['open anna', 'ring r1', 'ring r1']);
    expect(await calls.staffReady(request(9))).toBe('not-called');
    expect(await Promise.all([1, 2].map(() => calls.staffReady(request(1))))).toEqual(['calling', 'calling']);
    expect(log.slice(3)).toEqual(['call +33388000001 r1']);
    await calls.taken(request(1));
    await calls.missed(request(1));
    expect([await kept(), await calls.callDue(), log.length]).toEqual([0, 0, 4]);
  });

  it('is called again five minutes later when nobody answers, three times in all, and then destroyed', async () => {
    const { calls, clock, slot, log, kept, ask, request } = set;
    await ask();
    for (const attempt of [1, 2, 3]) {
      clock.set(slot.start + (attempt - 1) * 5 * MINUTE - 1);
      expect(await calls.callDue()).toBe(0);
      clock.advance(1);
      expect(await calls.callDue()).toBe(1);
      await calls.staffReady(request(attempt));
      expect(await kept()).toBe(1);
      await calls.missed(request(attempt));
    }
    expect(log.filter((one) => one.startsWith('leave'))).toEqual(['leave r1', 'leave r2', 'leave r3']);
    expect(await kept()).toBe(0);
  });

  it('is tried again a minute later when nobody of the staff could be reached, until the appointment is over', async () => {
    const { calls, clock, slot, line, kept, ask } = set;
    await ask();
    clock.set(slot.start);
    await calls.callDue();
    line.ended = true;
    expect(await calls.callDue()).toBe(0);
    clock.advance(MINUTE - 1);
    expect(await calls.callDue()).toBe(0);
    clock.advance(1);
    expect(await calls.callDue()).toBe(1);
    clock.set(slot.start + 15 * MINUTE);
    expect([await calls.callDue(), await kept()]).toEqual([0, 0]);
  });

  it('goes on after a process that died, or a callback that never came', async () => {
    const { calls, clock, slot, log, line, ask, request } = set;
    await ask();
    clock.set(slot.start);
    await calls.callDue();
    await calls.staffReady(request(1));
    clock.advance(90 * SECOND - 1);
    await calls.callDue();
    expect(log).not.toContain('leave r1');
    clock.advance(1);
    await calls.callDue();
    expect(log).toContain('leave r1');
    clock.advance(5 * MINUTE);
    line.caller = 'failed';
    await calls.callDue();
    await calls.staffReady(request(2));
    expect(log).toContain('leave r2');
  });

  it('goes with the appointment: moved, cancelled, or withdrawn', async () => {
    const { calls, service, clock, slot, code, booking, kept, ask } = set;
    await ask();
    const [later] = await service.slotsToMove(code, { from: instant(slot.start + HOUR), limit: 1 });
    if (later === undefined) throw new Error('a slot was expected');
    await service.move(code, later);
    clock.set(slot.start);
    expect([await calls.callDue(), await kept()]).toEqual([0, 1]);
    clock.set(later.start);
    expect(await calls.callDue()).toBe(1);
    await service.cancel(code);
    expect([await kept(), await calls.has(booking)]).toEqual([0, false]);
  });

  it('is withdrawn with a word, even while it rings', async () => {
    const { calls, clock, slot, booking, log, kept, ask } = set;
    await ask();
    await ask('06 39 98 00 01');
    expect(await kept()).toBe(1);
    clock.set(slot.start);
    await calls.callDue();
    await calls.withdraw(booking);
    await calls.withdraw(booking);
    expect([await kept(), log.at(-1)]).toEqual([0, 'leave r1']);
  });

  it('is refused when it is none, too late, or for a meeting at a place', async () => {
    const { clock, slot, ask, kept } = set;
    expect(await ask('08 99 00 00 00')).toBe('not-a-number');
    clock.set(slot.start);
    expect([await ask(), await kept()]).toEqual(['too-late', 0]);
    const place = await telephoneAppointment('face_to_face');
    expect(await place.ask()).toBe('not-by-telephone');
    await place.remove();
  });
});

describe('a number that can be called', () => {
  it.each([
    ['03 88 00 00 01', '+33388000001'],
    ['+33 3 88 00 00 01', '+33388000001'],
    ['0388000001#', '+33388000001'],
    ['zéro trois quatre-vingt-huit zéro zéro zéro zéro zéro un', '+33388000001'],
    ['0262 90 00 01', '+262262900001'],
    ['06 39 98 00 01', '+33639980001'],
    ['+687 25 00 01', '+687250001'],
  ])('%s is %s', (said, number) => expect(readPhone(said)).toBe(number));

  it.each(['non', '0899000000', '3114', 'a@example.fr', '', '0'.repeat(500)])('%s is none', (said) =>
    expect(readPhone(said)).toBeUndefined(),
  );
});
