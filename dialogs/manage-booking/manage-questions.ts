import type { Choice, Question } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';

const CODE_LENGTH = 9;

export const CODE_QUESTION: Question = {
  choices: [],
  keys: { kind: 'code', length: CODE_LENGTH },
  again: { key: 'manage.code-again' },
};

const CANCEL: Choice = {
  value: 'cancel',
  key: 'manage.choice.cancel',
  words: ['annuler', 'annule', 'cancel'],
};
const MOVE: Choice = {
  value: 'move',
  key: 'manage.choice.move',
  words: ['deplacer', 'changer', 'change', 'reporter', 'decaler', 'move'],
};
export const KEEP: Choice = {
  value: 'keep',
  key: 'manage.choice.keep',
  words: ['garder', 'garde', 'rien', 'keep'],
};
const AGAIN: Choice = {
  value: 'again',
  key: 'manage.choice.again',
  words: ['un autre rendez vous', 'revoir', 'reprendre', 'again', 'another appointment'],
};

const FORGET: Choice = {
  value: 'forget',
  key: 'manage.choice.forget',
  words: ['rappel', 'numero', 'adresse', 'contact', 'reminder'],
};

/** The number goes, and what was left for a reminder with it. */
const FORGET_CALL: Choice = { ...FORGET, key: 'manage.choice.forget-call' };

const menu = (choices: readonly Choice[]): Question => ({
  choices,
  keys: ONE_KEY,
  again: { key: 'manage.what' },
});
/** During an appointment the next one may be booked; a contact that was left can be withdrawn. */
export const what = (more: { again: boolean; left: 'nothing' | 'reminder' | 'call' }): Question => {
  const forget = { nothing: [], reminder: [FORGET], call: [FORGET_CALL] }[more.left];
  return menu([CANCEL, MOVE, KEEP, ...(more.again ? [AGAIN] : []), ...forget]);
};

const yesNo = (again: string): Question => ({
  choices: [
    { value: 'yes', key: 'common.yes', words: ['oui', 'd accord', 'ok', 'annule', 'yes'] },
    { value: 'no', key: 'common.no', words: ['non', 'no', 'garde'] },
  ],
  keys: ONE_KEY,
  again: { key: again },
});
export const SURE = yesNo('manage.sure');
export const MOVE_SURE = yesNo('manage.move-again');
export const FOLLOW_UP = yesNo('manage.follow-up');

export const PROPOSED: Question = {
  choices: [
    {
      value: 'accept',
      key: 'manage.choice.accept',
      words: ['oui', 'd accord', 'j accepte', 'accepter', 'yes'],
    },
    { value: 'move', key: 'manage.choice.another-time', words: ['autre', 'changer', 'another'] },
    { value: 'refuse', key: 'manage.choice.refuse', words: ['non', 'garder', 'no', 'keep'] },
    CANCEL,
  ],
  keys: ONE_KEY,
  again: { key: 'manage.proposed-again' },
};
