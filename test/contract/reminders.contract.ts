import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../src/booking/reminder-store.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, race } from './contract.js';

const reminder = (booking: string, change: Partial<Reminder> = {}): Reminder => ({
  ...{ booking: asId(booking), contact: asId(`contact-${booking}`), way: 'sms', language: 'fr' },
  ...{ dueAt: instant(100), version: 1 },
  ...change,
});

export function describeReminderStore(name: string, open: OpenStores): void {
  describe(`the reminder store on ${name}`, () => {
    const stores = freshStores(open);

    it('lets one of fifty senders have a reminder', async () => {
      const { reminders } = stores();
      await reminders.save(reminder('a'));
      const counts = await race(() => reminders.save(reminder('a', { version: 2, dueAt: instant(500) })));
      expect(counts.get('saved')).toBe(1);
      expect(await reminders.due(instant(499), 10)).toEqual([]);
      expect(await reminders.get(asId('a'))).toMatchObject({ version: 2, dueAt: 500 });
    });

    it('lists what is due, earliest first, and forgets what is removed', async () => {
      const { reminders } = stores();
      await reminders.save(reminder('late', { dueAt: instant(200) }));
      await reminders.save(reminder('early'));
      const due = async (at: number) => (await reminders.due(instant(at), 10)).map(({ booking }) => booking);
      expect([await due(99), await due(100), await due(200)]).toEqual([[], ['early'], ['early', 'late']]);
      await reminders.remove(asId('early'));
      await reminders.remove(asId('never there'));
      expect([await due(200), await reminders.get(asId('early'))]).toEqual([['late'], undefined]);
      expect(await reminders.save(reminder('early'))).toBe('saved');
    });
  });
}
