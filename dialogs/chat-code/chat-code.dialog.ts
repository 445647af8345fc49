import { z } from 'zod';
import type { Dialog, DialogContext, DialogInput, Question, Step } from '../dialog.js';

/** product.md, "Immediate telephone line": three tries a call. */
const MAX_TRIES = 3;
const CODE_LENGTH = 6;
const stateSchema = z.object({ tries: z.number().int().min(0).max(MAX_TRIES) });

const QUESTION: Question = {
  choices: [],
  keys: { kind: 'code', length: CODE_LENGTH },
  again: { key: 'phone.code-question' },
};

/** Somebody who wrote before keys the code of their chat: what was said goes to the human who answers. */
export const chatCode: Dialog = {
  name: 'chat-code',
  async start(context) {
    return (context.memory.chatCodeTries ?? 0) >= MAX_TRIES
      ? instead()
      : ask(context.memory.chatCodeTries ?? 0);
  },
  async answer(context, stored, input) {
    const { tries } = stateSchema.parse(stored);
    const code = input.text.replace(/\D/g, '');
    if (input.kind === 'silence' || (input.kind === 'text' && code === '')) return { kind: 'misunderstood' };
    return tryCode(context, { input, code, tries });
  },
};

function ask(tries: number): Extract<Step, { kind: 'ask' }> {
  return { kind: 'ask', says: [{ key: 'phone.code-question' }], question: QUESTION, state: { tries } };
}

async function tryCode(
  context: DialogContext,
  { code, tries }: { input: DialogInput; code: string; tries: number },
): Promise<Step> {
  const found =
    code.length === CODE_LENGTH &&
    (await context.services.line.useCode(code, context.conversation)) === 'joined';
  if (found) return { kind: 'replace', says: [{ key: 'phone.code-joined' }], dialog: 'phone-line', with: {} };
  const next = tries + 1;
  const effects = { memory: { chatCodeTries: next } };
  if (next >= MAX_TRIES) return { ...instead(), effects };
  return { ...ask(next), says: [{ key: 'phone.code-unknown' }, { key: 'phone.code-question' }], effects };
}

/** No code is needed to be heard. */
const instead = (): Extract<Step, { kind: 'replace' }> => ({
  kind: 'replace',
  says: [{ key: 'phone.code-not-needed' }],
  dialog: 'phone-line',
  with: {},
});
