import { describe, expect, it } from 'vitest';
import type { AppointmentCall } from '../../src/booking/appointment-call-store.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, race } from './contract.js';

const call = (booking: string, change: Partial<AppointmentCall> = {}): AppointmentCall => ({
  ...{ booking: asId(booking), contact: asId(`contact-${booking}`), language: 'fr', attempts: 0 },
  ...{ dueAt: instant(100), call: null, version: 1 },
  ...change,
});

export function describeAppointmentCallStore(name: string, open: OpenStores): void {
  describe(`the calls of appointments on ${name}`, () => {
    const stores = freshStores(open);

    it('lets one of fifty begin a call', async () => {
      const { appointmentCalls } = stores();
      await appointmentCalls.save(call('a'));
      const since = instant(100);
      const under = {
        request: asId<never>('r'),
        conversation: asId<never>('c'),
        stage: 'staff',
        since,
      } as const;
      const counts = await race(() =>
        appointmentCalls.save(call('a', { version: 2, attempts: 1, call: under })),
      );
      expect(counts.get('saved')).toBe(1);
      expect(await appointmentCalls.get(asId('a'))).toEqual(
        call('a', { version: 2, attempts: 1, call: under }),
      );
    });

    it('lists what is due, earliest first, and forgets what is removed', async () => {
      const { appointmentCalls } = stores();
      await appointmentCalls.save(call('late', { dueAt: instant(200) }));
      await appointmentCalls.save(call('early'));
      const due = async (at: number) =>
        (await appointmentCalls.due(instant(at), 10)).map(({ booking }) => booking);
      expect([await due(99), await due(100), await due(200)]).toEqual([[], ['early'], ['early', 'late']]);
      await appointmentCalls.save(call('early', { dueAt: instant(300), version: 2 }));
      expect(await due(200)).toEqual(['late']);
      await appointmentCalls.remove(asId('late'));
      await appointmentCalls.remove(asId('never there'));
      expect([await due(300), await appointmentCalls.get(asId('late'))]).toEqual([['early'], undefined]);
    });
  });
}
