import { z } from 'zod';
import { asId } from '../../src/kernel/ids.js';
import type { ResponderId } from '../../src/phone-line/line.js';
import { callbackChoice } from '../callback/callback.dialog.js';
import type { Dialog, DialogContext, DialogInput, Effects, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { closedWords } from '../opening-hours/hours-words.js';
import { genderAsked, isChoosy, wishOf } from './wish.js';

/** At the time of a telephone appointment: whose it is. */
const argsSchema = z.object({ appointmentWith: z.string().max(100).optional() });

const stateSchema = z.object({ stage: z.enum(['ringing', 'offer']) });

/** What may be had when nobody can answer now; the same keys leave the queue while it rings. */
const INSTEAD: Question = {
  choices: [
    { value: 'appointment', key: 'phone.choice.appointment', words: ['rendez vous', 'appointment'] },
    { value: 'human', key: 'triage.door.human', words: ['operateur', 'quelqu un', 'operator'] },
    { value: 'again', key: 'phone.choice.again', words: ['reessayer', 'encore', 'try again'] },
    { value: 'else', key: 'orientation.choice.else', words: ['autre chose', 'something else'] },
  ],
  keys: ONE_KEY,
  again: { key: 'phone.instead' },
};

/** Nobody on duty is as asked: the wish may be given up, by the caller only. */
const UNMET: Question = {
  ...INSTEAD,
  choices: [
    { value: 'anybody', key: 'phone.choice.anybody', words: ['premier', 'n importe', 'anybody', 'anyone'] },
    ...INSTEAD.choices.filter(({ value }) => value !== 'again'),
  ],
};

/** A question with what else may be had: a callback too, where somebody could call. */
const withCallback = (context: DialogContext, question: Question = INSTEAD): Question => ({
  ...question,
  choices: [...question.choices, ...callbackChoice(context)],
});

/** A psychologist on the line now: rings those on duty, and never leaves the caller without a way on. */
export const phoneLine: Dialog = {
  name: 'phone-line',
  async start(context, args) {
    const { appointmentWith } = argsSchema.parse(args);
    if (appointmentWith !== undefined) return ringForAppointment(context, asId<ResponderId>(appointmentWith));
    return context.channel === 'phone' ? ring(context) : fromTheChat(context);
  },
  async answer(context, stored, input) {
    const { stage } = stateSchema.parse(stored);
    if (input.kind === 'line-ended') return lineEnded(context, input);
    const gender = input.kind === 'text' ? genderAsked(input.text) : undefined;
    if (gender !== undefined && context.channel === 'phone') return ringAsAsked(context, gender);
    if (input.choice === undefined && stage === 'ringing') return keepRinging(context);
    return instead(context, input);
  },
};

async function ring(context: DialogContext, wish = wishOf(context)): Promise<Step> {
  const { line } = context.services;
  const { psychologists } = await line.onDuty(wish);
  if (psychologists === 0 && isChoosy(wish) && (await line.onDuty()).psychologists > 0)
    return offerInstead(context, [{ key: 'phone.nobody-fits' }], { question: withCallback(context, UNMET) });
  if (psychologists === 0)
    return offerInstead(context, [
      { key: 'phone.nobody-on-duty' },
      ...(await closedWords(context, 'psychologists')),
    ]);
  const request = await line.request(context.conversation, 'immediate', wish);
  return {
    kind: 'hold-the-line',
    says: [{ key: 'phone.ringing' }, { key: 'phone.may-leave' }, ...mayBeCalled(context)],
    request,
    question: withCallback(context),
    state: { stage: 'ringing' },
    effects: { lineRequest: request },
  };
}

/** The key after those of a menu that does not change. */
const mayBeCalled = (context: DialogContext): Say[] =>
  callbackChoice(context).map(() => ({
    key: 'phone.may-be-called',
    params: { key: INSTEAD.choices.length + 1 },
  }));

async function ringForAppointment(context: DialogContext, psychologist: ResponderId): Promise<Step> {
  const request = await context.services.line.request(context.conversation, 'appointment', { psychologist });
  return {
    kind: 'hold-the-line',
    says: [{ key: 'phone.appointment-ringing' }],
    request,
    question: withCallback(context),
    state: { stage: 'ringing' },
    effects: { lineRequest: request },
  };
}

/** The line starts over with the wish: whoever does not fit it is not rung any more. */
async function ringAsAsked(context: DialogContext, gender: 'woman' | 'man'): Promise<Step> {
  if (context.lineRequest !== null) await context.services.line.leave(context.lineRequest);
  const memory = { ...context.memory, gender };
  const step = await ring({ ...context, memory, lineRequest: null });
  if (step.kind !== 'ask' && step.kind !== 'hold-the-line') return step;
  const effects = { lineRequest: null, ...step.effects, memory: { gender } };
  return { ...step, says: [{ key: 'phone.wish-heard' }, ...step.says], effects };
}

/** In writing there is no line to hold: the number to dial, if there is one, and what else may be had. */
async function fromTheChat(context: DialogContext): Promise<Step> {
  const { conversation, services } = context;
  if (services.lineNumber === '') return offerInstead(context, [{ key: 'phone.no-number' }]);
  const code = await services.line.giveCode(conversation);
  const nobody = (await services.line.onDuty(wishOf(context))).psychologists === 0;
  const says: Say[] = [
    ...(nobody ? await closedWords(context, 'psychologists') : []),
    { key: 'phone.dial', params: { number: services.lineNumber } },
    { key: 'phone.chat-code', params: { code: `${code.slice(0, 3)} ${code.slice(3)}` } },
  ];
  return offerInstead(context, says);
}

function offerInstead(
  context: DialogContext,
  says: readonly Say[],
  change: { question?: Question; effects?: Effects } = {},
): Step {
  return {
    kind: 'ask',
    says: [...says, { key: 'phone.instead' }],
    question: withCallback(context),
    state: { stage: 'offer' },
    ...change,
  };
}

function lineEnded(context: DialogContext, input: DialogInput): Step {
  if (input.text === 'nobody')
    return offerInstead(context, [{ key: 'phone.nobody-answered' }], { effects: { lineRequest: null } });
  return { kind: 'done', says: [{ key: 'phone.after-call' }], effects: { lineRequest: null } };
}

function keepRinging(context: DialogContext): Step {
  if (context.lineRequest === null) return offerInstead(context, []);
  return {
    kind: 'hold-the-line',
    says: [{ key: 'phone.still-ringing' }],
    request: context.lineRequest,
    question: withCallback(context),
    state: { stage: 'ringing' },
  };
}

async function instead(context: DialogContext, { choice }: DialogInput): Promise<Step> {
  if (choice === undefined) return { kind: 'misunderstood' };
  if (context.lineRequest !== null && choice !== 'again')
    await context.services.line.leave(context.lineRequest);
  const effects = { lineRequest: null };
  if (choice === 'appointment')
    return { kind: 'replace', says: [], dialog: 'booking', with: { stage: 'mode' }, effects };
  if (choice === 'human')
    return { kind: 'replace', says: [], dialog: 'handoff', with: { because: 'asked' }, effects };
  if (choice === 'callback') return { kind: 'replace', says: [], dialog: 'callback', with: {}, effects };
  if (choice === 'anybody') return ring(context, {});
  if (choice === 'else') return { kind: 'done', says: [], effects };
  return context.channel === 'phone' ? ring(context) : fromTheChat(context);
}
