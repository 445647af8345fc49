import type { BookingId } from '../../src/kernel/ids.js';
import type { DialogContext, DialogInput, Question, Say, Step } from '../dialog.js';

/** Digits of a French number. */
const NUMBER_LENGTH = 10;

/** A number or an address is asked for once, for this alone; anything like no is no. */
const question = (context: DialogContext): Question => ({
  choices: [{ value: 'no', key: 'booking.choice.no-reminder', words: ['non', 'pas', 'no', 'sans'] }],
  open: true,
  keys: context.channel === 'phone' ? { kind: 'code', length: NUMBER_LENGTH } : { kind: 'none' },
  again: { key: 'booking.reminder-again' },
});

/** `undefined` when no reminder can be sent. */
export function askReminder(
  context: DialogContext,
  booking: BookingId,
  says: readonly Say[],
): Step | undefined {
  const ways = context.services.reminders?.ways ?? [];
  if (ways.length === 0 || (context.channel === 'phone' && !ways.includes('sms'))) return undefined;
  return {
    kind: 'ask',
    says: [...says, { key: reminderQuestion(context) }],
    question: question(context),
    state: { stage: 'reminder', booked: booking },
  };
}

function reminderQuestion({ channel, services }: DialogContext): string {
  const ways = services.reminders?.ways ?? [];
  if (channel === 'phone' || !ways.includes('email')) return 'booking.reminder-sms';
  return ways.includes('sms') ? 'booking.reminder-both' : 'booking.reminder-email';
}

export async function answerReminder(
  context: DialogContext,
  booking: BookingId,
  { choice, text, kind }: DialogInput,
): Promise<Step> {
  if (choice === 'no' || kind === 'silence') return { kind: 'done', says: [{ key: 'booking.no-reminder' }] };
  const outcome = await context.services.reminders?.ask({
    ...{ booking, contact: text, language: context.language },
  });
  if (outcome === 'not-a-contact' || outcome === 'not-offered') return { kind: 'misunderstood' };
  const key = outcome === 'kept' ? 'booking.reminder-kept' : 'booking.no-reminder';
  return { kind: 'done', says: [{ key }] };
}
