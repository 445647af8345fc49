import type { Choice, DialogContext, Say, Step } from '../dialog.js';

/** Somebody who writes by SMS has it in writing already. */
export const offersText = ({ channel, services }: DialogContext): boolean =>
  channel !== 'sms' && services.texts?.offered === true;

/** Among the choices of an answer: nothing where no text can be sent. */
export const textChoice = (context: DialogContext): Choice[] =>
  offersText(context)
    ? [{ value: 'text', key: 'texts.choice', words: ['sms', 'texto', 'text message'] }]
    : [];

/** The most important lines first: what does not fit is left out. */
export function beginText(context: DialogContext, lines: readonly Say[], state: unknown): Step {
  const head: Say = { key: 'texts.head' };
  const text = context.services.texts?.written(context.language, [head, ...lines]) ?? '';
  return { kind: 'begin', says: [], dialog: 'send-text', with: { text }, state };
}

/** Whether the dialog that is done is the one that sends a text. */
export const wasTexted = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'texted' in result;
