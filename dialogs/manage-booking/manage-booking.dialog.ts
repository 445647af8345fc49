import { z } from 'zod';
import type { FollowUp } from '../../src/booking/booking-service.js';
import { parseCode } from '../../src/booking/code.js';
import { askDay, offeredSlot, slotSchema, wishIn, wishSchema } from '../booking/slot-offer.js';
import type { Dialog, DialogContext, DialogInput, Say, Step } from '../dialog.js';
import { CODE_QUESTION, FOLLOW_UP, PROPOSED, SURE, what } from './manage-questions.js';
import { moveIfSure, offerMove, proposeMove, saidOf, told } from './move-steps.js';

const STAGES = ['code', 'what', 'sure', 'slots', 'day', 'move-sure', 'proposed', 'follow-up'] as const;

const stateSchema = z.object({
  stage: z.enum(STAGES),
  code: z.string().default(''),
  wish: wishSchema.optional(),
  offered: z.array(slotSchema).optional(),
  chosen: slotSchema.optional(),
});
type ManageState = z.infer<typeof stateSchema>;

/** product.md, "Anonymity", rule 6. */
const MAX_TRIES = 5;

/** Finds an appointment by its code, says when it is, cancels or moves it, or books the next with the same psychologist. */
export const manageBooking: Dialog = {
  name: 'manage-booking',
  async start(context) {
    if (context.memory.codeTries >= MAX_TRIES) return toAPerson();
    const key = context.channel === 'phone' ? 'manage.code-phone' : 'manage.code';
    return { kind: 'ask', says: [{ key }], question: CODE_QUESTION, state: { stage: 'code' } };
  },
  async answer(context, stored, input) {
    const state = stateSchema.parse(stored);
    return ANSWERS[state.stage](context, state, input);
  },
};

type Answer = (context: DialogContext, state: ManageState, input: DialogInput) => Promise<Step>;

const ANSWERS: Readonly<Record<ManageState['stage'], Answer>> = {
  code: async (context, _state, input) => findCode(context, input),
  what: chooseWhat,
  sure: cancelIfSure,
  slots: chooseSlot,
  day: async (context, state, input) => {
    if (input.choice === 'human') return toAPerson();
    const wish = wishIn(context, input);
    return wish === undefined ? { kind: 'misunderstood' } : offerMove(context, { code: state.code, wish });
  },
  'move-sure': (context, state, { choice }) => moveIfSure(context, state, choice),
  proposed: answerProposed,
  'follow-up': async (context, { code }, { choice }) => {
    if (choice === 'no') return { kind: 'done', says: [] };
    if (choice !== 'yes') return { kind: 'misunderstood' };
    return again(await context.services.booking.followUp(code), code);
  },
};

async function findCode(context: DialogContext, input: DialogInput): Promise<Step> {
  if (input.kind === 'silence') return { kind: 'misunderstood' };
  if (hasNoCode(input.text))
    return { kind: 'replace', says: [], dialog: 'handoff', with: { because: 'no-code' } };
  if (input.kind === 'text' && !/\d|un|deux|trois|quatre|cinq|six|sept|huit|neuf|z[ée]ro/i.test(input.text))
    return { kind: 'misunderstood' };
  const code = parseCode(input.text) ?? '';
  const ticket = (await context.services.waiting?.find(code)) ?? 'not-found';
  if (ticket === 'too-busy') return toAPerson();
  if (ticket !== 'not-found')
    return { kind: 'replace', says: [], dialog: 'waiting', with: { stage: 'code', ticket } };
  const next = await context.services.booking.followUp(code);
  if (next.kind === 'too-busy') return toAPerson();
  if (next.kind === 'not-found') return wrongCode(context);
  const found = await context.services.booking.byCode(code);
  if (found.kind !== 'found') return afterTheLast(next, code);
  const admitted = await appointmentNow(context, code);
  if (admitted !== undefined) return admitted;
  const says = await saidOf(context, found.booking, { what: 'found', code });
  if (found.proposed !== null) {
    const proposed = await saidOf(context, found.proposed, { what: 'proposed', code });
    const asked: Say[] = [...says, ...proposed, { key: 'manage.proposed-ask' }];
    return { kind: 'ask', says: asked, question: PROPOSED, state: { stage: 'proposed', code } };
  }
  return {
    kind: 'ask',
    says: [...says, { key: 'manage.what' }],
    question: what({ again: next.kind === 'allowed', left: await contactLeft(context, code) }),
    state: { stage: 'what', code },
  };
}

async function contactLeft(
  { services }: DialogContext,
  code: string,
): Promise<'nothing' | 'reminder' | 'call'> {
  const { reminders, appointmentCalls } = services;
  const booking = await services.booking.idOf(code);
  if (booking === undefined) return 'nothing';
  if ((await appointmentCalls?.has(booking)) === true) return 'call';
  return (await reminders?.has(booking)) === true ? 'reminder' : 'nothing';
}

