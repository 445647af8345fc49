import type { Orientation } from '../../src/directory/advise.js';
import type { DialogContext, DialogInput, Effects, Say, Step } from '../dialog.js';
import { serviceLines } from '../orientation/service-lines.js';
import { beginText } from '../send-text/offer-text.js';
import { type Asking, orient, type State } from './adjustment-state.js';
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
import { measureQuestion, readingQuestion, screenQuestion } from './result-questions.js';

/** A corps that was asked for is counted like one said in passing. */
export const countedCorps = ({ profile: { corps } }: State): Effects =>
  corps === undefined ? {} : { memory: { corps } };

export async function tell(context: DialogContext, state: State, before: readonly Say[]): Promise<Step> {
  const orientation = await orient(context, state);
  await context.services.adviser.countGap(orientation);
  const effects = countedCorps(state);
  if (context.channel === 'phone' && openOnes(orientation).length > 0) {
    const first = spoken(context, { ...state, stage: 'reading', measure: 0, detail: -1 }, orientation);
    return { ...first, says: [...before, ...first.says], effects };
  }
  return {
    kind: 'ask',
    says: [...before, ...overview(orientation), { key: 'orientation.question' }],
    question: screenQuestion(context, openOnes(orientation).length > 0),
    state: { ...state, stage: 'screen' },
    effects,
  };
}

export function goElsewhere({ profile }: State, { choice }: DialogInput): Step | undefined {
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

export async function screen(context: DialogContext, state: State, { choice }: DialogInput): Promise<Step> {
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
export async function read(context: DialogContext, state: State, { choice }: DialogInput): Promise<Step> {
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
export async function text(context: DialogContext, state: State): Promise<Step> {
  const orientation = await orient(context, state);
  const open = openOnes(orientation);
  const measure = state.stage === 'reading' ? open[state.measure] : undefined;
  const lines = measure === undefined ? overviewLines(open) : details(measure);
  return beginText(context, [...lines, ...serviceLines(context, orientation.services)], state);
}

export async function askAgain(context: DialogContext, state: State): Promise<Step> {
  const open = openOnes(await orient(context, state)).length > 0;
  const reading = state.stage === 'reading';
  return {
    kind: 'ask',
    says: [{ key: reading ? 'adjustment.reading-again' : 'orientation.question' }],
    question: reading ? readingQuestion(context, state.detail < 0) : screenQuestion(context, open),
    state: { ...state, stage: reading ? 'reading' : 'screen' },
  };
}

function spoken(context: DialogContext, state: State, orientation: Orientation): Asking {
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
