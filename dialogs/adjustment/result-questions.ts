import type { AdvisedMeasure } from '../../src/directory/advise-measures.js';
import { type Choice, ONE_KEY, type Question } from '../dialog.js';

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
export const screenQuestion = (detailed: boolean): Question => ({
  choices: [...(detailed ? [DETAILS] : []), SERVICES, PSYCHOLOGIST, ELSE, HUMAN],
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
export const readingQuestion = (detailed: boolean): Question => ({
  choices: [
    { value: 'next', key: 'adjustment.choice.next', words: ['suivant', 'suivante', 'next', 'continuer'] },
    { value: 'repeat', key: 'adjustment.choice.repeat', words: ['repeter', 'repetez', 'repeat', 'pardon'] },
    ...(detailed ? [DETAILS] : []),
    SERVICES,
    PSYCHOLOGIST,
    ELSE,
  ],
  keys: ONE_KEY,
  again: { key: 'adjustment.reading-again' },
});
