import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/log.js';
import type { StoredModel } from '../../src/safety/linear-model.js';
import { loadUnderstand } from '../../src/triage/load-understand.js';
import { readCorpus } from '../../src/triage/training/corpus.js';
import { trainModels } from '../../src/triage/training/train-models.js';

const understand = loadUnderstand(createLogger('silent'));

describe('understanding a need', () => {
  it.each([
    ['je voudrais prendre rendez-vous avec un psychologue', 'ecoute_psy'],
    ['rendez-vous', 'ecoute_psy'],
    ['un psychologue s’il vous plaît', 'ecoute_psy'],
    ['je voudrais parler à un psychologue maintenant', 'ecoute_psy'],
    ['je suis épuisée, je pleure tous les soirs', 'ecoute_psy'],
    ['I would like an appointment', 'ecoute_psy'],
    ['je veux annuler mon rendez-vous', 'info_rdv'],
    ['annuler', 'info_rdv'],
    ['une personne', 'parler_humain'],
    ['je veux parler à un opérateur', 'parler_humain'],
    ['c’est anonyme ?', 'info_service'],
    ['je cherche l’assistante sociale de l’académie de Strasbourg', 'social_financier'],
    ['je ne peux plus payer mon loyer', 'social_financier'],
    ['je voudrais changer de métier', 'carriere_mobilite'],
    ['je veux un poste adapté, je suis à Marseille', 'sante_poste'],
    ['un parent m’a insultée et menacée', 'agression_menace'],
    ['je subis du harcèlement sexiste d’un collègue', 'violence_discrimination'],
    ['je suis en conflit avec mon chef d’établissement', 'conflit_management'],
    ['quel temps fait-il demain', 'hors_sujet'],
  ])('« %s » is %s', (text, need) => {
    expect(understand(text).need).toBe(need);
  });

  it('takes what is said of the place, the way and the time', () => {
    expect(understand('un rendez-vous en face à face à Mulhouse').slots).toEqual({
      academy: 'strasbourg',
      department: '68',
      mode: 'face_to_face',
    });
    expect(understand('un psychologue tout de suite').slots).toEqual({ now: true });
  });

  it('asks between two or three needs when it is not sure, never offering danger as a choice', () => {
    const { ask, confidence } = understand('il faut que je parle de mon travail');
    expect(confidence).toBeLessThan(0.5);
    expect(ask?.choices.length).toBeGreaterThanOrEqual(2);
    expect(ask?.choices.length).toBeLessThanOrEqual(3);
    expect(ask?.choices).not.toContain('crise');
  });
});

/** Compression differs from one version of Node to another; the digest tells what the bytes hold. */
const withoutBytes = ({ rarity: _rarity, weights: _weights, ...rest }: StoredModel): object => rest;

describe('the models kept in the repository', () => {
  it('are what training makes of the corpus', () => {
    const root = new URL('../../', import.meta.url);
    const { safety, triage } = trainModels(readCorpus(new URL('src/triage/corpus', root).pathname));
    const kept = (file: string) => JSON.parse(readFileSync(new URL(file, root), 'utf8')) as StoredModel;
    expect(withoutBytes(kept('src/safety/model.json'))).toEqual(withoutBytes(safety));
    expect(withoutBytes(kept('src/triage/model.json'))).toEqual(withoutBytes(triage));
  }, 180_000);
});
