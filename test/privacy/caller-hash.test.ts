import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCallerHasher } from '../../src/privacy/caller-hash.js';
import { frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

const NUMBER = '+33639980001';
let store: TemporaryStore;
beforeEach(async () => {
  store = await temporaryStore();
});
afterEach(() => store.remove());

const at = (start: string) => {
  const clock = frozenClock(start);
  const hasher = createCallerHasher({ clock, random: seededRandom(), keys: store.stores.dailyKeys });
  return { clock, hasher };
};

describe('the keyed hash of a caller', () => {
  it('is the same until 04:00 in Paris, and another from then on', async () => {
    const { clock, hasher } = at('2026-03-02T12:00:00Z');
    const first = await hasher.hash(NUMBER);
    clock.set('2026-03-03T02:59:59Z');
    expect(await hasher.hash(NUMBER)).toBe(first);
    clock.set('2026-03-03T03:00:00Z');
    expect(await hasher.hash(NUMBER)).not.toBe(first);
  });

  it('links to the day before for two hours, then the key is destroyed', async () => {
    const { clock, hasher } = at('2026-03-03T02:50:00Z');
    const before = await hasher.hash(NUMBER);
    clock.set('2026-03-03T04:59:59Z');
    expect(await hasher.candidates(NUMBER)).toContain(before);
    clock.set('2026-03-03T05:00:00Z');
    expect(await hasher.candidates(NUMBER)).not.toContain(before);
    expect((await store.stores.dailyKeys.list()).map(({ day }) => day)).toEqual(['2026-03-03']);
  });

  it.each(['', 'anonymous', 'Restricted', '+266696687', '+7378742833', '+464'])(
    'does not exist for a withheld number (%s)',
    async (number) => {
      const { hasher } = at('2026-03-02T12:00:00Z');
      expect(await hasher.hash(number)).toBeUndefined();
      expect(await hasher.candidates(number)).toEqual([]);
    },
  );
});
