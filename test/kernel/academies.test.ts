import { describe, expect, it } from 'vitest';
import { ACADEMIES, academyOfDepartment, COLLECTIVITIES, findTerritory } from '../../src/kernel/academies.js';

describe('the académies', () => {
  it('are thirty, and share the 101 departments without overlap', () => {
    const codes = ACADEMIES.flatMap(({ departments }) => departments.map(({ code }) => code));
    expect(ACADEMIES).toHaveLength(30);
    expect(codes).toHaveLength(101);
    expect(new Set(codes).size).toBe(101);
  });

  it('have time zones that the platform knows, and so have the collectivities', () => {
    const zones = [...ACADEMIES, ...COLLECTIVITIES].map(({ zone }) => zone);
    for (const zone of zones) expect(() => new Intl.DateTimeFormat('fr', { timeZone: zone })).not.toThrow();
    expect(academyOfDepartment('974')?.zone).toBe('Indian/Reunion');
  });
});

describe('finding where a caller works', () => {
  it.each([
    ['Strasbourg', 'strasbourg', '67'],
    ['je travaille a mulhouse', 'strasbourg', '68'],
    ['je suis dans le vaucluse', 'aix-marseille', '84'],
    ['84', 'aix-marseille', '84'],
    ['dans le 13', 'aix-marseille', '13'],
    ['le 54', 'nancy-metz', '54'],
    ['2a', 'corse', '2A'],
    ['Aix en Provence', 'aix-marseille', '13'],
    ['je suis prof à Metz depuis dix ans', 'nancy-metz', '57'],
    ['bas rhin', 'strasbourg', '67'],
    ['dans le nord', 'lille', '59'],
    ['dans la Manche', 'normandie', '50'],
    ['département de l’Ain', 'lyon', '01'],
    ['à La Réunion', 'la-reunion', '974'],
    ['Saint-Denis', 'creteil', '93'],
    ['Saint-Denis de La Réunion', 'la-reunion', '974'],
    ['je suis à tours', 'orleans-tours', '37'],
  ])('finds a department in « %s »', (text, academy, department) => {
    expect(findTerritory(text)).toEqual({ academy, department });
  });

  it.each([
    ['académie de Nancy-Metz', 'nancy-metz'],
    ['rectorat d’Aix-Marseille', 'aix-marseille'],
    ['je dépends de l’académie de strasbourg', 'strasbourg'],
    ['orléans tours', 'orleans-tours'],
  ])('finds an académie in « %s »', (text, academy) => {
    expect(findTerritory(text)).toEqual({ academy });
  });

  it('finds a collectivity, which has no académie', () => {
    expect(findTerritory('je suis à Nouméa')).toEqual({ department: '988' });
  });

  it.each([
    'je perds le nord',
    'j’ai 54 ans',
    'un lot de problèmes',
    'une creuse dans mon emploi du temps',
    'on me joue des tours',
    'il y a 13 élèves',
    'c’est la somme de tout',
    'je ne sais pas',
    '99',
    '',
  ])('finds nothing in « %s »', (text) => {
    expect(findTerritory(text)).toEqual({});
  });
});
