import { z } from 'zod';
import { asId } from '../../src/kernel/ids.js';
import type { ResponderId } from '../../src/phone-line/line.js';
import type { Dialog, DialogContext, DialogInput, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';

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
    if (input.kind === 'line-ended') return lineEnded(input);
    if (input.choice === undefined && stage === 'ringing') return keepRinging(context);
    return instead(context, input);
  },
};

async function ring(context: DialogContext): Promise<Step> {
  const { psychologists } = await context.services.line.onDuty();
  if (psychologists === 0) return offerInstead([{ key: 'phone.nobody-on-duty' }]);
  const request = await context.services.line.request(context.conversation, 'immediate');
  return {
    kind: 'hold-the-line',
    says: [{ key: 'phone.ringing' }, { key: 'phone.may-leave' }],
    request,
    question: INSTEAD,
    state: { stage: 'ringing' },
    effects: { lineRequest: request },
  };
}

async function ringForAppointment(context: DialogContext, psychologist: ResponderId): Promise<Step> {
  const request = await context.services.line.request(context.conversation, 'appointment', psychologist);
  return {
    kind: 'hold-the-line',
    says: [{ key: 'phone.appointment-ringing' }],
    request,
    question: INSTEAD,
    state: { stage: 'ringing' },
    effects: { lineRequest: request },
  };
}

/** In writing there is no line to hold: the number to dial, if there is one, and what else may be had. */
function fromTheChat({ services }: DialogContext): Step {
  const says: Say[] =
    services.lineNumber === ''
      ? [{ key: 'phone.no-number' }]
      : [{ key: 'phone.dial', params: { number: services.lineNumber } }];
  return offerInstead(says);
}

function offerInstead(says: readonly Say[], ended = false): Step {
  return {
    kind: 'ask',
    says: [...says, { key: 'phone.instead' }],
    question: INSTEAD,
    state: { stage: 'offer' },
    ...(ended ? { effects: { lineRequest: null } } : {}),
  };
}

function lineEnded(input: DialogInput): Step {
  if (input.text === 'nobody') return { ...offerInstead([{ key: 'phone.nobody-answered' }], true) };
  return { kind: 'done', says: [{ key: 'phone.after-call' }], effects: { lineRequest: null } };
}

function keepRinging(context: DialogContext): Step {
  if (context.lineRequest === null) return offerInstead([]);
  return {
    kind: 'hold-the-line',
    says: [{ key: 'phone.still-ringing' }],
    request: context.lineRequest,
    question: INSTEAD,
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
  if (choice === 'else') return { kind: 'done', says: [], effects };
  return context.channel === 'phone' ? ring(context) : fromTheChat(context);
}
