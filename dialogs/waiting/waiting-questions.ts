import type { Choice, DialogContext, Question } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';

/** Digits of a French number. */
const NUMBER_LENGTH = 10;

/** Offered beside times none of which suits. */
export const WAIT: Choice = {
  value: 'wait',
  key: 'waiting.choice.wait',
  words: ['prevenir', 'prevenez', 'liste d attente', 'waiting list', 'tell me'],
};

const HERE: Choice = {
  value: 'here',
  key: 'waiting.choice.here',
  words: ['ici', 'oui', 'd accord', 'here', 'yes'],
};
const NO: Choice = { value: 'no', key: 'waiting.choice.no', words: ['non', 'pas', 'no', 'sans'] };

/** Ways of telling somebody: in the chat they write in, or by what they leave. */
export interface Reach {
  here: boolean;
  sms: boolean;
  email: boolean;
}

/** `undefined` when nobody could be told. */
export function reachIn({ channel, services }: DialogContext): Reach | undefined {
  if (services.waiting === undefined) return undefined;
  const { ways } = services.waiting;
  const reach = { here: channel === 'web', sms: ways.includes('sms'), email: ways.includes('email') };
  return reach.here || reach.sms || (reach.email && channel !== 'phone') ? reach : undefined;
}

export const howKey = ({ channel }: DialogContext, { here, sms, email }: Reach): string => {
  if (channel === 'phone') return 'waiting.how-phone';
  const ways = `${here ? 'here' : ''}${sms ? '-sms' : ''}${email ? '-email' : ''}`.replace(/^-/, '');
  return `waiting.how.${ways}`;
};

/** A contact is given in one's own words; the chat itself, or nothing, by a choice. */
export const howQuestion = ({ channel }: DialogContext, { here, sms, email }: Reach): Question => ({
  choices: [...(here ? [HERE] : []), NO],
  open: sms || email,
  keys: channel === 'phone' ? { kind: 'code', length: NUMBER_LENGTH } : ONE_KEY,
  again: { key: sms || email ? 'waiting.how-again' : 'waiting.how-here-again' },
});

const ACCEPT: Choice = {
  value: 'accept',
  key: 'waiting.choice.accept',
  words: ['oui', 'd accord', 'je prends', 'j accepte', 'accepter', 'yes', 'accept'],
};
const DECLINE: Choice = {
  value: 'decline',
  key: 'waiting.choice.decline',
  words: ['non', 'attendre', 'no', 'wait'],
};
const LEAVE: Choice = {
  value: 'leave',
  key: 'waiting.choice.leave',
  words: ['quitter', 'retirer', 'annuler', 'leave', 'cancel'],
};
const STAY: Choice = {
  value: 'stay',
  key: 'waiting.choice.stay',
  words: ['rester', 'garder', 'attendre', 'stay', 'keep'],
};

export const OFFER: Question = {
  choices: [ACCEPT, DECLINE, LEAVE],
  keys: ONE_KEY,
  again: { key: 'waiting.offer-again' },
};
export const IN_LINE: Question = {
  choices: [STAY, LEAVE],
  keys: ONE_KEY,
  again: { key: 'waiting.in-line-again' },
};
