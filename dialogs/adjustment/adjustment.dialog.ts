import { z } from 'zod';
import type { Orientation } from '../../src/directory/advise.js';
import { ASKABLE, type Askable, openFields } from '../../src/directory/open-fields.js';
import { CORPS, POSITIONS, type Profile, STATUSES } from '../../src/directory/profile.js';
import type { Dialog, DialogContext, DialogInput, Step } from '../dialog.js';
import { serviceLines } from '../orientation/service-lines.js';
import { beginText, wasTexted } from '../send-text/offer-text.js';
import { todayIn } from '../when.js';
import {
  age,
  counted,
  details,
  detailsOneByOne,
  headline,
  openOnes,
  overview,
  overviewLines,
} from './measure-words.js';
import { questionAbout, toldBy } from './profile-questions.js';
import { measureQuestion, readingQuestion, screenQuestion } from './result-questions.js';

/** Questions asked in all, the place included: what stays unknown becomes a condition. */
const MOST_QUESTIONS = 5;

const profileSchema = z.object({
  corps: z.enum(CORPS).optional(),
  status: z.enum(STATUSES).optional(),
  position: z.enum(POSITIONS).optional(),
  rqth: z.boolean().optional(),
  pacdYears: z.number().optional(),
  paldEnds: z.string().optional(),
});

const stateSchema = z.object({
  profile: profileSchema,
  /** Questions asked already, answered or not. */
  asked: z.array(z.enum(ASKABLE)),
  questions: z.number(),
  stage: z.enum(['asking', 'screen', 'which', 'reading']),
  /** On the phone: which measure, and which of its details (-1: what it is). */
  measure: z.number(),
  detail: z.number(),
});
type State = z.infer<typeof stateSchema>;

const FIRST: State = { profile: {}, asked: [], questions: 0, stage: 'asking', measure: 0, detail: -1 };

/** Which measures of the adjustment dispositif may be open to the caller. It informs; it never decides. */
export const adjustment: Dialog = {
  name: 'adjustment',
  async start(context) {
    if (context.memory.academy !== undefined || context.memory.department !== undefined)
      return next(context, FIRST);
    const state: State = { ...FIRST, questions: 1 };
    return { kind: 'begin', says: [{ key: 'adjustment.start' }], dialog: 'place', with: {}, state };
  },
  async resumed(context, given, result) {
    const state = stateSchema.parse(given);
    return wasTexted(result) ? askAgain(context, state) : next(context, state);
  },
  async answer(context, given, input) {
    const state = stateSchema.parse(given);
    if (state.stage === 'asking') return answered(context, state, input);
    if (input.choice === 'text') return text(context, state);
    const elsewhere = goElsewhere(state, input);
    if (elsewhere !== undefined) return elsewhere;
    return state.stage === 'reading' ? read(context, state, input) : screen(context, state, input);
  },
};

const today = (context: DialogContext): string => todayIn('Europe/Paris', context.now);

const profileOf = ({ memory }: DialogContext, { profile }: State): Profile => ({
  ...profile,
  academy: memory.academy,
  department: memory.department,
});

const orient = (context: DialogContext, state: State): Promise<Orientation> =>
  context.services.adviser.orient({
    need: 'sante_poste',
    profile: profileOf(context, state),
    today: today(context),
  });

/** The next question that changes the answer, or the answer. */
async function next(context: DialogContext, state: State): Promise<Step> {
  const { measures } = await context.services.adviser.knowledge();
  const open = openFields(measures, profileOf(context, state), today(context));
  const field = open.find((one) => !state.asked.includes(one));
  if (field === undefined || state.questions >= MOST_QUESTIONS) return tell(context, state);
  const asked: Askable[] = [...state.asked, field];
  return {
    kind: 'ask',
    says: [{ key: `adjustment.ask.${field}` }],
    question: questionAbout(field),
    state: { ...state, asked, questions: state.questions + 1 },
  };
}

function answered(context: DialogContext, state: State, input: DialogInput): Promise<Step> | Step {
  const field = state.asked.at(-1);
  const told = field === undefined ? undefined : toldBy(field, input, today(context));
  if (told === undefined) return { kind: 'misunderstood' };
  return next(context, { ...state, profile: { ...state.profile, ...told } });
}

