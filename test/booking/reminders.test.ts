import { describe, expect, it } from 'vitest';
import { createReminders } from '../../src/booking/reminders.js';
import { DAY, HOUR, instant, MINUTE } from '../../src/kernel/clock.js';
import type { BookingId } from '../../src/kernel/ids.js';
import { readContact } from '../../src/messages/contact.js';
import type { Messenger } from '../../src/messages/messenger.js';
import { createContactVault } from '../../src/privacy/contact-vault.js';
import { createSecrets } from '../../src/privacy/secrets.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';
import { confirmed, desk, firstSlot } from './booking-support.js';
import { at } from './builders.js';

const MOBILE = '06 39 98 12 34';

async function reminding(ways: Messenger['ways'] = ['sms', 'email']) {
  const follow: { now?: (id: BookingId) => Promise<void> } = {};
  const set = desk({ changed: async (id) => follow.now?.(id) });
  const random = seededRandom();
  const { stores, remove } = await temporaryStore();
  const contacts = createContactVault({
    ...{ clock: set.clock, random, store: stores.vault },
    secrets: createSecrets({ current: Buffer.alloc(32, 1), random }),
  });
  const sent: string[] = [];
  let answers: ('sent' | 'failed')[] = [];
  const reminders = createReminders({
    ...{ clock: set.clock, random, contacts, store: stores.reminders, bookings: set.store },
    messenger: {
      ways,
      send: async ({ way, to, text }) => {
        sent.push(`${way} ${to}: ${text}`);
        return answers.shift() ?? 'sent';
      },
    },
    words: async ({ start }) => ({ subject: 'Rappel', text: new Date(start).toISOString() }),
  });
  follow.now = (id) => reminders.follow(id);
  const kept = async (): Promise<number> =>
    (await stores.vault.ended(instant(at('2030-01-01T00:00Z')), 10)).length;
  const book = async (start: string) => {
    const [slot] = await set.service.findSlots({ from: at(start), limit: 1 });
    return confirmed(set.service, slot);
  };
  const ask = (booking: BookingId, contact = MOBILE) => reminders.ask({ booking, contact, language: 'fr' });
  const fail = (...outcomes: ('sent' | 'failed')[]): void => {
    answers = outcomes;
  };
  return { ...set, reminders, sent, kept, book, ask, fail, remove };
}

describe('what may be a contact', () => {
  it.each([
    ['06 39 98 12 34', { way: 'sms', to: '+33639981234' }],
    ['+33 7 39 98 12 34', { way: 'sms', to: '+33739981234' }],
    ['0639981234#', { way: 'sms', to: '+33639981234' }],
    ['0032 470 12 34 56', { way: 'sms', to: '+32470123456' }],
    [' prof@exemple.fr ', { way: 'email', to: 'prof@exemple.fr' }],
  ])('reads %s', (text, expected) => {
    expect(readContact(text)).toEqual(expected);
  });

  it.each(['01 99 00 01 01', '+33199000101', 'bonjour', 'a@b', '12', '', 'x'.repeat(300), 'a b@c.fr'])(
    'does not take: %s',
    (text) => {
      expect(readContact(text)).toBeUndefined();
    },
  );
});

