import type { TimeWish } from '../../src/booking/time-wish.js';
import type { DialogContext, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { HUMAN } from './slot-offer.js';

const NOW_OR_LATER: Question = {
  choices: [
    { value: 'now', key: 'booking.choice.now', words: ['maintenant', 'tout de suite', 'now'] },
    {
      value: 'later',
      key: 'booking.choice.later',
      words: ['rendez vous', 'plus tard', 'appointment', 'later'],
    },
    HUMAN,
  ],
  keys: ONE_KEY,
  again: { key: 'booking.now-or-later' },
};

const MODE: Question = {
  choices: [
    {
      value: 'face_to_face',
      key: 'booking.choice.face-to-face',
      words: ['face a face', 'sur place', 'en personne', 'presentiel', 'face to face', 'in person'],
    },
    { value: 'telephone', key: 'booking.choice.telephone', words: ['telephone', 'par telephone', 'phone'] },
    HUMAN,
  ],
  keys: ONE_KEY,
  again: { key: 'booking.mode' },
};

export const YES_NO: Question = {
  choices: [
    {
      value: 'yes',
      key: 'common.yes',
      words: ['oui', 'd accord', 'ok', 'c est bon', 'parfait', 'yes', 'confirme'],
    },
    { value: 'no', key: 'common.no', words: ['non', 'pas', 'no'] },
  ],
  keys: ONE_KEY,
  again: { key: 'booking.confirm-again' },
};

export const ask = {
  nowOrLater: (_context: DialogContext): Step => ({
    kind: 'ask',
    says: [{ key: 'booking.now-or-later' }],
    question: NOW_OR_LATER,
    state: { stage: 'now-or-later' },
  }),
  mode: (says: readonly Say[], wish?: TimeWish): Step => ({
    kind: 'ask',
    says: [...says, { key: 'booking.mode' }],
    question: MODE,
    state: { stage: 'mode', wish },
  }),
};

/** No time is free there: the telephone serves everybody, and an operator can look further. */
export const NO_SLOT: Question = {
  choices: [
    { value: 'telephone', key: 'booking.choice.telephone', words: ['telephone', 'phone'] },
    HUMAN,
    { value: 'stop', key: 'orientation.choice.else', words: ['autre chose', 'non', 'something else'] },
  ],
  keys: ONE_KEY,
  again: { key: 'booking.no-slot' },
};