/** The contact is destroyed; the appointment stands. */
async function forgetContact({ services }: DialogContext, code: string): Promise<Step> {
  const booking = await services.booking.idOf(code);
  if (booking === undefined) return { kind: 'done', says: [{ key: 'manage.forgotten' }] };
  const called = (await services.appointmentCalls?.has(booking)) === true;
  await services.appointmentCalls?.withdraw(booking);
  await services.reminders?.withdraw(booking);
  return { kind: 'done', says: [{ key: called ? 'manage.forgotten-call' : 'manage.forgotten' }] };
}

/** A telephone appointment is had by dialling in with the code, at its time. */
async function appointmentNow(context: DialogContext, code: string): Promise<Step | undefined> {
  const admission = await context.services.booking.admit(code);
  if (context.channel !== 'phone' || admission.kind !== 'now') return undefined;
  // Whoever dials in is not called as well.
  const booking = await context.services.booking.idOf(code);
  if (booking !== undefined) await context.services.appointmentCalls?.withdraw(booking);
  const args = { appointmentWith: admission.psychologist };
  return { kind: 'replace', says: [], dialog: 'phone-line', with: args };
}

const hasNoCode = (text: string): boolean =>
  /(perdu|plus|pas|oubli[ée]|retrouve).{0,20}code|code.{0,20}(perdu|oubli[ée])|lost|forgot|je n['e ]ai pas/i.test(
    text.slice(0, 120),
  );

/** Wrong and unknown codes answer the same. */
function wrongCode(context: DialogContext): Step {
  const codeTries = context.memory.codeTries + 1;
  const effects = { memory: { codeTries } };
  if (codeTries >= MAX_TRIES) return { ...toAPerson(), effects };
  return {
    kind: 'ask',
    says: [{ key: 'manage.not-found' }, { key: 'manage.code-again' }],
    question: CODE_QUESTION,
    state: { stage: 'code' },
    effects,
  };
}

function toAPerson(): Extract<Step, { kind: 'replace' }> {
  const says: Say[] = [{ key: 'manage.too-many' }];
  return { kind: 'replace', says, dialog: 'handoff', with: { because: 'no-code' } };
}

/** Nothing is ahead under this code: the same psychologist may be seen again, three times in all. */
function afterTheLast(next: FollowUp, code: string): Step {
  if (next.kind !== 'allowed') return { kind: 'done', says: [{ key: 'manage.quota-reached' }] };
  const says: Say[] = [{ key: 'manage.past' }, { key: 'manage.follow-up' }];
  return { kind: 'ask', says, question: FOLLOW_UP, state: { stage: 'follow-up', code } };
}

function again(next: FollowUp, code: string): Step {
  if (next.kind !== 'allowed') return { kind: 'done', says: [{ key: 'manage.quota-reached' }] };
  const { mode, psychologist, minutes } = next;
  const search = { mode, followUp: { code, psychologist, minutes } };
  return { kind: 'replace', says: [], dialog: 'booking', with: { stage: 'slots', search } };
}

async function chooseWhat(
  context: DialogContext,
  { code }: ManageState,
  { choice }: DialogInput,
): Promise<Step> {
  if (choice === 'keep') return { kind: 'done', says: [{ key: 'manage.kept' }] };
  if (choice === 'move') return offerMove(context, { code });
  if (choice === 'forget') return forgetContact(context, code);
  if (choice === 'again') return again(await context.services.booking.followUp(code), code);
  if (choice !== 'cancel') return { kind: 'misunderstood' };
  return { kind: 'ask', says: [{ key: 'manage.sure' }], question: SURE, state: { stage: 'sure', code } };
}

async function cancelIfSure(
  context: DialogContext,
  { code }: ManageState,
  { choice }: DialogInput,
): Promise<Step> {
  if (choice === 'no') return { kind: 'done', says: [{ key: 'manage.kept' }] };
  if (choice !== 'yes') return { kind: 'misunderstood' };
  // A turn that is run again after its write was lost finds the booking cancelled by the first run.
  const outcome = await context.services.booking.cancel(code);
  return outcome === 'too-busy' ? toAPerson() : { kind: 'done', says: [{ key: 'manage.cancelled' }] };
}

async function chooseSlot(context: DialogContext, state: ManageState, input: DialogInput): Promise<Step> {
  const { code, offered = [] } = state;
  if (input.choice === 'keep') return { kind: 'done', says: [{ key: 'manage.kept' }] };
  if (input.choice === 'later') return offerMove(context, state, { after: offered.at(-1)?.start });
  if (input.choice === 'day') return askDay({ stage: 'day', code });
  const slot = offeredSlot(offered, input);
  if (slot !== undefined) return proposeMove(context, { code, wish: state.wish }, slot);
  const wish = wishIn(context, input);
  return wish === undefined ? { kind: 'misunderstood' } : offerMove(context, { code, wish });
}

async function answerProposed(
  context: DialogContext,
  { code }: ManageState,
  { choice }: DialogInput,
): Promise<Step> {
  const { booking } = context.services;
  if (choice === 'accept' || choice === 'refuse')
    return told(context, { code }, await booking.answerProposal(code, choice));
  if (choice === 'move') return offerMove(context, { code });
  if (choice !== 'cancel') return { kind: 'misunderstood' };
  return { kind: 'ask', says: [{ key: 'manage.sure' }], question: SURE, state: { stage: 'sure', code } };
}
