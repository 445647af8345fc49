import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';

const screen = loadScreen(createLogger('silent'));

describe('everyday answers', () => {
  it.each([
    'oui',
    'non merci',
    'je ne sais pas',
    'je sais pas trop',
    'peu importe',
    'merci d’être là',
    'merci beaucoup, au revoir',
    'au revoir',
    'bonne soirée',
    'comme vous voulez',
    'aucune idée',
    'peut-être plus tard',
    'pas maintenant',
    'd’accord, c’est noté',
    'attendez une minute',
    'allô ?',
    'ça m’est égal',
    'I don’t know',
    'whatever',
    'thank you very much, goodbye',
    'never mind',
    'not now, maybe later',
  ])('« %s » is clear wherever it is said, but after the direct question', (text) => {
    expect(screen(text, { asked: 'open', before: [] })).toEqual({ level: 'clear' });
    expect(screen(text, { asked: 'choice', before: ['je suis fatiguée'] })).toEqual({ level: 'clear' });
  });

  it('of a few words never raise the alert by the score alone', () => {
    for (const text of ['demain je pars', 'c’est la dernière', 'avec mon fils', 'je suis fatiguée'])
      expect(screen(text, { asked: 'open', before: [] }).level, text).not.toBe('vital');
    expect(screen('je veux mourir', { asked: 'open', before: [] }).level).toBe('vital');
  });
});
