import { ACADEMIES, academyBySlug, COLLECTIVITIES } from '../../kernel/academies.js';
import type { Word } from '../layout.js';

const DEPARTMENTS = new Map(
  ACADEMIES.flatMap(({ departments }) => departments.map(({ code, name }) => [code, name] as const)),
);
const ISLANDS = new Map(COLLECTIVITIES.map(({ code, name }) => [code, name] as const));

/** "Académie de Strasbourg", "Bas-Rhin (67)", "Tout le pays". */
export function territoryName(t: Word, territory: string): string {
  if (territory === 'national') return t('staff-office.national');
  const academy = academyBySlug(territory)?.name;
  if (academy !== undefined) return t('staff-office.academy', { name: academy });
  return `${DEPARTMENTS.get(territory) ?? ISLANDS.get(territory) ?? territory} (${territory})`;
}

/** The clock of a territory; an académie has one. */
export function zoneOf(territory: string): string {
  const academy =
    academyBySlug(territory) ??
    ACADEMIES.find(({ departments }) => departments.some(({ code }) => code === territory));
  return academy?.zone ?? COLLECTIVITIES.find(({ code }) => code === territory)?.zone ?? 'Europe/Paris';
}

export const ZONES: readonly string[] = [
  ...new Set(['Europe/Paris', ...[...ACADEMIES, ...COLLECTIVITIES].map(({ zone }) => zone).sort()]),
];
