import type { Askable } from '../../src/directory/open-fields.js';
import type { Profile } from '../../src/directory/profile.js';
import { readWords } from '../../src/directory/read-words.js';
import { type Choice, type DialogInput, ONE_KEY, type Question } from '../dialog.js';

/** Stands for "je ne sais pas": the answer becomes a condition. */
const UNSURE: Choice = {
  value: 'unsure',
  key: 'adjustment.unsure',
  words: ['sais pas', 'don t know', 'not sure', 'passer', 'skip', 'peu importe'],
};

/** The end of the school year of a PALD that is not over by the next start of school year. */
const LATER = '9999-08-31';

interface Answer {
  value: string;
  key: string;
  words?: readonly string[];
  tells: Partial<Profile>;
}

const answer = (
  field: Askable,
  value: string,
  tells: Partial<Profile>,
  words: readonly string[],
): Answer => ({
  value,
  key: `adjustment.${field}.${value}`,
  words,
  tells,
});

/** Few answers to choose from; the others are understood from the caller's own words. */
const ANSWERS: Readonly<Record<Askable, readonly Answer[]>> = {
  corps: [
    answer('corps', 'first-degree', { corps: 'premier_degre' }, ['premier degre', 'ecole', 'primary']),
    answer('corps', 'second-degree', { corps: 'second_degre' }, [
      'second degre',
      'college',
      'lycee',
      'secondary',
    ]),
    answer('corps', 'other', { corps: 'autre' }, ['autre metier', 'autre', 'other']),
  ],
  status: [
    answer('status', 'permanent', { status: 'titulaire' }, ['titulaire', 'permanent']),
    answer('status', 'trainee', { status: 'stagiaire' }, ['stagiaire', 'trainee']),
    answer('status', 'contract', { status: 'contractuel' }, ['contractuel', 'contractuelle', 'contract']),
  ],
  position: [
    answer('position', 'at-work', { position: 'en_poste' }, ['en poste', 'je travaille', 'at work']),
    answer('position', 'ordinary-leave', { position: 'cmo' }, ['maladie ordinaire', 'arret', 'sick leave']),
    answer('position', 'long-leave', { position: 'clm' }, ['longue maladie', 'longue duree', 'long leave']),
    answer('position', 'part-time', { position: 'temps_partiel_therapeutique' }, [
      'mi temps',
      'therapeutique',
      'part time',
    ]),
    answer('position', 'adapted-post', { position: 'pacd' }, [
      'poste adapte',
      'pacd',
      'pald',
      'adapted post',
    ]),
  ],
  'adapted-post': [
    answer('adapted-post', 'pacd-early', { position: 'pacd', pacdYears: 1 }, [
      'premiere annee',
      'deuxieme annee',
      'first year',
      'second year',
    ]),
    answer('adapted-post', 'pacd-third', { position: 'pacd', pacdYears: 3 }, [
      'troisieme annee',
      'third year',
    ]),
    answer('adapted-post', 'pald-ending', { position: 'pald' }, ['se termine', 'prend fin', 'this year']),
    answer('adapted-post', 'pald-later', { position: 'pald', paldEnds: LATER }, [
      'plus tard',
      'continue',
      'later',
    ]),
  ],
  rqth: [
    answer('rqth', 'yes', { rqth: true }, ['oui', 'yes', 'j ai une rqth']),
    answer('rqth', 'no', { rqth: false }, ['non', 'no', 'pas de rqth']),
  ],
};

export function questionAbout(field: Askable): Question {
  return {
    choices: [
      ...ANSWERS[field].map(({ value, key, words }) => ({ value, key, ...(words && { words }) })),
      UNSURE,
    ],
    keys: ONE_KEY,
    again: { key: `adjustment.ask.${field}` },
  };
}

/**
 * What an answer tells, and no more than it does: `undefined` when it answers nothing. Somebody who says more
 * than was asked is not asked for it again.
 */
export function toldBy(field: Askable, input: DialogInput, today: string): Partial<Profile> | undefined {
  const told = input.kind === 'text' ? saidInWords(input.text) : {};
  if (input.choice === 'unsure') return { ...told, ...forgotten(field) };
  const chosen = ANSWERS[field].find(({ value }) => value === input.choice)?.tells;
  if (chosen !== undefined) return { ...told, ...chosen, ...endingNow(input.choice, today) };
  return tells(field, told) ? told : undefined;
}

/** "Sur un poste adapté" was taken for a PACD until which one was told. */
const forgotten = (field: Askable): Partial<Profile> =>
  field === 'adapted-post' ? { position: undefined } : {};

/** A PALD that ends this school year, in time for the next one. */
function endingNow(choice: string | undefined, today: string): Partial<Profile> {
  return choice === 'pald-ending' ? { paldEnds: today } : {};
}

function tells(field: Askable, told: Partial<Profile>): boolean {
  if (field === 'adapted-post') return told.pacdYears !== undefined || told.paldEnds !== undefined;
  return told[field] !== undefined;
}

/** What words tell of the profile, the place aside. */
export function saidInWords(text: string): Partial<Profile> {
  const { corps, status, position, rqth, pacdYears, paldEnds } = readWords(text);
  const told = { corps, status, position, rqth, pacdYears, paldEnds };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}
