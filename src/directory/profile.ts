import { CORPS, type Corps } from '../kernel/corps.js';

export { CORPS, type Corps };

export const STATUSES = ['titulaire', 'stagiaire', 'contractuel'] as const;
export type Status = (typeof STATUSES)[number];

export const POSITIONS = [
  'en_poste',
  'cmo',
  'clm',
  'cld',
  'disponibilite_office',
  'temps_partiel_therapeutique',
  'pacd',
  'pald',
  'ppr',
  'citis',
  'retraite',
] as const;
export type Position = (typeof POSITIONS)[number];

/** Measures of the adjustment dispositif. */
export const MEASURES = [
  'pacd',
  'pald',
  'adaptation_emploi_du_temps',
  'attribution_salle',
  'allegement_horaire',
  'amenagement_service',
  'amenagement_materiel',
  'assistance_humaine',
  'ott',
] as const;
export type MeasureId = (typeof MEASURES)[number];

export interface Profile {
  /** Slug of the académie. */
  academy?: string | undefined;
  /** Code of the department or of the collectivity. */
  department?: string | undefined;
  corps?: Corps | undefined;
  status?: Status | undefined;
  position?: Position | undefined;
  /** Recognised as a disabled worker. */
  rqth?: boolean | undefined;
  /** Years already spent in PACD. */
  pacdYears?: number | undefined;
  /** ISO date on which the PALD ends. */
  paldEnds?: string | undefined;
  /** Measures asked about: they come first. */
  wishes?: readonly MeasureId[] | undefined;
}