async function tell(context: DialogContext, state: State): Promise<Step> {
  const orientation = await orient(context, state);
  await context.services.adviser.countGap(orientation);
  if (context.channel === 'phone' && openOnes(orientation).length > 0)
    return spoken(context, { ...state, stage: 'reading', measure: 0, detail: -1 }, orientation);
  return {
    kind: 'ask',
    says: [...overview(orientation), { key: 'orientation.question' }],
    question: screenQuestion(context, openOnes(orientation).length > 0),
    state: { ...state, stage: 'screen' },
  };
}

function goElsewhere({ profile }: State, { choice }: DialogInput): Step | undefined {
  switch (choice) {
    case 'services': {
      const args = { need: 'sante_poste', corps: profile.corps, position: profile.position };
      return { kind: 'replace', says: [], dialog: 'orientation', with: args };
    }
    case 'psychologist':
      return { kind: 'replace', says: [], dialog: 'booking', with: { stage: 'now-or-later' } };
    case 'else':
      return { kind: 'done', says: [] };
    case 'human':
      return { kind: 'replace', says: [], dialog: 'handoff', with: { because: 'asked' } };
    default:
      return undefined;
  }
}

async function screen(context: DialogContext, state: State, { choice }: DialogInput): Promise<Step> {
  const open = openOnes(await orient(context, state));
  if (choice === 'details')
    return {
      kind: 'ask',
      says: [{ key: 'adjustment.which' }],
      question: measureQuestion(open),
      state: { ...state, stage: 'which' },
    };
  const measure = open.find(({ id }) => id === choice);
  if (measure === undefined) return { kind: 'misunderstood' };
  return {
    kind: 'ask',
    says: [...details(measure), { key: 'orientation.question' }],
    question: screenQuestion(context, true),
    state: { ...state, stage: 'screen' },
  };
}

/** On the phone: one idea, then what the caller wants next. */
async function read(context: DialogContext, state: State, { choice }: DialogInput): Promise<Step> {
  const orientation = await orient(context, state);
  if (choice === 'repeat') return spoken(context, state, orientation);
  if (choice === 'details') return spoken(context, { ...state, detail: 0 }, orientation);
  if (choice !== 'next') return { kind: 'misunderstood' };
  const measure = openOnes(orientation)[state.measure];
  const more =
    state.detail >= 0 && measure !== undefined && state.detail + 1 < detailsOneByOne(measure).length;
  const moved = more
    ? { ...state, detail: state.detail + 1 }
    : { ...state, measure: state.measure + 1, detail: -1 };
  return spoken(context, moved, orientation);
}

/** While a measure is read, that one; otherwise all that stay open. */
async function text(context: DialogContext, state: State): Promise<Step> {
  const orientation = await orient(context, state);
  const open = openOnes(orientation);
  const measure = state.stage === 'reading' ? open[state.measure] : undefined;
  const lines = measure === undefined ? overviewLines(open) : details(measure);
  return beginText(context, [...lines, ...serviceLines(context, orientation.services)], state);
}

async function askAgain(context: DialogContext, state: State): Promise<Step> {
  const open = openOnes(await orient(context, state)).length > 0;
  const reading = state.stage === 'reading';
  return {
    kind: 'ask',
    says: [{ key: reading ? 'adjustment.reading-again' : 'orientation.question' }],
    question: reading ? readingQuestion(context, state.detail < 0) : screenQuestion(context, open),
    state: { ...state, stage: reading ? 'reading' : 'screen' },
  };
}

function spoken(context: DialogContext, state: State, orientation: Orientation): Step {
  const open = openOnes(orientation);
  const measure = open[state.measure];
  if (measure === undefined)
    return {
      kind: 'ask',
      says: [{ key: 'adjustment.all-told' }, { key: 'adjustment.decision' }, { key: 'orientation.question' }],
      question: screenQuestion(context, false),
      state: { ...state, stage: 'screen' },
    };
  const detail = detailsOneByOne(measure)[state.detail];
  const first = state.measure === 0 && state.detail < 0;
  return {
    kind: 'ask',
    says: [
      ...(first ? [...counted(open.length), ...age(orientation)] : []),
      ...(detail === undefined ? headline(measure) : [detail]),
    ],
    question: readingQuestion(context, state.detail < 0),
    state: { ...state, stage: 'reading' },
  };
}
