import { z } from 'zod';
import { callbackChoice } from '../callback/callback.dialog.js';
import type { Dialog, DialogContext, DialogInput, Effects, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { closedWords } from '../opening-hours/hours-words.js';

const BECAUSE = ['asked', 'not-understood', 'no-code'] as const;
const argsSchema = z.object({ because: z.enum(BECAUSE) });
const stateSchema = z.object({ stage: z.enum(['waiting', 'ringing', 'nobody']) });

const WAITING: Question = {
  choices: [
    { value: 'wait', key: 'handoff.choice.wait', words: ['attendre', 'attends', 'j attends', 'wait'] },
    { value: 'appointment', key: 'handoff.choice.appointment', words: ['rendez vous', 'appointment'] },
    { value: 'bot', key: 'handoff.choice.bot', words: ['assistant', 'revenir', 'back'] },
  ],
  keys: ONE_KEY,
  again: { key: 'handoff.still-waiting' },
};

/** While it rings: the caller may leave the queue at any time. */
const RINGING: Question = { ...WAITING, choices: WAITING.choices.filter(({ value }) => value !== 'wait') };

const NOBODY: Question = {
  choices: [
    { value: 'again', key: 'handoff.choice.again', words: ['reessayer', 'encore', 'try again'] },
    { value: 'appointment', key: 'handoff.choice.appointment', words: ['rendez vous', 'appointment'] },
    { value: 'bot', key: 'handoff.choice.bot', words: ['assistant', 'revenir', 'back'] },
  ],
  keys: ONE_KEY,
  again: { key: 'handoff.nobody-question' },
};

/** Calls a human: the live desk on every channel, and the operators' phones when the caller is on the phone. */
export const handoff: Dialog = {
  name: 'handoff',
  async start(context, args) {
    const { because } = argsSchema.parse(args);
    const says: Say[] = [{ key: `handoff.${because}` }];
    return context.channel === 'phone' ? ringOperators(context, says) : waitInChat(context, says);
  },
  async answer(context, stored, input) {
    const { stage } = stateSchema.parse(stored);
    if (input.kind === 'line-ended') return lineEnded(context, input);
    if (input.choice === 'appointment') return leaveQueue(context, 'booking', { stage: 'mode' });
    if (input.choice === 'bot') return leaveQueue(context, 'triage', {});
    if (input.choice === 'callback') return leaveQueue(context, 'callback', {});
    if (input.choice === 'again') return ringOperators(context, []);
    if (stage === 'ringing' && context.lineRequest !== null) return keepRinging(context, input);
    if (input.choice === 'wait' || stage === 'waiting')
      return { kind: 'ask', says: [{ key: 'handoff.still-waiting' }], question: WAITING, state: { stage } };
    return { kind: 'misunderstood' };
  },
};

const queued = (context: DialogContext): Effects =>
  context.owner.kind === 'queue' ? {} : { owner: { kind: 'queue', since: context.now } };

async function waitInChat(context: DialogContext, says: readonly Say[]): Promise<Step> {
  const closed = await closedOperators(context);
  const told = closed.length > 0 ? [...closed, { key: 'handoff.may-wait' }] : [{ key: 'handoff.queued' }];
  return {
    kind: 'ask',
    says: [...says, ...told],
    question: WAITING,
    state: { stage: 'waiting' },
    effects: queued(context),
  };
}

/** Outside their hours, and nobody there all the same: said before the caller writes. */
async function closedOperators(context: DialogContext): Promise<Say[]> {
  const closed = await closedWords(context, 'operators');
  if (closed.length === 0 || (await context.services.line.onDuty()).operators > 0) return [];
  return [...closed, { key: 'hours.meanwhile' }];
}

async function ringOperators(context: DialogContext, says: readonly Say[]): Promise<Step> {
  const { operators } = await context.services.line.onDuty();
  if (operators === 0) return nobody(context, says, queued(context));
  const request = await context.services.line.request(context.conversation, 'operator');
  return {
    kind: 'hold-the-line',
    says: [...says, { key: 'handoff.ringing' }],
    request,
    question: RINGING,
    state: { stage: 'ringing' },
    effects: { ...queued(context), lineRequest: request },
  };
}

async function nobody(context: DialogContext, says: readonly Say[], effects: Effects): Promise<Step> {
  const back = await closedWords(context, 'operators');
  return {
    kind: 'ask',
    says: [...says, { key: 'handoff.nobody' }, ...back, { key: 'handoff.nobody-question' }],
    question: { ...NOBODY, choices: [...NOBODY.choices, ...callbackChoice(context)] },
    state: { stage: 'nobody' },
    effects,
  };
}

function lineEnded(context: DialogContext, input: DialogInput): Step | Promise<Step> {
  const effects: Effects = { lineRequest: null };
  if (input.text === 'nobody') return nobody(context, [], { ...queued(context), ...effects });
  return {
    kind: 'done',
    says: [{ key: 'phone.after-call' }],
    effects: { ...effects, owner: { kind: 'bot' } },
  };
}

/** Words said while it rings keep the caller in line; keys are choices. */
function keepRinging(context: DialogContext, input: DialogInput): Step {
  if (context.lineRequest === null || input.kind === 'keys') return { kind: 'misunderstood' };
  return {
    kind: 'hold-the-line',
    says: [{ key: 'phone.still-ringing' }],
    request: context.lineRequest,
    question: RINGING,
    state: { stage: 'ringing' },
  };
}

async function leaveQueue(
  context: DialogContext,
  dialog: 'booking' | 'triage' | 'callback',
  args: unknown,
): Promise<Step> {
  if (context.lineRequest !== null) await context.services.line.leave(context.lineRequest);
  return {
    kind: 'replace',
    says: [],
    dialog,
    with: args,
    effects: { lineRequest: null, ...(context.owner.kind === 'queue' ? { owner: { kind: 'bot' } } : {}) },
  };
}
