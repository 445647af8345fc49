import { describe, expect, it } from 'vitest';
import { type AuditEntry, sealEntry } from '../../src/accounts/audit-entry.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, RACERS, race } from './contract.js';

const entry = (seq: number, on = `c${seq}`): AuditEntry =>
  sealEntry({ seq, at: instant(seq), by: asId('camille'), act: 'note-added', on, previous: '' });

export function describeAuditStore(name: string, open: OpenStores): void {
  describe(`the audit on ${name}`, () => {
    const stores = freshStores(open);

    it('gives a sequence number to one of fifty', async () => {
      const { audit } = stores();
      expect(await audit.last()).toBeUndefined();
      const counts = await race((racer) => audit.append(entry(1, `r${racer}`)));
      expect(counts.get('appended')).toBe(1);
      expect(counts.get('taken')).toBe(RACERS - 1);
      expect((await audit.last())?.seq).toBe(1);
    });

    it('gives entries back as they were, from either end', async () => {
      const { audit } = stores();
      for (const seq of [1, 2, 3, 4]) expect(await audit.append(entry(seq))).toBe('appended');
      expect(await audit.append(entry(2, 'again'))).toBe('taken');
      expect(await audit.from(2, 2)).toEqual([entry(2), entry(3)]);
      expect(await audit.below(4, 2)).toEqual([entry(3), entry(2)]);
      expect(await audit.below(Number.MAX_SAFE_INTEGER, 1)).toEqual([entry(4)]);
      expect(await audit.last()).toEqual(entry(4));
      expect(await audit.from(5, 2)).toEqual([]);
    });

    it('removes from the beginning only', async () => {
      const { audit } = stores();
      for (const seq of [1, 2, 3]) await audit.append(entry(seq));
      await audit.removeBelow(3);
      expect(await audit.from(1, 10)).toEqual([entry(3)]);
      expect(await audit.below(3, 10)).toEqual([]);
      expect(await audit.append(entry(4))).toBe('appended');
    });
  });
}
