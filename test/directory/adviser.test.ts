import { describe, expect, it } from 'vitest';
import { createAdviser } from '../../src/directory/adviser.js';
import type { DirectoryEdit, DirectoryGap } from '../../src/directory/directory-store.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import { instant, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { frozenClock } from '../support/frozen-clock.js';

const shipped = loadDirectory();
const asked = { need: 'social_financier', profile: { academy: 'strasbourg' }, today: '2026-03-02' } as const;

function adviserWith(edits: DirectoryEdit[]) {
  const gaps: Omit<DirectoryGap, 'count'>[] = [];
  const clock = frozenClock('2026-03-31T23:30:00Z');
  const adviser = createAdviser({
    clock,
    shipped,
    edits: { list: async () => edits },
    gaps: { add: async (gap) => void gaps.push(gap) },
  });
  return { adviser, clock, gaps };
}

describe('the adviser', () => {
  it('hears a coordinator’s edit within a minute, and not at every answer', async () => {
    const edits: DirectoryEdit[] = [];
    const { adviser, clock } = adviserWith(edits);
    const first = async () => (await adviser.orient(asked)).services[0]?.service.id;
    expect(await first()).toBe('strasbourg-service-social');
    const serviceId = asId<never>('strasbourg-service-social');
    edits.push({ serviceId, version: 1, service: null, editedAt: instant(1), editedBy: asId('x') });
    clock.advance(MINUTE - 1);
    expect(await first()).toBe('strasbourg-service-social');
    clock.advance(1);
    expect(await first()).not.toBe('strasbourg-service-social');
  });

  it('counts a gap when it is told to, and nothing where there is an entry', async () => {
    const { adviser, gaps } = adviserWith([]);
    await adviser.countGap(await adviser.orient(asked));
    const lille = await adviser.orient({ ...asked, profile: { academy: 'lille' } });
    expect(lille.services.map(({ service }) => service.id)).toContain('national-mgen');
    await adviser.countGap(lille);
    await adviser.countGap(await adviser.orient({ ...asked, profile: { department: '988' } }));
    await adviser.countGap(await adviser.orient({ ...asked, profile: {} }));
    expect(gaps).toEqual([
      { month: '2026-03', place: 'lille', need: 'social_financier' },
      { month: '2026-03', place: '988', need: 'social_financier' },
    ]);
  });
});
