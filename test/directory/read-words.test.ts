import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/directory/profile.js';
import { filledBy, readWords } from '../../src/directory/read-words.js';

const cases: readonly [text: string, told: Partial<Profile>][] = [
  [
    'Je suis professeur des écoles titulaire à Carpentras',
    { corps: 'premier_degre', status: 'titulaire', department: '84' },
  ],
  ['instit en maternelle, stagiaire', { corps: 'premier_degre', status: 'stagiaire' }],
  [
    'prof de français au collège dans le Bas-Rhin',
    { corps: 'second_degre', academy: 'strasbourg', department: '67' },
  ],
  ['je suis certifiée en lycée', { corps: 'second_degre' }],
  ['PsyEN au CIO de Marseille', { corps: 'second_degre', department: '13' }],
  ['CPE contractuelle', { corps: 'second_degre', status: 'contractuel' }],
  ['principale adjointe en conflit', { corps: 'direction' }],
  ['je suis proviseur', { corps: 'direction' }],
  ['inspectrice de l’éducation nationale', { corps: 'inspection' }],
  ['secrétaire au rectorat', { corps: 'administratif' }],
  ['AESH en contrat, contractuelle', { corps: 'aesh_aed', status: 'contractuel' }],
  ['infirmière scolaire', { corps: 'sante_social' }],
  ['enseignante dans le privé sous contrat', { corps: 'autre' }],
  ['en arrêt depuis deux mois', { position: 'cmo' }],
  ['je suis en congé longue maladie', { position: 'clm' }],
  ['en CLD depuis deux ans', { position: 'cld' }],
  ['à mi-temps thérapeutique', { position: 'temps_partiel_therapeutique' }],
  ['en disponibilité d’office', { position: 'disponibilite_office' }],
  ['je suis en PACD depuis septembre', { position: 'pacd' }],
  ['je suis en troisième année de PACD', { position: 'pacd', pacdYears: 3 }],
  ['après deux ans de PACD', { position: 'pacd', pacdYears: 2 }],
  ['mon PALD se termine le 31 août 2027', { position: 'pald', paldEnds: '2027-08-31' }],
  ['mon PALD prend fin le 31/08/2026', { position: 'pald', paldEnds: '2026-08-31' }],
  ['je suis retraité', { position: 'retraite' }],
  ['en CITIS après un accident de service', { position: 'citis' }],
  ['j’ai une RQTH', { rqth: true }],
  ['je suis reconnue travailleuse handicapée', { rqth: true }],
  ['je n’ai pas de RQTH', { rqth: false }],
  ['j’ai fait une demande de RQTH', { rqth: undefined }],
  ['je ne suis pas titulaire', { status: undefined }],
  ['je ne suis pas encore titulaire', { status: 'stagiaire' }],
  ['je voudrais un allègement', { wishes: ['allegement_horaire'], position: undefined }],
  ['est-ce que je peux demander un PACD', { wishes: ['pacd'], position: undefined }],
  ['un fauteuil adapté', { wishes: ['amenagement_materiel'] }],
  ['je suis fatiguée', { corps: undefined, status: undefined, position: undefined, rqth: undefined }],
  ['', { corps: undefined }],
];

describe('what words tell of a profile', () => {
  it.each(cases)('%s', (text, told) => {
    expect(readWords(text)).toMatchObject(told);
  });

  it('fills only what the fields leave out', () => {
    const profile = { department: '84', corps: 'premier_degre' } as const;
    expect(filledBy(profile, 'prof de maths titulaire à Strasbourg')).toMatchObject({
      department: '84',
      corps: 'premier_degre',
      status: 'titulaire',
    });
    expect(filledBy(profile, 'prof de maths titulaire à Strasbourg').academy).toBeUndefined();
  });

  it('adds a department to an académie only when it is one of it', () => {
    expect(filledBy({ academy: 'aix-marseille' }, 'à Avignon').department).toBe('84');
    expect(filledBy({ academy: 'aix-marseille' }, 'à Strasbourg').department).toBeUndefined();
  });

  it('reads a very long text in its first part, at once', () => {
    expect(readWords(`${'pald '.repeat(30_000)} titulaire`).status).toBeUndefined();
  });
});

describe('the corps of somebody else', () => {
  it.each([
    ['ma principale refuse mon aménagement', undefined],
    ['le proviseur adjoint ne répond pas', undefined],
    ['une AESH de ma classe m’a insultée', undefined],
    ['la raison principale est ma santé', undefined],
    ['je suis la principale d’un collège', 'direction'],
    ['je suis une AESH', 'aesh_aed'],
    ['principal de collège à Lyon', 'direction'],
    ['ma principale refuse, je suis prof de maths', 'second_degre'],
  ])('is not the caller’s own: %s', (text, corps) => {
    expect(readWords(text).corps).toBe(corps);
  });
});
