/** What callers need (product.md, "Needs"). */
export const NEEDS = [
  'ecoute_psy',
  'crise',
  'violence_discrimination',
  'agression_menace',
  'conflit_management',
  'social_financier',
  'carriere_mobilite',
  'sante_poste',
  'info_rdv',
  'info_service',
  'parler_humain',
  'hors_sujet',
] as const;
export type Need = (typeof NEEDS)[number];
