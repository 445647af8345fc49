import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnResult } from '../../dialogs/turn-types.js';
import { heard, type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

let spoken: SpokenService;
beforeAll(async () => {
  spoken = await spokenService();
});
afterAll(() => spoken.close());

const titles = ({ action }: TurnResult): string[] =>
  action.kind === 'listen' ? action.ask.choices.map(({ title }) => title) : [];
const ENDS = ['Parler aussi à un psychologue', 'Autre chose'];
const START = 'je voudrais un poste adapté pour raison de santé';

/** Keys stand for the choices by their place, as on a phone. */
async function answering(talk: Talk, ...answers: string[]): Promise<TurnResult> {
  let result = talk.welcome;
  for (const answer of answers)
    result = /^[\d#*]+$/.test(answer) ? await talk.input('keys', answer) : await talk.say(answer);
  return result;
}

describe('the advisor for adjustments', () => {
  it('asks at most five questions, the place included, each of which may be skipped', async () => {
    const talk = await spoken.talk('web');
    let result = await answering(talk, START, 'Marseille');
    let questions = 1;
    while (titles(result).includes('Je ne sais pas')) {
      questions += 1;
      result = await talk.input('keys', String(titles(result).indexOf('Je ne sais pas') + 1));
    }
    expect(questions).toBeLessThanOrEqual(5);
    expect(heard(result)).toContain('9 mesures ne sont pas écartées');
    expect(titles(result)).toEqual(expect.arrayContaining(ENDS));
  });

  it('takes "je ne sais pas" for no more than it says, the place included', async () => {
    const unsure = 'Je ne sais pas';
    for (const channel of ['web', 'phone'] as const) {
      const result = await answering(
        await spoken.talk(channel),
        START,
        unsure,
        unsure,
        unsure,
        unsure,
        unsure,
      );
      expect(heard(result)).toContain('9 mesures ne sont pas écartées');
    }
  });

  it('asks only what changes the answer', async () => {
    const result = await answering(
      await spoken.talk('web'),
      START,
      'Lille',
      'je suis attachée d’administration',
    );
    expect(heard(result)).toContain('Quelle est votre situation');
  });

  it('asks nothing again that was said in passing', async () => {
    const result = await answering(
      await spoken.talk('web'),
      START,
      'Avignon',
      'professeure des écoles titulaire, en congé de longue maladie',
    );
    expect(heard(result)).toContain('travailleur handicapé');
  });

  it('asks which adapted post, and gives no fourth year', async () => {
    const talk = await spoken.talk('web');
    const asked = await answering(talk, START, 'Marseille', '2', '1', '5');
    expect(heard(asked)).toContain('Sur quel poste adapté');
    const told = await talk.input('keys', '2');
    expect(heard(told)).toContain('trois années en PACD');
  });

  it('says that no measure is open to retired staff, and still offers somebody', async () => {
    const result = await answering(await spoken.talk('web'), START, 'Lille', '1', '1', 'je suis retraitée');
    expect(heard(result)).toContain('aucune mesure ne semble ouverte');
    expect(titles(result)).toEqual(expect.arrayContaining(ENDS));
  });

  it('gives the whole of it on a sheet that can be printed, beside its text', async () => {
    const result = await answering(await spoken.talk('web'), START, 'Marseille', '2', '1', '1', '2');
    const sheet = result.messages.find(({ card }) => card?.kind === 'sheet')?.card;
    expect(sheet).toMatchObject({ kind: 'sheet', measures: expect.any(Array), notes: expect.any(Array) });
    expect(JSON.stringify(sheet)).toContain('dispositif-readaptation@ac-aix-marseille.fr');
  });

  it('never tells a date that is over as if it were not', async () => {
    const result = await answering(await spoken.talk('web'), START, 'Marseille', '2', '1', '1', '2');
    expect(heard(result)).toContain('close depuis le 13 décembre 2024');
    expect(heard(result)).not.toContain('au plus tard le');
  });

  it('says that rules older than two years are to be checked, to the day', async () => {
    const answers = [START, 'Marseille', '2', '1', '1', '2'] as const;
    spoken.clock.set('2026-11-04T12:00:00Z');
    const fresh = await answering(await spoken.talk('web'), ...answers);
    spoken.clock.set('2026-11-05T12:00:00Z');
    const old = await answering(await spoken.talk('web'), ...answers);
    spoken.clock.set('2026-03-02T08:00:00Z');
    expect(heard(fresh)).not.toContain('à vérifier');
    expect(heard(old)).toContain('à vérifier');
  });

  it('says one thing at a time on the phone, with "suivant" and "répéter"', async () => {
    const talk = await spoken.talk('phone');
    const first = await answering(talk, START, '84#', '1', '1', '3', '3');
    expect(heard(first)).toContain('PACD');
    expect(heard(first)).not.toContain('PALD');
    expect(heard(await talk.say('répéter'))).toContain('PACD');
    const second = await talk.say('suivant');
    expect(heard(second)).toContain('PALD');
    expect(titles(second)).toEqual(expect.arrayContaining(ENDS));
  });

  it('comes to an end on the phone, with something else and the psychologist', async () => {
    const talk = await spoken.talk('phone');
    let result = await answering(talk, START, '67#', '1', '1', '1', '2');
    for (let count = 0; count < 12 && !heard(result).includes('dernière mesure'); count += 1)
      result = await talk.say('suivant');
    expect(heard(result)).toContain('C’était la dernière mesure');
    expect(titles(result)).toEqual(expect.arrayContaining(ENDS));
  });

  it('leads to the services, then to somebody', async () => {
    const talk = await spoken.talk('web');
    await answering(talk, START, 'Marseille', '2', '1', '1', '2');
    expect(heard(await talk.say('Les services à joindre'))).toContain('04 42 91 73 76');
    expect(heard(await talk.say('Autre chose'))).toContain('autre chose');
  });

  it('knows a collectivity, and answers it from the nation', async () => {
    const result = await answering(await spoken.talk('web'), START, 'Nouméa');
    expect(heard(result)).toContain('Nouvelle-Calédonie');
  });
});

describe('what the caller has said already', () => {
  it('is said back in one sentence and not asked again', async () => {
    const talk = await spoken.talk('web');
    const result = await talk.say(
      'je suis professeure des écoles titulaire à Avignon, en congé de longue maladie, je voudrais une assistance humaine',
    );
    expect(heard(result)).toContain(
      'J’ai noté : premier degré, titulaire, en congé de longue maladie, vous pensez à une assistance humaine, académie Aix-Marseille.',
    );
    expect(heard(result)).toContain('travailleur handicapé, la RQTH ?');
    const told = await talk.say('oui');
    expect(heard(told)).toMatch(/• Assistance humaine[^\n]*\n/);
    expect(heard(told).indexOf('• Assistance')).toBeLessThan(heard(told).indexOf('• Poste adapté'));
  });

  it('is remembered from an earlier request', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je suis professeure certifiée titulaire et j’ai des problèmes d’argent');
    await talk.say('Marseille');
    const result = await talk.say('je voudrais un poste adapté pour raison de santé');
    expect(heard(result)).toContain('J’ai noté : second degré, titulaire');
    expect(heard(result)).toContain('Quelle est votre situation');
  });

  it('can be put right while another question is asked', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je suis professeure des écoles à Marseille et je voudrais un poste adapté pour ma santé');
    const result = await talk.say('non, je suis professeure certifiée');
    expect(heard(result)).toContain('J’ai noté : second degré');
    expect(heard(result)).toContain('titulaire, stagiaire ou contractuel');
  });

  it('is not taken from what is said of somebody else', async () => {
    const talk = await spoken.talk('web');
    const result = await talk.say(
      'ma principale refuse un aménagement de poste pour ma santé, je suis à Marseille',
    );
    expect(heard(result)).not.toContain('direction');
    expect(heard(result)).toContain('Quel est votre métier');
  });

  it('is said back in English to an English caller', async () => {
    const talk = await spoken.talk('web', 'en');
    const result = await talk.say(
      'je suis professeure certifiée à Marseille et je voudrais un poste adapté pour ma santé',
    );
    expect(heard(result)).toContain('I have noted: secondary school, you think of an adapted post');
  });
});
