import { z } from 'zod';
import type { TimeWish } from '../../src/booking/time-wish.js';
import { normalise } from '../../src/safety/normalise.js';
import type { Need } from '../../src/triage/need.js';
import { NEEDS } from '../../src/triage/need.js';
import { isGreeting } from '../../src/triage/short-requests.js';
import type { Slots, Understanding } from '../../src/triage/understand.js';
import { wishSaid } from '../booking/said-wish.js';
import type { Dialog, DialogContext, DialogInput, Effects, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { fold } from '../match-choice.js';
import { allHours, asksHours } from '../opening-hours/hours-words.js';
import { withWords } from '../told-words.js';
import { ROUTE_OF_DOOR, ROUTE_OF_NEED, type Route } from './routes.js';
import { DOORS, type Door, triageQuestion } from './triage-question.js';

const argsSchema = z.object({
  text: z.string().optional(),
  choice: z.string().optional(),
  /** Answer a question about the service itself, then listen. */
  inform: z.boolean().optional(),
  /** That question is about when the line answers. */
  hours: z.boolean().optional(),
  /** Not for this line: say so kindly, then listen. */
  redirect: z.boolean().optional(),
  /** The caller wants the right service and has not said for what. */
  tell: z.boolean().optional(),
});

const stateSchema = z.object({ asked: z.enum(['open', 'which-need']) });

const MENTIONED_NEEDS = 1;

/** Listens to one's own words, says what was understood, and goes where the need is served. */
export const triage: Dialog = {
  name: 'triage',
  async start(context, args) {
    const given = argsSchema.parse(args);
    if (given.choice !== undefined) return chosen(given.choice);
    if (given.text !== undefined) return understood(context, given.text);
    if (given.hours) return listen(context, [...(await allHours(context)), { key: 'triage.anything-else' }]);
    if (given.inform)
      return listen(context, [{ key: 'triage.about-service' }, { key: 'triage.anything-else' }]);
    if (given.redirect)
      return listen(context, [{ key: 'triage.not-for-us' }, { key: 'triage.anything-else' }]);
    return listen(context, [{ key: given.tell ? 'triage.tell' : 'triage.anything-else' }]);
  },
  async answer(context, state, input) {
    if (nothingSaid(input)) return { kind: 'misunderstood' };
    if (input.choice !== undefined) return chosen(input.choice);
    if (stateSchema.parse(state).asked === 'open' && saysNo(input.text)) return farewell(context);
    return understood(context, input.text);
  },
  async resumed(context) {
    return listen(context, [{ key: 'triage.anything-else' }]);
  },
};

const nothingSaid = (input: DialogInput): boolean =>
  input.kind === 'silence' ||
  input.kind === 'line-ended' ||
  (input.kind === 'keys' && input.choice === undefined);

const saysNo = (text: string): boolean =>
  /^\W*(merci|merci beaucoup|thanks|thank you|non|no|c'est tout|that's all|non merci|no thank(s| you)|au revoir|goodbye|merci au revoir|rien)\W*(merci|thanks)?\W*$/i.test(
    text.slice(0, 60),
  );

function farewell(context: DialogContext): Step {
  const says: Say[] = [{ key: 'triage.farewell' }];
  if (context.channel === 'phone') return { kind: 'end', says };
  return { kind: 'ask', says, question: triageQuestion(context.channel), state: { asked: 'open' } };
}

function listen(context: DialogContext, says: readonly Say[]): Step {
  return { kind: 'ask', says, question: triageQuestion(context.channel), state: { asked: 'open' } };
}

function chosen(choice: string): Step {
  if (isDoor(choice)) return { kind: 'replace', says: [], ...ROUTE_OF_DOOR[choice] };
  if (isNeed(choice)) return toNeed(choice, [], { memory: { need: choice, needFrom: { also: [] } } });
  return { kind: 'replace', says: [], dialog: 'triage', with: { tell: true } };
}

const isDoor = (value: string): value is Door => DOORS.some((door) => door === value);
const isNeed = (value: string): value is Need => NEEDS.some((need) => need === value);

function understood(context: DialogContext, text: string): Step {
  if (isGreeting(normalise(text.slice(0, 60)))) return listen(context, [{ key: 'triage.tell' }]);
  const understanding = context.services.understand(text);
  const effects = slotsOf(context, understanding, text);
  if (understanding.ask !== null) return ask(understanding.ask.choices, effects);
  const also = understanding.also
    .slice(0, MENTIONED_NEEDS)
    .map((need): Say => ({ key: `triage.also.${need}` }));
  if (understanding.need === 'info_service' && asksHours(fold(text))) return toHours(also, effects);
  const memory = { ...context.memory, ...effects.memory };
  const wish = wishSaid(text, { memory, now: context.now });
  return toNeed(understanding.need, also, effects, { slots: understanding.slots, wish });
}

/** What was said is remembered: nobody is asked for it again. */
function slotsOf(
  { memory }: DialogContext,
  { slots, need, also, confidence }: Understanding,
  text: string,
): Effects {
  return {
    memory: {
      need,
      needFrom: { confidence, also },
      told: withWords(memory.told, text),
      ...(slots.academy === undefined ? {} : { academy: slots.academy }),
      ...(slots.department === undefined ? {} : { department: slots.department }),
    },
  };
}

/** Says in one sentence what was understood, then goes there. */
function toNeed(
  need: Need,
  also: readonly Say[],
  effects: Effects,
  said: { slots: Slots; wish: TimeWish | undefined } = { slots: {}, wish: undefined },
): Step {
  const says: Say[] = [{ key: `triage.understood.${need}` }, ...also];
  return { kind: 'replace', says, ...routeOf(need, said.slots, said.wish), effects };
}

const toHours = (also: readonly Say[], effects: Effects): Step => ({
  ...{ kind: 'replace', says: also, dialog: 'triage', with: { hours: true }, effects },
});

/** What was said of when and how is not asked again. */
function routeOf(need: Need, { now, mode }: Slots, wish: TimeWish | undefined): Route {
  if (need !== 'ecoute_psy') return ROUTE_OF_NEED[need];
  if (now) return { dialog: 'phone-line', with: {} };
  if (mode === undefined && wish === undefined) return ROUTE_OF_NEED[need];
  return { dialog: 'booking', with: { stage: 'mode', mode, wish } };
}

/** Two or three plain sentences to choose from, never the whole list. */
function ask(needs: readonly Need[], effects: Effects): Step {
  const question: Question = {
    choices: [
      ...needs.map((need) => ({ value: need, key: `triage.choice.${need}` })),
      { value: 'other', key: 'triage.choice.other' },
      { value: 'human', key: 'triage.door.human' },
    ],
    keys: ONE_KEY,
    again: { key: 'triage.which-need' },
  };
  return {
    kind: 'ask',
    says: [{ key: 'triage.which-need' }],
    question,
    state: { asked: 'which-need' },
    effects,
  };
}
