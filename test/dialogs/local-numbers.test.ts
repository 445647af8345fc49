import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDirectory } from '../../src/directory/load-directory.js';
import { COLLECTIVITIES } from '../../src/kernel/academies.js';
import { heard, type SpokenService, spokenService } from '../support/spoken-service.js';

describe('emergency numbers where they differ', () => {
  let spoken: SpokenService;
  beforeEach(async () => {
    spoken = await spokenService();
  });
  afterEach(() => spoken.close());

  it('are known, with their source, for each collectivity that has a numbering plan of its own', () => {
    const { emergencyNumbers, documents } = loadDirectory();
    expect(emergencyNumbers.map(({ territory }) => territory)).toEqual(
      COLLECTIVITIES.map(({ code }) => code),
    );
    for (const { answer, source } of emergencyNumbers) {
      expect(answer).toEqual(['15', '17', '18']);
      expect(documents.map(({ id }) => id)).toContain(source.document);
    }
  });

  it.each([
    ['je suis à Nouméa', /Là où vous êtes, appelez le 15 .* peuvent ne pas y répondre : 112, 114, 3114/],
    [
      'à Saint-Pierre-et-Miquelon',
      /Là où vous êtes, appelez le 15 .* peuvent ne pas y répondre : 112, 114\./,
    ],
    ['à Strasbourg', /Le 3114 vous écoute maintenant/],
  ])('are given once the place is said: %s', async (place, numbers) => {
    const talk = await spoken.talk('web');
    expect(heard(await talk.say('je veux mourir'))).toContain('Le 3114 vous écoute maintenant');
    expect(heard(await talk.say(place))).toMatch(numbers);
    expect(heard(await talk.say('je ne sais plus'))).toMatch(numbers);
  });
});
