/** Groups of staff as the rules and the reports tell them apart (interfaces.md, `orient`). */
export const CORPS = [
  'premier_degre',
  'second_degre',
  'direction',
  'inspection',
  'administratif',
  'aesh_aed',
  'sante_social',
  'autre',
] as const;
export type Corps = (typeof CORPS)[number];
