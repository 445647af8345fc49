import { describe, expect, it } from 'vitest';
import { explicitRisk } from '../../src/safety/explicit-risk.js';
import { normalise } from '../../src/safety/normalise.js';

const risk = (text: string) => explicitRisk(normalise(text));

describe('danger said openly', () => {
  it.each([
    ['je veux mourir', 'self-harm-ideation'],
    ['g envi de mourrir', 'self-harm-ideation'],
    ['je pense souvent au suicide', 'self-harm-ideation'],
    ['j’ai des idées suicidaires', 'self-harm-ideation'],
    ['je vais me foutre en l’air', 'self-harm-ideation'],
    ['je n’ai plus envie de vivre', 'self-harm-ideation'],
    ['je veux en finir', 'self-harm-ideation'],
    ['I’m thinking of killing myself', 'self-harm-ideation'],
    ['j’ai tout préparé pour en finir', 'plan'],
    ['ce soir je mets fin à mes jours', 'plan'],
    ['j’ai fait une tentative au printemps et ça me reprend', 'past-attempt-returning'],
    ['ma collègue parle d’en finir', 'third-person'],
    ['il m’a écrit qu’il allait se suicider', 'third-person'],
    ['je voudrais m’endormir et ne plus me réveiller', 'passive-death-wish'],
    ['ils seraient tellement mieux sans moi', 'passive-death-wish'],
    ['c’est mon dernier message', 'goodbye'],
    ['j’ai avalé tous mes comprimés', 'act-in-progress'],
    ['mon ex défonce la porte', 'violence-now'],
    ['il a sorti un couteau', 'violence-now'],
    ['on entend des coups de feu, on est cachés', 'violence-now'],
    ['coups de feu devant le collège', 'violence-now'],
    ['ils tirent sur les élèves', 'violence-now'],
    ['un homme armé est entré dans l’école', 'violence-now'],
    ['active shooter in the building', 'violence-now'],
    ['je vais tuer mon chef', 'danger-to-others'],
    ['un élève de ma classe est battu par son oncle', 'child-in-danger'],
    ['mon mari est inconscient', 'medical-emergency'],
    ['j’ai une douleur dans la poitrine et dans le bras gauche', 'medical-emergency'],
  ])('« %s » is %s', (text, reason) => {
    expect(risk(text)).toEqual({ kind: 'open', reason });
  });
});

describe('what turns the sense of open words', () => {
  it.each([
    ['a denial', 'je n’ai jamais pensé à me suicider'],
    ['a denial', 'non mais je n’ai pas envie de mourir hein'],
    ['a denial', 'je ne vais pas me tuer pour autant'],
    ['reassurance', 'je vous rassure tout de suite'],
    ['an idiom', 'je me tue à leur dire'],
    ['an idiom', 'on était morts de rire'],
    ['an idiom', 'je ne vais pas me tuer au travail'],
    ['fiction', 'dans le roman l’héroïne finit par se dire qu’elle veut mourir'],
    ['a training', 'la formation sur les idées suicidaires a lieu jeudi'],
    ['a quotation', 'l’affiche parle de pensées suicidaires'],
    ['a past that is over', 'il y a dix ans j’ai voulu mourir, aujourd’hui je vais bien'],
    ['grief', 'mon frère s’est suicidé l’an dernier'],
    ['a figure of speech', 'j’ai envie de le tuer, façon de parler'],
  ])('%s: « %s » is no open danger', (_guard, text) => {
    expect(risk(text).kind).toBe('turned');
  });

  it.each([
    'je suis pas bien je veux mourir',
    'sans importance. Je veux mourir.',
    'il y a dix ans j’ai voulu mourir et là ça me reprend',
    'mon frère s’est suicidé et moi aussi je veux mourir',
  ])('and what does not: « %s »', (text) => {
    expect(risk(text).kind).toBe('open');
  });

  it.each([
    'je veux en finir avec ce poste',
    'je ne veux plus vivre avec lui',
    'je prends mes médicaments pour la tension',
    'il me tape sur les nerfs',
    'l’an passé il y a eu des coups de feu dans le quartier',
    'un exercice avec de faux coups de feu dans la cour',
    'c’est le dernier message que j’ai reçu du rectorat',
    'je n’arrive plus à me réveiller à l’heure',
    'j’avais envie de mourir de honte',
  ])('and ordinary words: « %s » is nothing', (text) => {
    expect(risk(text).kind).toBe('none');
  });
});
