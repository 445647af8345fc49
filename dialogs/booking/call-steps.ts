import type { BookingId } from '../../src/kernel/ids.js';
import type { DialogContext, DialogInput, Question, Say, Step } from '../dialog.js';
import { askReminder } from './reminder-steps.js';

/** Digits of a French number. */
const NUMBER_LENGTH = 10;

/** A number is asked for once, for this alone; anything like no is no. */
const question = (context: DialogContext): Question => ({
  choices: [
    { value: 'no', key: 'booking.choice.no-call', words: ['non', 'pas', 'no', 'sans', 'moi meme', 'myself'] },
  ],
  open: true,
  keys: context.channel === 'phone' ? { kind: 'code', length: NUMBER_LENGTH } : { kind: 'none' },
  again: { key: 'booking.call-again' },
});

/** `undefined` when the service cannot call. */
export function askCall(context: DialogContext, booking: BookingId, says: readonly Say[]): Step | undefined {
  if (context.services.appointmentCalls === undefined) return undefined;
  return {
    kind: 'ask',
    says: [...says, { key: 'booking.call' }],
    question: question(context),
    state: { stage: 'call', booked: booking },
  };
}

export async function answerCall(
  context: DialogContext,
  booking: BookingId,
  { choice, text, kind }: DialogInput,
): Promise<Step> {
  const then = (says: readonly Say[]): Step => askReminder(context, booking, says) ?? { kind: 'done', says };
  if (choice === 'no' || kind === 'silence') return then([{ key: 'booking.no-call' }]);
  const outcome = await context.services.appointmentCalls?.ask({
    ...{ booking, number: text, language: context.language },
  });
  if (outcome === 'not-a-number') return { kind: 'misunderstood' };
  return then([{ key: outcome === 'kept' ? 'booking.call-kept' : 'booking.no-call' }]);
}
