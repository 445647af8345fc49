import { describe, expect, it } from 'vitest';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import type { HoursEdit } from '../../src/opening-hours/hours-store.js';
import { freshStores, type OpenStores, race } from './contract.js';

const edit = (version: number, change: Partial<HoursEdit> = {}): HoursEdit => ({
  ...{ service: 'psychologists', territory: 'national', version, hours: null },
  ...{ editedAt: instant(version), editedBy: asId('someone') },
  ...change,
});
const FILLED: HoursEdit['hours'] = {
  ...{ service: 'psychologists', territory: '974', zone: 'Indian/Reunion', weekly: 'always' },
  ...{ holidays: 'closed', exceptions: [{ from: '2026-12-24', to: '2026-12-25', hours: ['09:00-12:00'] }] },
};

export function describeHoursStore(name: string, open: OpenStores): void {
  describe(`opening hours on ${name}`, () => {
    const stores = freshStores(open);

    it('let one of fifty editors win', async () => {
      const { hours } = stores();
      expect((await race(() => hours.save(edit(1)))).get('saved')).toBe(1);
      expect((await race(() => hours.save(edit(2)))).get('saved')).toBe(1);
      expect(await hours.list()).toEqual([edit(2)]);
    });

    it('keep every version, each after the one before, and keep territories apart', async () => {
      const { hours } = stores();
      const island = edit(1, { territory: '974', hours: FILLED });
      expect(await hours.save(edit(2))).toBe('conflict');
      for (const version of [1, 2, 3]) expect(await hours.save(edit(version))).toBe('saved');
      expect(await hours.save(edit(3))).toBe('conflict');
      expect(await hours.save(island)).toBe('saved');
      expect(await hours.list()).toEqual([island, edit(3)]);
      const key = { service: 'psychologists', territory: 'national' } as const;
      expect(await hours.history(key, 2)).toEqual([edit(3), edit(2)]);
      expect(await hours.history({ ...key, territory: '97' }, 2)).toEqual([]);
      expect(await hours.history({ ...key, service: 'operators' }, 2)).toEqual([]);
    });
  });
}
