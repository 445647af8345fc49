import { z } from 'zod';
import type { Dialog, DialogContext, Question } from '../dialog.js';

const argsSchema = z.object({ text: z.string() });

/** Digits of a French number. */
const NUMBER_LENGTH = 10;

const questionFor = ({ channel }: DialogContext): Question => ({
  choices: [{ value: 'no', key: 'texts.no', words: ['non', 'pas', 'no', 'annuler', 'cancel'] }],
  open: true,
  keys: channel === 'phone' ? { kind: 'code', length: NUMBER_LENGTH } : { kind: 'none' },
  again: { key: 'texts.again' },
});

/** Asks for a number for one text, which is destroyed with the number once it was sent. */
export const sendText: Dialog = {
  name: 'send-text',
  async start(context, args) {
    const state = argsSchema.parse(args);
    return { kind: 'ask', says: [{ key: 'texts.ask' }], question: questionFor(context), state };
  },
  async answer(context, state, { kind, choice, text: number }) {
    const result = { texted: true };
    if (choice === 'no' || kind === 'silence') return { kind: 'done', says: [{ key: 'texts.none' }], result };
    const { text } = argsSchema.parse(state);
    const outcome = await context.services.texts?.ask({ conversation: context.conversation, number, text });
    if (outcome === 'not-a-mobile') return { kind: 'misunderstood' };
    const key = outcome === 'kept' ? 'texts.kept' : 'texts.none';
    return { kind: 'done', says: [{ key }], result };
  },
};
