import { describe, expect, it } from 'vitest';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import type { PendingText } from '../../src/messages/text-store.js';
import { freshStores, type OpenStores, race } from './contract.js';

const text = (conversation: string, change: Partial<PendingText> = {}): PendingText => ({
  ...{ conversation: asId(conversation), contact: asId(`contact-${conversation}`) },
  ...{ dueAt: instant(100), tries: 0, version: 1 },
  ...change,
});

export function describeTextStore(name: string, open: OpenStores): void {
  describe(`texts to send on ${name}`, () => {
    const stores = freshStores(open);

    it('let one of fifty senders have a text', async () => {
      const { texts } = stores();
      await texts.save(text('a'));
      const counts = await race(() => texts.save(text('a', { version: 2, dueAt: instant(500), tries: 1 })));
      expect(counts.get('saved')).toBe(1);
      expect(await texts.due(instant(499), 10)).toEqual([]);
      expect(await texts.due(instant(500), 10)).toEqual([await texts.get(asId('a'))]);
    });

    it('list what is due, earliest first, and forget a text only as it was', async () => {
      const { texts } = stores();
      await texts.save(text('late', { dueAt: instant(200) }));
      await texts.save(text('early'));
      const due = async (at: number) => (await texts.due(instant(at), 10)).map((one) => one.conversation);
      expect([await due(99), await due(100), await due(200)]).toEqual([[], ['early'], ['early', 'late']]);
      await texts.save(text('early', { version: 2 }));
      await texts.remove(text('early'));
      expect(await texts.get(asId('early'))).toEqual(text('early', { version: 2 }));
      await texts.remove(text('early', { version: 2 }));
      await texts.remove(text('never there'));
      expect([await due(200), await texts.get(asId('early'))]).toEqual([['late'], undefined]);
      expect(await texts.save(text('early'))).toBe('saved');
    });
  });
}
