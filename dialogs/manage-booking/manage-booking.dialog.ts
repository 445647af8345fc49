import { z } from 'zod';
import { parseCode } from '../../src/booking/code.js';
import type { Dialog, DialogContext, DialogInput, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { dayAndHour } from '../when.js';

const stateSchema = z.object({ stage: z.enum(['code', 'what', 'sure']), code: z.string().optional() });

/** product.md, "Anonymity", rule 6. */
const MAX_TRIES = 5;
const CODE_LENGTH = 9;

const CODE_QUESTION: Question = {
  choices: [],
  keys: { kind: 'code', length: CODE_LENGTH },
  again: { key: 'manage.code-again' },
};

const WHAT: Question = {
  choices: [
    { value: 'cancel', key: 'manage.choice.cancel', words: ['annuler', 'annule', 'cancel'] },
    { value: 'move', key: 'manage.choice.move', words: ['deplacer', 'changer', 'move', 'change'] },
    { value: 'keep', key: 'manage.choice.keep', words: ['garder', 'rien', 'keep'] },
  ],
  keys: ONE_KEY,
  again: { key: 'manage.what' },
};

const SURE: Question = {
  choices: [
    { value: 'yes', key: 'common.yes', words: ['oui', 'annule', 'yes'] },
    { value: 'no', key: 'common.no', words: ['non', 'no', 'garde'] },
  ],
  keys: ONE_KEY,
  again: { key: 'manage.sure' },
};

/** Finds an appointment by its code, says when it is, and cancels it. */
export const manageBooking: Dialog = {
  name: 'manage-booking',
  async start(context) {
    if (context.memory.codeTries >= MAX_TRIES) return tooManyTries();
    const key = context.channel === 'phone' ? 'manage.code-phone' : 'manage.code';
    return { kind: 'ask', says: [{ key }], question: CODE_QUESTION, state: { stage: 'code' } };
  },
  async answer(context, stored, input) {
    const state = stateSchema.parse(stored);
    if (state.stage === 'code') return findCode(context, input);
    if (state.stage === 'what') return chooseWhat(input, state.code ?? '');
    return cancelIfSure(context, input, state.code ?? '');
  },
};

async function findCode(context: DialogContext, input: DialogInput): Promise<Step> {
  if (input.kind === 'silence') return { kind: 'misunderstood' };
  if (hasNoCode(input.text))
    return { kind: 'replace', says: [], dialog: 'handoff', with: { because: 'no-code' } };
  if (input.kind === 'text' && !/\d|un|deux|trois|quatre|cinq|six|sept|huit|neuf|z[ée]ro/i.test(input.text))
    return { kind: 'misunderstood' };
  const code = parseCode(input.text);
  const found = code === undefined ? undefined : await context.services.booking.byCode(code);
  if (code === undefined || found?.kind !== 'found') return wrongCode(context);
  const { site, mode, start } = found.booking;
  const params = { when: dayAndHour(context.language, site.zone, start), place: site.name };
  const key = mode === 'telephone' ? 'manage.found-telephone' : 'manage.found';
  return {
    kind: 'ask',
    says: [{ key, params }, { key: 'manage.what' }],
    question: WHAT,
    state: { stage: 'what', code },
  };
}

const hasNoCode = (text: string): boolean =>
  /(perdu|plus|pas|oubli[ée]|retrouve).{0,20}code|code.{0,20}(perdu|oubli[ée])|lost|forgot|je n['e ]ai pas/i.test(
    text.slice(0, 120),
  );

/** Wrong and unknown codes answer the same. */
function wrongCode(context: DialogContext): Step {
  const codeTries = context.memory.codeTries + 1;
  const effects = { memory: { codeTries } };
  if (codeTries >= MAX_TRIES) return { ...tooManyTries(), effects };
  return {
    kind: 'ask',
    says: [{ key: 'manage.not-found' }, { key: 'manage.code-again' }],
    question: CODE_QUESTION,
    state: { stage: 'code' },
    effects,
  };
}

function tooManyTries(): Extract<Step, { kind: 'replace' }> {
  const says: Say[] = [{ key: 'manage.too-many' }];
  return { kind: 'replace', says, dialog: 'handoff', with: { because: 'no-code' } };
}

async function chooseWhat({ choice }: DialogInput, code: string): Promise<Step> {
  if (choice === 'keep') return { kind: 'done', says: [{ key: 'manage.kept' }] };
  if (choice === 'move')
    return { kind: 'ask', says: [{ key: 'manage.move' }], question: SURE, state: { stage: 'sure', code } };
  if (choice !== 'cancel') return { kind: 'misunderstood' };
  return { kind: 'ask', says: [{ key: 'manage.sure' }], question: SURE, state: { stage: 'sure', code } };
}

async function cancelIfSure(context: DialogContext, { choice }: DialogInput, code: string): Promise<Step> {
  if (choice === 'no') return { kind: 'done', says: [{ key: 'manage.kept' }] };
  if (choice !== 'yes') return { kind: 'misunderstood' };
  // A turn that is run again after its write was lost finds the booking cancelled by the first run.
  await context.services.booking.cancel(code);
  return { kind: 'done', says: [{ key: 'manage.cancelled' }] };
}
