import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

let spoken: SpokenService;
beforeAll(async () => {
  spoken = await spokenService();
});
afterAll(() => spoken.close());

const languageAfter = async (text: string): Promise<string | undefined> => {
  const talk = await spoken.talk('web');
  await talk.say(text);
  return (await spoken.service.conversations.head(talk.id))?.language;
};

describe('English', () => {
  it.each([
    'english',
    'In English, please',
    'hello, I would like to speak English please',
    'can we talk in English?',
    'Parlez-vous anglais ?',
    'je voudrais parler en anglais',
  ])('is spoken from « %s » on', async (text) => {
    expect(await languageAfter(text)).toBe('en');
  });

  it.each([
    'je suis prof d’anglais et je n’en peux plus de ma classe',
    'mes élèves ne veulent pas parler anglais en cours',
    'I teach in English section and the schedule is a mess this year, my head refuses everything again',
  ])('is not taken from a story: « %s »', async (text) => {
    expect(await languageAfter(text)).toBe('fr');
  });
});
