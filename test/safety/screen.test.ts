import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';
import { answerAboutLife, createScreen, NO_CONTEXT } from '../../src/safety/screen.js';

const log = createLogger('silent');
const screen = loadScreen(log);
const plain = NO_CONTEXT;

describe('the safety screen', () => {
  it.each([
    ['je veux mourir', 'self-harm-ideation'],
    ['JE VAIS ME TUER', 'self-harm-ideation'],
    ['jpp je vais en finir avec la vie', 'self-harm-ideation'],
    ['I want to kill myself', 'self-harm-ideation'],
    ['j’ai écrit ma lettre d’adieu', 'plan'],
    ['c’est mon dernier message', 'goodbye'],
    ['j’aimerais m’endormir et ne plus jamais me réveiller', 'passive-death-wish'],
    ['j’ai avalé tous mes cachets', 'act-in-progress'],
    ['mon collègue parle de se suicider', 'third-person'],
    ['il a un couteau et il force la porte', 'violence-now'],
    ['je vais venir avec une arme', 'danger-to-others'],
    ['une élève de ma classe se fait battre chez elle', 'child-in-danger'],
    ['je n’arrive plus à respirer', 'medical-emergency'],
  ])('raises the alert for « %s »', (text, reason) => {
    expect(screen(text, plain)).toEqual({ level: 'vital', reason });
  });

  it.each([
    'je n’ai jamais pensé à me suicider',
    'c’était un film sur une femme qui veut mourir',
    'la formation de prévention du suicide a lieu jeudi',
    'je me tue à leur dire',
    'on était morts de rire',
    'il y a dix ans j’ai voulu mourir, aujourd’hui je vais bien',
  ])('does not raise the alert for « %s »', (text) => {
    expect(screen(text, plain).level).not.toBe('vital');
  });

  it.each([
    'je voudrais prendre rendez-vous avec un psychologue',
    'je veux annuler mon rendez-vous',
    'est-ce que c’est anonyme ?',
    'je cherche le service social de mon académie',
    'Strasbourg',
  ])('lets « %s » pass', (text) => {
    expect(screen(text, plain)).toEqual({ level: 'clear' });
  });

  it('finds the danger at the end of a very long message', () => {
    const long = `${'Je vous raconte ma journée au collège, sans importance. '.repeat(300)} Je veux mourir.`;
    expect(screen(long, plain).level).toBe('vital');
  });

  it('counts anything but a clear no to the direct question as yes', () => {
    const asked = { asked: 'life' as const, before: [] };
    expect(screen('non', asked).level).toBe('clear');
    expect(screen('Non, pas du tout, je suis juste fatiguée', asked).level).toBe('clear');
    for (const text of ['oui', 'parfois', 'je ne sais pas', 'non mais bon', 'bof', '...'])
      expect(screen(text, asked).level, text).toBe('vital');
  });

  it('is never at ease without its model, and says so when the model is damaged', () => {
    expect(createScreen('missing')('bonjour', plain)).toEqual({ level: 'unsure', reason: 'unclear' });
    expect(createScreen('missing')('je veux mourir', plain).level).toBe('vital');
    const damaged = loadScreen(log, new URL('./nowhere.json', import.meta.url));
    expect(damaged('bonjour', plain).level).toBe('unsure');
  });
});

describe('the answer to the direct question', () => {
  it.each([
    ['non', 'no'],
    ['no, not at all', 'no'],
    ['non merci, je vous rassure', 'no'],
    ['oui', 'yes'],
    ['des fois oui', 'yes'],
    ['non enfin je ne sais plus', 'unclear'],
    ['pourquoi cette question', 'unclear'],
  ])('« %s » is %s', (text, expected) => {
    expect(answerAboutLife(text)).toBe(expected);
  });
});
