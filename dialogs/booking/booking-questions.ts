import type { Slot } from '../../src/booking/booking.js';
import type { DialogContext, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { dayAndHour } from '../when.js';

const HUMAN = { value: 'human', key: 'triage.door.human', words: ['operateur', 'quelqu un', 'operator'] };

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
  mode: (says: readonly Say[]): Step => ({
    kind: 'ask',
    says: [...says, { key: 'booking.mode' }],
    question: MODE,
    state: { stage: 'mode' },
  }),
};

/** The times offered, one choice each, with the place when it is not the telephone. */
export function slotQuestion(
  context: DialogContext,
  slots: readonly { slot: Slot; zone: string; place: string }[],
): Question {
  const times = slots.map(({ slot, zone, place }, index) => ({
    value: `slot-${index}`,
    key: slot.mode === 'telephone' ? 'booking.choice.slot-telephone' : 'booking.choice.slot',
    params: { when: dayAndHour(context.language, zone, slot.start), place },
  }));
  return {
    choices: [
      ...times,
      {
        value: 'later',
        key: 'booking.choice.other-times',
        words: ['plus tard', 'autre', 'un autre jour', 'later'],
      },
      HUMAN,
    ],
    keys: ONE_KEY,
    again: { key: 'booking.which-slot' },
  };
}

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
