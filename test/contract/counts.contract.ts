import { describe, expect, it } from 'vitest';
import { REMEMBERED_NAMES } from '../../src/reporting/count-store.js';
import { freshStores, type OpenStores, RACERS, race } from './contract.js';

export function describeCountStore(name: string, open: OpenStores): void {
  describe(`the counts on ${name}`, () => {
    const stores = freshStores(open);

    it('add up, whoever adds at once', async () => {
      const { counts } = stores();
      const answers = await race((racer) =>
        counts.add('2026-03-02', { 'contacts|web': 1, [`needs|n${racer % 2}`]: 2 }),
      );
      expect(answers.get('added')).toBe(RACERS);
      expect(await counts.between('2026-03-02', '2026-03-02')).toEqual([
        {
          day: '2026-03-02',
          counts: { 'contacts|web': RACERS, 'needs|n0': RACERS, 'needs|n1': RACERS },
        },
      ]);
    });

    it('are read by day, in order, both ends included', async () => {
      const { counts } = stores();
      for (const day of ['2026-01-01', '2025-12-31', '2026-12-31', '2027-01-01'])
        await counts.add(day, { 'contacts|web': 1 });
      const days = await counts.between('2026-01-01', '2026-12-31');
      expect(days.map(({ day }) => day)).toEqual(['2026-01-01', '2026-12-31']);
    });

    it('add what has a name once, however many try at once', async () => {
      const { counts } = stores();
      const answers = await race(() => counts.add('2026-03-02', { 'held|eae': 1 }, 'one'));
      expect([answers.get('added'), answers.get('already')]).toEqual([1, RACERS - 1]);
      expect(await counts.add('2026-03-02', { 'held|eae': 1 }, 'two')).toBe('added');
      expect(await counts.between('2026-03-02', '2026-03-02')).toMatchObject([{ counts: { 'held|eae': 2 } }]);
    });

    it('remember the last names only', async () => {
      const { counts } = stores();
      for (let index = 0; index <= REMEMBERED_NAMES; index += 1)
        await counts.add('2026-03-02', { 'held|eae': 1 }, `name-${index}`);
      expect(await counts.add('2026-03-02', { 'held|eae': 1 }, 'name-1')).toBe('already');
      expect(await counts.add('2026-03-02', { 'held|eae': 1 }, 'name-0')).toBe('added');
    });
  });
}
