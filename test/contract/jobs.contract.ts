import { describe, expect, it } from 'vitest';
import type { JobRecord } from '../../src/jobs/job-store.js';
import { instant } from '../../src/kernel/clock.js';
import { freshStores, type OpenStores, RACERS, race } from './contract.js';

const record = (change: Partial<JobRecord> = {}): JobRecord => ({
  name: 'sweep',
  dueAt: instant(1),
  lease: null,
  startedAt: null,
  endedAt: null,
  outcome: null,
  count: 0,
  version: 1,
  ...change,
});

export function describeJobStore(name: string, open: OpenStores): void {
  describe(`the jobs on ${name}`, () => {
    const stores = freshStores(open);

    it('are taken by one of fifty, the first time and every other', async () => {
      const { jobs } = stores();
      for (const version of [1, 2]) {
        const counts = await race((racer) =>
          jobs.save(record({ version, lease: { holder: `h${racer}`, until: instant(9) } })),
        );
        expect([counts.get('saved'), counts.get('conflict')]).toEqual([1, RACERS - 1]);
      }
      expect(await jobs.get('sweep')).toMatchObject({ version: 2 });
    });

    it('are kept whole and listed', async () => {
      const { jobs } = stores();
      const ended = record({ name: 'a', endedAt: instant(7), outcome: 'failed', count: 2 });
      await jobs.save(ended);
      await jobs.save(record({ name: 'b' }));
      expect(await jobs.get('a')).toEqual(ended);
      expect((await jobs.list()).map((job) => job.name)).toEqual(['a', 'b']);
      expect(await jobs.get('c')).toBeUndefined();
    });
  });
}