describe('a reminder', () => {
  it('is sent the day before, once, and its contact is destroyed', async () => {
    const { ask, book, clock, reminders, sent, kept, remove } = await reminding();
    const { booking } = await book('2026-03-05T08:00Z');
    expect(await ask(booking)).toBe('kept');
    clock.set(at('2026-03-04T08:00Z') - 1);
    expect(await reminders.sendDue()).toBe(0);
    clock.set(at('2026-03-04T08:00Z'));
    const both = await Promise.all([reminders.sendDue(), reminders.sendDue()]);
    expect(both.reduce((a, b) => a + b)).toBe(1);
    expect(sent).toEqual(['sms +33639981234: 2026-03-05T08:00:00.000Z']);
    expect([await reminders.sendDue(), await kept()]).toEqual([0, 0]);
    await remove();
  });

  it('is sent two hours before when the day before is over, and not asked for later than that', async () => {
    const { ask, clock, reminders, service, sent, remove } = await reminding();
    const slot = await firstSlot(service);
    const { booking } = await confirmed(service, slot);
    expect(await ask(booking)).toBe('kept');
    clock.set(slot.start - 2 * HOUR - 1);
    expect(await reminders.sendDue()).toBe(0);
    clock.set(slot.start - 2 * HOUR);
    expect(await ask(booking)).toBe('too-late');
    expect([await reminders.sendDue(), sent.length]).toEqual([1, 1]);
    await remove();
  });

  it('follows the appointment when it moves', async () => {
    const { ask, book, clock, reminders, service, sent, kept, remove } = await reminding();
    const { booking, code } = await book('2026-03-05T08:00Z');
    await ask(booking);
    const [slot] = await service.slotsToMove(code, { from: at('2026-03-10T08:00Z'), limit: 1 });
    await service.move(code, slot as never);
    clock.set('2026-03-04T08:00:00Z');
    expect([await reminders.sendDue(), sent]).toEqual([0, []]);
    expect(await kept()).toBe(1);
    clock.set('2026-03-09T08:00:00Z');
    expect(await reminders.sendDue()).toBe(1);
    expect(sent).toEqual(['sms +33639981234: 2026-03-10T08:00:00.000Z']);
    await remove();
  });

  it('is not sent for an appointment that is cancelled, and its contact is destroyed', async () => {
    const { ask, book, clock, reminders, service, kept, sent, remove } = await reminding();
    const { booking, code } = await book('2026-03-05T08:00Z');
    await ask(booking);
    await service.cancel(code);
    expect(await kept()).toBe(0);
    clock.set('2026-03-04T08:00:00Z');
    expect([await reminders.sendDue(), sent, await kept()]).toEqual([0, [], 0]);
    await remove();
  });

  it('is withdrawn, and replaced by a new contact', async () => {
    const { ask, book, reminders, kept, clock, sent, remove } = await reminding();
    const { booking } = await book('2026-03-05T08:00Z');
    await ask(booking);
    await ask(booking, 'prof@exemple.fr');
    expect(await kept()).toBe(1);
    clock.set('2026-03-04T08:00:00Z');
    await reminders.withdraw(booking);
    expect([await kept(), await reminders.sendDue(), sent]).toEqual([0, 0, []]);
    await remove();
  });

  it('is tried again after five minutes when it failed, until the appointment begins', async () => {
    const { ask, book, clock, reminders, fail, sent, kept, remove } = await reminding();
    const { booking } = await book('2026-03-05T08:00Z');
    await ask(booking);
    clock.set('2026-03-04T08:00:00Z');
    fail('failed', 'sent');
    expect(await reminders.sendDue()).toBe(0);
    clock.advance(5 * MINUTE - 1);
    expect([await reminders.sendDue(), sent.length]).toEqual([0, 1]);
    clock.advance(1);
    expect([await reminders.sendDue(), sent.length, await kept()]).toEqual([1, 2, 0]);
    await remove();
  });

  it('is given up once the appointment has begun: a service that was down too long says nothing', async () => {
    const { ask, book, clock, reminders, sent, kept, remove } = await reminding();
    const { booking } = await book('2026-03-05T08:00Z');
    await ask(booking);
    clock.set(at('2026-03-05T08:00Z') - DAY + 3 * HOUR);
    clock.set('2026-03-05T08:00:00Z');
    expect([await reminders.sendDue(), sent, await kept()]).toEqual([0, [], 0]);
    await remove();
  });

  it('needs a way that is set up, and an appointment', async () => {
    const { ask, book, kept, remove } = await reminding(['email']);
    const { booking } = await book('2026-03-05T08:00Z');
    expect(await ask(booking)).toBe('not-offered');
    expect(await ask(booking, 'rien')).toBe('not-a-contact');
    expect(await ask('nothing' as BookingId, 'prof@exemple.fr')).toBe('unknown');
    expect(await kept()).toBe(0);
    await remove();
  });
});
