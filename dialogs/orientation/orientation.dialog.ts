import { z } from 'zod';
import type { ServiceCardEntry } from '../../src/conversations/conversation.js';
import type { AdvisedService, Gap } from '../../src/directory/advise.js';
import { CORPS, POSITIONS } from '../../src/directory/profile.js';
import { NEEDS } from '../../src/triage/need.js';
import type { Dialog, DialogContext, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { beginText, textChoice, wasTexted } from '../send-text/offer-text.js';
import { todayIn } from '../when.js';
import { serviceLines } from './service-lines.js';

const argsSchema = z.object({
  need: z.enum(NEEDS),
  corps: z.enum(CORPS).optional(),
  position: z.enum(POSITIONS).optional(),
});
const stateSchema = argsSchema.extend({ shown: z.number(), more: z.boolean() });
type State = z.infer<typeof stateSchema>;

/** A card may hold several services; on the phone they come one at a time. */
const ON_A_SCREEN = 4;
const ON_THE_PHONE = 1;

/** Points to the services of the caller's académie, with their contacts and how fresh they are. */
export const orientation: Dialog = {
  name: 'orientation',
  async start(context, args) {
    const state: State = { ...argsSchema.parse(args), shown: 0, more: false };
    if (knowsPlace(context)) return show(context, state);
    return { kind: 'begin', says: [], dialog: 'place', with: {}, state };
  },
  async resumed(context, given, result) {
    const state = stateSchema.parse(given);
    return wasTexted(result) ? askAgain(context, state) : show(context, state);
  },
  async answer(context, state, input) {
    if (input.choice === undefined && input.kind === 'text' && /merci|thank/i.test(input.text.slice(0, 40)))
      return { kind: 'done', says: [] };
    switch (input.choice) {
      case 'next':
        return show(context, stateSchema.parse(state));
      case 'text':
        return text(context, stateSchema.parse(state));
      case 'psychologist':
        return { kind: 'replace', says: [], dialog: 'booking', with: { stage: 'now-or-later' } };
      case 'else':
        return { kind: 'done', says: [] };
      case 'human':
        return { kind: 'replace', says: [], dialog: 'handoff', with: { because: 'asked' } };
      default:
        return { kind: 'misunderstood' };
    }
  },
};

const knowsPlace = ({ memory }: DialogContext): boolean =>
  memory.academy !== undefined || memory.department !== undefined;

function orient({ memory, services, now }: DialogContext, { need, corps, position }: State) {
  const profile = { academy: memory.academy, department: memory.department, corps, position };
  return services.adviser.orient({ need, profile, today: todayIn('Europe/Paris', now) });
}

async function text(context: DialogContext, state: State): Promise<Step> {
  const { services } = await orient(context, state);
  return beginText(context, serviceLines(context, services), state);
}

function askAgain(context: DialogContext, state: State): Step {
  const says: Say[] = [{ key: 'orientation.question' }];
  return { kind: 'ask', says, question: questionFor(context, state.more), state };
}

async function show(context: DialogContext, state: State): Promise<Step> {
  const { services, channel } = context;
  const orientation = await orient(context, state);
  const { services: advice, gap } = orientation;
  if (state.shown === 0) await services.adviser.countGap(orientation);
  const size = channel === 'phone' ? ON_THE_PHONE : ON_A_SCREEN;
  const page = advice.slice(state.shown, state.shown + size);
  const shown = state.shown + page.length;
  const more = shown < advice.length;
  return {
    kind: 'ask',
    says: [...introduction(state, gap), ...describe(context, page), { key: 'orientation.question' }],
    question: questionFor(context, more),
    state: { ...state, shown, more },
    effects: { facts: page.map(({ service }) => ({ kind: 'oriented', service: service.id })) },
  };
}

/** Where the académie has no service of its own that we know of, the caller is told. */
function introduction({ shown }: State, gap: Gap | null): Say[] {
  if (shown > 0) return [];
  return [{ key: gap === null ? 'orientation.introduction' : 'orientation.no-local-service' }];
}

function describe(context: DialogContext, page: readonly AdvisedService[]): Say[] {
  if (page.length === 0) return [{ key: 'orientation.nothing-more' }];
  if (context.channel === 'phone') return page.flatMap((advice) => spoken(context, advice));
  const entries = page.map((advice) => entryOf(context, advice));
  const text = entries
    .map(({ name, contacts }) => [name, ...contacts.map(({ value }) => value)].join(' — '))
    .join('\n');
  return [{ text, card: { kind: 'services', services: entries } }, ...remarks(page)];
}

const entryOf = ({ language }: DialogContext, { service, stale }: AdvisedService): ServiceCardEntry => ({
  name: service.name[language],
  what: service.what[language],
  contacts: service.contacts,
  stale,
});

function spoken({ language }: DialogContext, advice: AdvisedService): Say[] {
  const { service } = advice;
  const phone = service.contacts.find(({ kind }) => kind === 'phone');
  const contact: Say[] = phone ? [{ key: 'orientation.phone', params: { number: phone.value } }] : [];
  return [{ text: `${service.name[language]}. ${service.what[language]}` }, ...contact, ...remarks([advice])];
}

/** What the caller should know of these entries: some cannot be reached directly, some are old. */
function remarks(page: readonly AdvisedService[]): Say[] {
  const unreachable = page.some(({ service }) => service.contacts.length === 0);
  const old = page.some(({ service, stale }) => stale && service.contacts.length > 0);
  return [
    ...(unreachable ? [{ key: 'orientation.no-contact' }] : []),
    ...(old ? [{ key: 'orientation.stale' }] : []),
  ];
}

function questionFor(context: DialogContext, more: boolean): Question {
  return {
    choices: [
      ...(more ? [{ value: 'next', key: 'orientation.choice.next', words: ['suivant', 'next', 'oui'] }] : []),
      ...textChoice(context),
      {
        value: 'psychologist',
        key: 'orientation.choice.psychologist',
        words: ['psychologue', 'psychologist'],
      },
      {
        value: 'else',
        key: 'orientation.choice.else',
        words: ['autre chose', 'autre question', 'something else'],
      },
      {
        value: 'human',
        key: 'triage.door.human',
        words: ['operateur', 'quelqu un', 'une personne', 'operator'],
      },
    ],
    keys: ONE_KEY,
    again: { key: 'orientation.question' },
  };
}
