import { describe, expect, it } from 'vitest';
import { createMeasureAdviser } from '../../src/directory/advise-measures.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import { CORPS, MEASURES, POSITIONS, type Profile, STATUSES } from '../../src/directory/profile.js';
import { seededRandom } from '../support/seeded-random.js';

const { rules } = loadDirectory();
const random = seededRandom();
const number = (below: number): number => (random.bytes(1)[0] ?? 0) % below;
/** One of them, or not known. */
const some = <T>(values: readonly T[]): T | undefined => values[number(values.length + 1)];

const aProfile = (): Profile => ({
  academy: some(['aix-marseille', 'lille']),
  department: some(['84', '13', '05']),
  corps: some(CORPS),
  status: some(STATUSES),
  position: some(POSITIONS),
  rqth: some([true, false]),
  pacdYears: some([0, 2, 3, 4]),
  paldEnds: some(['2023-08-31', '2025-08-31', '2025-09-01', '2029-08-31']),
  wishes: some([[], ['ott'], ['pald', 'pacd']]),
});
const DATES = ['2022-12-16', '2022-12-17', '2023-01-28', '2024-12-13', '2024-12-14', '2026-09-01'];

describe('the weighing of measures', () => {
  it('gives an answer that was kept exactly as it would weigh it anew', () => {
    const kept = createMeasureAdviser(rules);
    for (let count = 0; count < 3_000; count += 1) {
      const profile = aProfile();
      const today = DATES[number(DATES.length)] ?? '';
      expect(kept(profile, today)).toEqual(createMeasureAdviser(rules)(profile, today));
    }
  });

  it('never guesses: what is open to somebody known is open to the same person half unknown', () => {
    const advise = createMeasureAdviser(rules);
    const open = (profile: Profile): string[] =>
      advise(profile, '2024-11-20').measures.flatMap((one) => (one.open ? [one.id] : []));
    const place = { academy: 'aix-marseille', department: '84', corps: 'premier_degre' } as const;
    for (let count = 0; count < 1_000; count += 1) {
      const known = { ...aProfile(), ...place };
      const half = { ...known, status: undefined, position: undefined };
      expect(open(half)).toEqual(expect.arrayContaining(open(known)));
    }
  });

  it('says why in one sentence, and has nothing to send for what is not open', () => {
    const advise = createMeasureAdviser(rules);
    for (let count = 0; count < 500; count += 1)
      for (const measure of advise(aProfile(), '2026-03-02').measures) {
        expect(MEASURES).toContain(measure.id);
        expect(measure.why).toMatch(/\.$/);
        if (!measure.open) expect([...measure.conditions, ...measure.send]).toEqual([]);
      }
  });
});
