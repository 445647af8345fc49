import { describe, expect, it } from 'vitest';
import { createMeasureAdviser } from '../../src/directory/advise-measures.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import { openFields } from '../../src/directory/open-fields.js';
import type { Profile } from '../../src/directory/profile.js';

const measures = createMeasureAdviser(loadDirectory().rules);
const open = (profile: Profile) => openFields(measures, profile, '2026-03-02');

describe('what is worth asking', () => {
  it('is everything that a measure depends on, while nothing is known', () => {
    expect(open({ academy: 'aix-marseille' })).toEqual(['corps', 'status', 'position', 'rqth']);
  });

  it('is not the status of those for whom it changes nothing', () => {
    expect(open({ academy: 'lille', corps: 'administratif' })).toEqual(['position', 'rqth']);
  });

  it('is nothing for retired staff', () => {
    expect(open({ academy: 'lille', position: 'retraite' })).toEqual([]);
  });

  it('is which adapted post, for those who are on one', () => {
    const teacher = {
      academy: 'aix-marseille',
      corps: 'second_degre',
      status: 'titulaire',
      rqth: true,
    } as const;
    expect(open({ ...teacher, position: 'pacd' })).toEqual(['adapted-post']);
    expect(open({ ...teacher, position: 'pald' })).toEqual(['adapted-post']);
    expect(open({ ...teacher, position: 'pacd', pacdYears: 1 })).toEqual([]);
    expect(open({ ...teacher, position: 'en_poste' })).toEqual([]);
  });
});
