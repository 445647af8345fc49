import { z } from 'zod';
import { MODES } from '../../src/booking/booking.js';
import { formatCode } from '../../src/booking/code.js';
import type { WaitingTicket } from '../../src/booking/waiting-list.js';
import { instant } from '../../src/kernel/clock.js';
import { asId, type SiteId } from '../../src/kernel/ids.js';
import { wishSchema, wordsOf, yourHour } from '../booking/slot-offer.js';
import { spokenDigits } from '../booking/spoken-code.js';
import type { Dialog, DialogContext, DialogInput, Say, Step } from '../dialog.js';
import { hour } from '../when.js';
import { howKey, howQuestion, IN_LINE, OFFER, reachIn } from './waiting-questions.js';

/** What a place in the line is asked for. */
const wantedSchema = z.object({
  sites: z.array(z.string().transform((id) => asId<SiteId>(id))),
  mode: z.enum(MODES),
  wish: wishSchema.optional(),
  before: z.number().transform(instant).optional(),
});
export type Wanted = z.infer<typeof wantedSchema>;

const ticketSchema = z.string().transform((ticket) => asId<WaitingTicket>(ticket));

const argsSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('join'), wanted: wantedSchema }),
  /** With the code in hand. */
  z.object({ stage: z.literal('code'), ticket: ticketSchema }),
  /** The service has a time for them: cuts into whatever was going on, and goes back to it. */
  z.object({ stage: z.literal('told'), ticket: ticketSchema }),
]);

const stateSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('how'), wanted: wantedSchema }),
  z.object({ stage: z.literal('offer'), ticket: ticketSchema, cutIn: z.boolean() }),
  z.object({ stage: z.literal('in-line'), ticket: ticketSchema }),
]);
type StateOf<Stage> = Extract<z.infer<typeof stateSchema>, { stage: Stage }>;

/** The waiting list: a place in it, the time that came free, and the way out. */
export const waiting: Dialog = {
  name: 'waiting',
  async start(context, args) {
    const given = argsSchema.parse(args);
    if (given.stage === 'join') return askHow(context, given.wanted);
    return whereItStands(context, given.ticket, { cutIn: given.stage === 'told' });
  },
  async answer(context, stored, input) {
    const state = stateSchema.parse(stored);
    if (state.stage === 'how') return join(context, state, input);
    if (state.stage === 'offer') return answerOffer(context, state, input);
    return answerInLine(context, state, input);
  },
};

function askHow(context: DialogContext, wanted: Wanted): Step {
  const reach = reachIn(context);
  if (reach === undefined) return { kind: 'done', says: [] };
  return {
    kind: 'ask',
    says: [{ key: howKey(context, reach) }],
    question: howQuestion(context, reach),
    state: { stage: 'how', wanted },
  };
}

async function join(
  context: DialogContext,
  { wanted }: StateOf<'how'>,
  { choice, text, kind }: DialogInput,
): Promise<Step> {
  const { waiting: list } = context.services;
  if (list === undefined || choice === 'no' || kind === 'silence')
    return { kind: 'done', says: [{ key: 'waiting.not-joined' }] };
  const reach = choice === 'here' ? { chat: context.conversation } : { contact: text };
  const outcome = await list.join({ ...wanted, reach, language: context.language });
  if (outcome.kind !== 'joined') return { kind: 'misunderstood' };
  const code = formatCode(outcome.code);
  return {
    kind: 'done',
    says: [
      { key: choice === 'here' ? 'waiting.joined-here' : 'waiting.joined' },
      { key: 'waiting.code', params: { code: context.channel === 'phone' ? spokenDigits(code) : code } },
      { key: 'waiting.keep-code' },
    ],
  };
}

/** The time that is held for them, or that there is none yet. */
async function whereItStands(
  context: DialogContext,
  ticket: WaitingTicket,
  { cutIn }: { cutIn: boolean },
): Promise<Step> {
  const state = await context.services.waiting?.state(ticket);
  if (state?.kind === 'offered') {
    const words = await wordsOf(context, { site: state.offer.site.id, start: state.offer.start });
    const until = hour(context.language, words.zone, state.until);
    const { mode } = state.offer;
    const key = mode === 'telephone' ? 'waiting.freed-telephone' : 'waiting.freed';
    const says: Say[] = [
      { key, params: { when: words.when, place: words.place } },
      ...yourHour(words, mode),
      { key: 'waiting.freed-ask', params: { until } },
    ];
    return { kind: 'ask', says, question: OFFER, state: { stage: 'offer', ticket, cutIn } };
  }
  if (cutIn) return { kind: 'return', says: [] };
  if (state?.kind !== 'waiting') return { kind: 'done', says: [{ key: 'manage.not-found' }] };
  return {
    kind: 'ask',
    says: [{ key: 'waiting.in-line' }, { key: 'manage.what' }],
    question: IN_LINE,
    state: { stage: 'in-line', ticket },
  };
}

async function answerOffer(
  context: DialogContext,
  { ticket, cutIn }: StateOf<'offer'>,
  { choice }: DialogInput,
): Promise<Step> {
  const { waiting: list } = context.services;
  const end = (says: readonly Say[]): Step => ({ kind: cutIn ? 'return' : 'done', says });
  if (choice === 'decline') {
    await list?.decline(ticket);
    return end([{ key: 'waiting.declined' }]);
  }
  if (choice === 'leave') {
    await list?.leave(ticket);
    return end([{ key: 'waiting.left' }]);
  }
  if (choice !== 'accept') return { kind: 'misunderstood' };
  const outcome = await list?.accept(ticket);
  if (outcome?.kind !== 'confirmed') return end([{ key: 'waiting.offer-ended' }]);
  const { site, start, mode } = outcome.booking;
  const words = await wordsOf(context, { site: site.id, start });
  const { when, place, address } = words;
  return end([
    {
      key: mode === 'telephone' ? 'booking.done-telephone' : 'booking.done',
      params: { when, place, address },
    },
    ...yourHour(words, mode),
    { key: 'waiting.same-code' },
  ]);
}

async function answerInLine(
  context: DialogContext,
  { ticket }: StateOf<'in-line'>,
  { choice }: DialogInput,
): Promise<Step> {
  if (choice === 'stay') return { kind: 'done', says: [{ key: 'waiting.stays' }] };
  if (choice !== 'leave') return { kind: 'misunderstood' };
  await context.services.waiting?.leave(ticket);
  return { kind: 'done', says: [{ key: 'waiting.left' }] };
}
