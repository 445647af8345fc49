import { describe, expect, it } from 'vitest';
import { inFrench, isEnglish } from '../../src/safety/english.js';
import { normalise } from '../../src/safety/normalise.js';
import { phoneticKey, respell } from '../../src/safety/phonetic.js';

const words = (text: string): string[] => normalise(text).split(' ');

describe('English', () => {
  it('is told from French, and read word for word', () => {
    expect(isEnglish(words('I have not been paid since the start of the year'))).toBe(true);
    expect(isEnglish(words('je n’ai pas été payé depuis le début de l’année'))).toBe(false);
    expect(isEnglish(words('on est en burn out, le chef est toxic'))).toBe(false);
    expect(inFrench(words('I don’t want to wake up')).join(' ')).toBe('je ne veux plus me reveiller');
  });
});

describe('spelling', () => {
  it.each([
    ['suissider', 'suicider'],
    ['medikaments', 'medicaments'],
    ['dezespoir', 'desespoir'],
  ])('%s is %s', (written, meant) => {
    expect(respell(written)).toBe(meant);
    expect(phoneticKey(written)).toBe(phoneticKey(meant));
  });

  it.each(['prendre', 'courir', 'maitriser', 'nourrir', 'pourrir', 'mutuelle'])(
    '%s stays as it is',
    (word) => {
      expect(respell(word)).toBe(word);
    },
  );

  it.each([
    ['sa sert plus a rien', 'ca sert plus a rien'],
    ['je vait me tué', 'je vais me tuer'],
    ['jve plu vivre', 'je veux plus vivre'],
    ['je mais faim a mes jours', 'je mais fin a mes jours'],
  ])('« %s » is heard as « %s »', (heard, meant) => {
    expect(normalise(heard)).toBe(meant);
  });
});
