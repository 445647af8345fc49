import { findTerritory } from '../../src/kernel/academies.js';
import { answerAboutLife } from '../../src/safety/screen.js';
import type { Dialog, DialogContext, DialogInput, Effects, Question, Say, Step } from '../dialog.js';
import { NO_KEYS, ONE_KEY } from '../dialog.js';
import { type CrisisState, crisisStateSchema } from './crisis-state.js';

const LIFE_QUESTION: Question = {
  choices: [
    { value: 'yes', key: 'crisis.choice.yes' },
    { value: 'no', key: 'crisis.choice.no' },
  ],
  keys: ONE_KEY,
  again: { key: 'crisis.direct-question' },
};

/** Nothing to choose: whatever is said next is heard. */
const LISTEN: Question = { choices: [], keys: NO_KEYS, again: { key: 'crisis.still-here' } };

/**
 * The safety protocol (product.md): presence first, then the numbers, a person, and where the caller is.
 * It never ends by itself: only a human closes it.
 */
export const crisis: Dialog = {
  name: 'crisis',
  async start(context, args) {
    const state = crisisStateSchema.parse(args);
    return state.stage === 'ask' ? askAboutLife(state) : protocol(context, state);
  },
  async answer(context, stored, input) {
    const state = crisisStateSchema.parse(stored);
    if (state.stage === 'asked') return afterDirectQuestion(context, state, input);
    if (input.kind === 'line-ended' && input.text === 'done') return afterCall(context, state);
    return presence(context, state, input);
  },
};

function askAboutLife(state: CrisisState): Step {
  return {
    kind: 'ask',
    says: [{ key: 'crisis.concern' }, { key: 'crisis.direct-question' }],
    question: LIFE_QUESTION,
    state: { ...state, stage: 'asked' },
  };
}

/** Anything but a clear no counts as yes, silence too. */
async function afterDirectQuestion(
  context: DialogContext,
  state: CrisisState,
  input: DialogInput,
): Promise<Step> {
  const no = input.choice === 'no' || (input.kind === 'text' && answerAboutLife(input.text) === 'no');
  if (no) return { kind: 'return', says: [{ key: 'crisis.thank-you' }, { key: 'crisis.numbers-anyway' }] };
  return protocol(context, state);
}

async function protocol(context: DialogContext, state: CrisisState): Promise<Step> {
  const says: Say[] = [{ key: 'crisis.presence' }, numbers(context, state), { key: 'crisis.where' }];
  const step = await withSomebody(context, { ...state, stage: 'place' }, says);
  return { ...step, effects: { ...step.effects, alarm: state.reason } };
}

/** The numbers that answer where the caller is, then those that fit the danger. */
function numbers({ services, memory }: DialogContext, { reason }: CrisisState): Say {
  const there = services.adviser.numbersOf(memory.department);
  if (there !== undefined)
    return { key: 'crisis.numbers-there', params: { unsure: there.unsure.join(', ') } };
  if (reason === 'violence-now' || reason === 'danger-to-others') return { key: 'crisis.numbers-violence' };
  if (reason === 'child-in-danger') return { key: 'crisis.numbers-child' };
  if (reason === 'medical-emergency' || reason === 'act-in-progress')
    return { key: 'crisis.numbers-medical' };
  if (reason === 'third-person') return { key: 'crisis.numbers-other' };
  return { key: 'crisis.numbers' };
}

/** On the phone people are rung; in writing the desk is alerted. Either way what can be had is said as it is. */
async function withSomebody(
  context: DialogContext,
  state: CrisisState,
  says: readonly Say[],
): Promise<Extract<Step, { kind: 'ask' | 'hold-the-line' }>> {
  const effects: Effects =
    context.owner.kind === 'bot' ? { owner: { kind: 'queue', since: context.now } } : {};
  if (context.channel !== 'phone')
    return { kind: 'ask', says: [...says, { key: 'crisis.desk-alerted' }], question: LISTEN, state, effects };
  const { psychologists, operators } = await context.services.line.onDuty();
  if (psychologists + operators === 0)
    return { kind: 'ask', says: [...says, { key: 'crisis.nobody' }], question: LISTEN, state, effects };
  const request = await context.services.line.request(context.conversation, 'vital');
  return {
    kind: 'hold-the-line',
    says: [...says, { key: 'crisis.ringing' }],
    request,
    state,
    effects: { ...effects, lineRequest: request },
  };
}

async function presence(context: DialogContext, state: CrisisState, input: DialogInput): Promise<Step> {
  const placed = state.stage === 'place' && input.kind === 'text';
  const here = placed ? inPlace(context, input.text) : context;
  const next: CrisisState = placed ? { ...state, stage: 'presence' } : state;
  const says: Say[] = [{ key: placed ? placeHeard(here) : 'crisis.still-here' }];
  if (input.kind === 'line-ended')
    return withSomebody({ ...here, lineRequest: null }, next, [
      { key: 'crisis.nobody-yet' },
      numbers(here, state),
    ]);
  if (context.lineRequest !== null)
    return { kind: 'hold-the-line', says, request: context.lineRequest, state: next };
  return {
    kind: 'ask',
    says: [...says, numbers(here, state)],
    question: LISTEN,
    state: next,
    effects: { memory: here.memory },
  };
}

/** Where somebody in danger is counts more than where they said they work. */
function inPlace(context: DialogContext, words: string): DialogContext {
  const { department } = findTerritory(words);
  return department === undefined ? context : { ...context, memory: { ...context.memory, department } };
}

const placeHeard = ({ services, memory }: DialogContext): string =>
  services.adviser.numbersOf(memory.department) === undefined
    ? 'crisis.place-heard'
    : 'crisis.place-heard-there';

function afterCall(context: DialogContext, state: CrisisState): Step {
  return {
    kind: 'ask',
    says: [{ key: 'crisis.after-call' }, numbers(context, state)],
    question: LISTEN,
    state: { ...state, stage: 'presence' },
    effects: { lineRequest: null },
  };
}
