import { z } from 'zod';
import type { CallbackId } from '../../src/phone-line/callback-store.js';
import type { Choice, Dialog, DialogContext, DialogInput, Question, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { callbackWindows, windowChoices, windowWords } from './callback-windows.js';

const window = z.object({ from: z.number(), to: z.number() });
const stateSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('consent') }),
  z.object({ stage: z.literal('window'), windows: z.array(window) }),
  z.object({ stage: z.literal('message'), window }),
  z.object({ stage: z.literal('number'), window, mayLeaveMessage: z.boolean() }),
  z.object({ stage: z.literal('known'), id: z.custom<CallbackId>((id) => typeof id === 'string') }),
]);
type State = z.infer<typeof stateSchema>;
type Stage<Name extends State['stage']> = Extract<State, { stage: Name }>;

/** Digits of a French number. */
const NUMBER_LENGTH = 10;

const YES: Choice = { value: 'yes', key: 'common.yes', words: ['oui', 'd accord', 'yes', 'ok'] };
const NO: Choice = { value: 'no', key: 'common.no', words: ['non', 'pas', 'no'] };

const yesOrNo = (again: string): Question => ({ choices: [YES, NO], keys: ONE_KEY, again: { key: again } });

const numberQuestion = ({ channel }: DialogContext): Question => ({
  choices: [{ value: 'no', key: 'callback.choice.no-number', words: ['non', 'annuler', 'no', 'cancel'] }],
  open: true,
  keys: channel === 'phone' ? { kind: 'code', length: NUMBER_LENGTH } : { kind: 'none' },
  again: { key: 'callback.number-again' },
});

const KNOWN: Question = {
  choices: [
    { value: 'keep', key: 'callback.choice.keep', words: ['garder', 'oui', 'keep', 'yes'] },
    { value: 'cancel', key: 'callback.choice.cancel', words: ['annuler', 'non', 'cancel', 'no'] },
  ],
  keys: ONE_KEY,
  again: { key: 'callback.known' },
};

/** Among what may be had when nobody can answer; nothing where nobody could be called. */
export const callbackChoice = ({ services }: DialogContext): Choice[] =>
  services.callbacks === undefined
    ? []
    : [
        {
          value: 'callback',
          key: 'callback.choice.ask',
          words: ['rappel', 'rappeler', 'rappele', 'call me back'],
        },
      ];

/**
 * Somebody wants to be called: only with a clear yes, for a time of their choice, and without a message unless they
 * say so. The number is asked last, and goes to the vault at once.
 */
export const callback: Dialog = {
  name: 'callback',
  async start() {
    const says = [{ key: 'callback.terms' }, { key: 'callback.consent' }];
    return { kind: 'ask', says, question: yesOrNo('callback.consent'), state: { stage: 'consent' } };
  },
  async answer(context, stored, input) {
    const state = stateSchema.parse(stored);
    if (input.kind === 'line-ended') return done('callback.no');
    switch (state.stage) {
      case 'consent':
        return consented(context, input);
      case 'window':
        return windowChosen(context, state, input);
      case 'message':
        return messageAnswered(context, state, input);
      case 'number':
        return numberGiven(context, state, input);
      case 'known':
        return knownAnswered(context, state, input);
    }
  },
};

const done = (key: string): Step => ({ kind: 'done', says: [{ key }] });

/** Anything but a clear yes is no. */
async function consented(context: DialogContext, { choice, kind }: DialogInput): Promise<Step> {
  if (choice === 'no' || kind === 'silence') return done('callback.no');
  if (choice !== 'yes') return { kind: 'misunderstood' };
  const windows = await callbackWindows(context);
  if (windows.length === 0) return done('callback.no-window');
  return {
    kind: 'ask',
    says: [{ key: 'callback.window' }],
    question: { choices: windowChoices(context, windows), keys: ONE_KEY, again: { key: 'callback.window' } },
    state: { stage: 'window', windows },
  };
}

async function windowChosen(
  _context: DialogContext,
  { windows }: Stage<'window'>,
  { choice }: DialogInput,
): Promise<Step> {
  const chosen = choice === undefined ? undefined : windows[Number(choice)];
  if (chosen === undefined) return { kind: 'misunderstood' };
  return {
    kind: 'ask',
    says: [{ key: 'callback.message' }],
    question: yesOrNo('callback.message'),
    state: { stage: 'message', window: chosen },
  };
}

/** No message is left unless the caller says yes. */
async function messageAnswered(
  context: DialogContext,
  { window: chosen }: Stage<'message'>,
  { choice, kind }: DialogInput,
): Promise<Step> {
  if (choice === undefined && kind !== 'silence') return { kind: 'misunderstood' };
  return {
    kind: 'ask',
    says: [{ key: 'callback.number' }],
    question: numberQuestion(context),
    state: { stage: 'number', window: chosen, mayLeaveMessage: choice === 'yes' },
  };
}

async function numberGiven(
  context: DialogContext,
  { window: chosen, mayLeaveMessage }: Stage<'number'>,
  { choice, kind, text }: DialogInput,
): Promise<Step> {
  if (choice === 'no' || kind === 'silence') return done('callback.no');
  const outcome = await context.services.callbacks?.ask({
    ...{ conversation: context.conversation, number: text, language: context.language },
    ...{ window: chosen, mayLeaveMessage },
  });
  if (outcome === undefined) return done('callback.no');
  if (outcome.kind === 'not-a-number') return { kind: 'misunderstood' };
  if (outcome.kind === 'exists')
    return {
      kind: 'ask',
      says: [{ key: 'callback.known' }],
      question: KNOWN,
      state: { stage: 'known', id: outcome.id },
    };
  const says = [
    { key: 'callback.kept', params: windowWords(context, chosen) },
    { key: mayLeaveMessage ? 'callback.with-message' : 'callback.without-message' },
    { key: 'callback.how-to-withdraw' },
  ];
  return { kind: 'done', says };
}

/** Whoever keys the number of a callback that is waiting may keep it, or withdraw it. */
async function knownAnswered(
  context: DialogContext,
  { id }: Stage<'known'>,
  { choice }: DialogInput,
): Promise<Step> {
  if (choice === undefined) return { kind: 'misunderstood' };
  if (choice === 'keep') return done('callback.still-kept');
  await context.services.callbacks?.withdraw(id);
  return done('callback.withdrawn');
}
