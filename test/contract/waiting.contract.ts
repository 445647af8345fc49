import { describe, expect, it } from 'vitest';
import type { WaitingEntry } from '../../src/booking/waiting-store.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, race } from './contract.js';

const entry = (codeHash: string, change: Partial<WaitingEntry> = {}): WaitingEntry => ({
  ...{
    codeHash,
    sites: [asId('site')],
    mode: 'telephone',
    wish: { weekdays: [3] },
    before: null,
    reach: { way: 'sms', contact: asId('contact') },
  },
  ...{
    language: 'fr',
    since: instant(100),
    until: instant(1_000),
    offer: null,
    missed: 0,
    declined: [{ site: asId('site'), start: instant(50) }],
    version: 1,
  },
  ...change,
});

export function describeWaitingStore(name: string, open: OpenStores): void {
  describe(`the waiting list on ${name}`, () => {
    const stores = freshStores(open);

    it('keeps the order of the line, and loses whoever leaves', async () => {
      const { waiting } = stores();
      await waiting.save(entry('second', { since: instant(200) }));
      await waiting.save(entry('first'));
      const line = async (): Promise<string[]> => (await waiting.list(10)).map(({ codeHash }) => codeHash);
      expect(await line()).toEqual(['first', 'second']);
      expect(await waiting.get('first')).toEqual(entry('first'));
      await waiting.save(entry('first', { since: instant(300), version: 2 }));
      expect(await line()).toEqual(['second', 'first']);
      await waiting.remove('second');
      await waiting.remove('nobody');
      expect([await line(), await waiting.get('second')]).toEqual([['first'], undefined]);
    });

    it('lets one of fifty who change an entry win', async () => {
      const { waiting } = stores();
      await waiting.save(entry('a'));
      const offer = { booking: asId<never>('booking'), until: instant(500), tellAt: instant(200) };
      const counts = await race(() => waiting.save(entry('a', { version: 2, offer })));
      expect(counts.get('saved')).toBe(1);
      expect(await waiting.get('a')).toMatchObject({ offer, version: 2 });
    });
  });
}
