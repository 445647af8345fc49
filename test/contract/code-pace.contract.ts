import { describe, expect, it } from 'vitest';
import { instant } from '../../src/kernel/clock.js';
import { freshStores, type OpenStores, race } from './contract.js';

export function describeCodePaceStore(name: string, open: OpenStores): void {
  describe(`the pace of codes on ${name}`, () => {
    const stores = freshStores(open);

    it('is one record, and lets one of fifty who change it win', async () => {
      const { codePace } = stores();
      expect(await codePace.get()).toBeUndefined();
      const first = { wrong: [{ minute: 7, count: 2 }], free: instant(100), version: 1 };
      expect(await codePace.save(first)).toBe('saved');
      expect(await codePace.get()).toEqual(first);
      expect(await codePace.save(first)).toBe('conflict');
      const counts = await race(() => codePace.save({ ...first, free: instant(200), version: 2 }));
      expect(counts.get('saved')).toBe(1);
      expect(await codePace.get()).toMatchObject({ free: 200, version: 2 });
    });
  });
}
