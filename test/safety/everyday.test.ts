import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';
import { NO_CONTEXT } from '../../src/safety/screen.js';

const screen = loadScreen(createLogger('silent'));

describe('what everybody says in any conversation', () => {
  it.each([
    'oui',
    'Non merci.',
    'je ne sais pas',
    'euh je sais pas trop',
    'peu importe',
    'au revoir',
    'merci beaucoup, au revoir',
    'merci d’être là',
    'merci de m’avoir écoutée',
    'plus tard',
    'en fin de journée',
    'jeudi matin',
    'la semaine prochaine',
    'le plus tôt possible',
    'autre chose',
    'attendez un instant s’il vous plaît',
    'la deuxième',
    'd’accord, parfait',
    'bonne soirée',
    'premier message',
    'I don’t know',
    'thank you very much, bye',
    'tomorrow morning please',
    'aucune idée',
    'peut-être plus tard',
    'd’accord, c’est noté',
    'allô ?',
    'whatever',
    'never mind',
    'not now, maybe later',
  ])('« %s » is clear', (text) => {
    expect(screen(text, NO_CONTEXT)).toEqual({ level: 'clear' });
    expect(screen(text, { asked: 'choice', before: ['je suis fatiguée'] })).toEqual({ level: 'clear' });
  });

  it.each(['je ne sais pas', 'peu importe', 'plus tard'])(
    '« %s » counts as yes after the direct question',
    (text) => {
      expect(screen(text, { asked: 'life', before: [] }).level).toBe('vital');
    },
  );

  it('of a few words never raises the alert by the score alone', () => {
    for (const text of ['demain je pars', 'c’est la dernière', 'avec mon fils', 'je suis fatiguée'])
      expect(screen(text, NO_CONTEXT).level, text).not.toBe('vital');
  });

  it('does not cover what is said beside it', () => {
    expect(screen('merci, au revoir, je vais me tuer', NO_CONTEXT).level).toBe('vital');
    expect(screen('je ne sais pas, je veux mourir', NO_CONTEXT).level).toBe('vital');
  });
});
