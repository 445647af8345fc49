import type { AdviseMeasures } from './advise-measures.js';
import { CORPS, POSITIONS, type Profile, STATUSES } from './profile.js';

/** What a caller may be asked, in this order. */
export const ASKABLE = ['corps', 'status', 'position', 'adapted-post', 'rqth'] as const;
export type Askable = (typeof ASKABLE)[number];

const FAR = '9999-08-31';

/** Every answer to each question, as the parts of a profile that it fills. */
const ANSWERS: Readonly<Record<Askable, readonly Partial<Profile>[]>> = {
  corps: CORPS.map((corps) => ({ corps })),
  status: STATUSES.map((status) => ({ status })),
  position: POSITIONS.map((position) => ({ position })),
  'adapted-post': [
    { position: 'pacd', pacdYears: 1 },
    { position: 'pacd', pacdYears: 3 },
    { position: 'pald', paldEnds: FAR },
  ],
  rqth: [{ rqth: true }, { rqth: false }],
};

/**
 * The questions whose answers would change which measures are open, or which document answers. The others are
 * not worth a caller's breath.
 * @param today ISO date
 */
export function openFields(measures: AdviseMeasures, profile: Profile, today: string): Askable[] {
  return ASKABLE.filter((field) => !isKnown(field, profile)).filter((field) => {
    const outcomes = ANSWERS[field].map((answer) => outcomeOf(measures({ ...profile, ...answer }, today)));
    return new Set(outcomes).size > 1;
  });
}

/** Only those on an adapted post are asked which, and since when or until when. */
function isKnown(field: Askable, profile: Profile): boolean {
  if (field !== 'adapted-post') return profile[field] !== undefined;
  if (profile.position === 'pacd') return profile.pacdYears !== undefined;
  return profile.position !== 'pald' || profile.paldEnds !== undefined;
}

const outcomeOf = ({ set, measures }: ReturnType<AdviseMeasures>): string =>
  `${set.id}:${measures.map(({ open }) => (open ? 1 : 0)).join('')}`;
