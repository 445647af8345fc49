/** How a conversation with a person ended: mandatory, coded, only counted. */
export const OUTCOMES = [
  'listened',
  'oriented',
  'appointment',
  'psychologist',
  'informed',
  'caller-left',
  'not-for-us',
  'abusive',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whom the caller was pointed to (product.md, "What it does"). */
export const ORIENTATIONS = [
  'none',
  'psychologist',
  'pae',
  'service-social',
  'crhp',
  'cmc',
  'medecine-prevention',
  'correspondant-handicap',
  'cellule-rps',
  'cellule-cadres',
  'reseau-pas',
  'centre-readaptation',
  'dispositif-adaptation',
  'urgences',
  '3114',
  'other',
] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

export interface Closing {
  outcome: Outcome;
  orientation: Orientation;
}
