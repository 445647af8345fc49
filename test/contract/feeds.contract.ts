import { describe, expect, it } from 'vitest';
import { asId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores } from './contract.js';

export function describeFeedStore(name: string, open: OpenStores): void {
  describe(`the feed store on ${name}`, () => {
    const stores = freshStores(open);

    it('has one feed for a psychologist: a new one, or a removal, ends the one before', async () => {
      const { feeds } = stores();
      const anna = { psychologist: asId<never>('anna'), secretHash: 'a1' };
      const bea = { psychologist: asId<never>('bea'), secretHash: 'b1' };
      await feeds.put(anna);
      await feeds.put(bea);
      await feeds.put({ ...anna, secretHash: 'a2' });
      expect(await feeds.bySecret('a1')).toBeUndefined();
      expect(await feeds.bySecret('a2')).toEqual({ ...anna, secretHash: 'a2' });
      await feeds.remove(asId('anna'));
      await feeds.remove(asId('nobody'));
      expect([await feeds.bySecret('a2'), await feeds.bySecret('b1')]).toEqual([undefined, bea]);
    });
  });
}
