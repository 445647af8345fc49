import type { AdvisedMeasure } from '../../src/directory/advise-measures.js';
import { type Choice, type DialogContext, ONE_KEY, type Question } from '../dialog.js';
import { textChoice } from '../send-text/offer-text.js';

const PSYCHOLOGIST: Choice = {
  value: 'psychologist',
  key: 'orientation.choice.psychologist',
  words: ['psychologue', 'psychologist'],
};
const ELSE: Choice = {
  value: 'else',
  key: 'orientation.choice.else',
  words: ['autre chose', 'autre question', 'something else', 'merci', 'thanks', 'non'],
};
const HUMAN: Choice = {
  value: 'human',
  key: 'triage.door.human',
  words: ['operateur', 'quelqu un', 'une personne', 'operator'],
};
const DETAILS: Choice = { value: 'details', key: 'adjustment.choice.details', words: ['detail', 'details'] };
const SERVICES: Choice = {
  value: 'services',
  key: 'adjustment.choice.services',
  words: ['services', 'service', 'qui appeler'],
};

/** After the whole answer: always something else, and the psychologist. */
export const screenQuestion = (context: DialogContext, detailed: boolean): Question => ({
  choices: [...(detailed ? [DETAILS] : []), SERVICES, ...textChoice(context), PSYCHOLOGIST, ELSE, HUMAN],
  keys: ONE_KEY,
  again: { key: 'orientation.question' },
});

export const measureQuestion = (measures: readonly AdvisedMeasure[]): Question => ({
  choices: [
    ...measures.map(({ id, name }) => ({ value: id, key: 'adjustment.choice.measure', params: { name } })),
    ELSE,
  ],
  keys: ONE_KEY,
  again: { key: 'adjustment.which' },
});

/** On the phone, after each idea. */
export const readingQuestion = (context: DialogContext, detailed: boolean): Question => ({
  choices: [
    { value: 'next', key: 'adjustment.choice.next', words: ['suivant', 'suivante', 'next', 'continuer'] },
    { value: 'repeat', key: 'adjustment.choice.repeat', words: ['repeter', 'repetez', 'repeat', 'pardon'] },
    ...(detailed ? [DETAILS] : []),
    ...textChoice(context),
    SERVICES,
    PSYCHOLOGIST,
    ELSE,
  ],
  keys: ONE_KEY,
  again: { key: 'adjustment.reading-again' },
});
