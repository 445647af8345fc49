import { type Askable, openFields } from '../../src/directory/open-fields.js';
import type { DialogContext, DialogInput, Say, Step } from '../dialog.js';
import { profileOf, type State, today } from './adjustment-state.js';
import { heardWords } from './heard-words.js';
import { questionAbout, saidInWords, toldBy } from './profile-questions.js';
import { countedCorps, tell } from './telling-steps.js';

/** Questions asked in all, the place included: what stays unknown becomes a condition. */
const MOST_QUESTIONS = 5;

/** The next question that changes the answer, or the answer. */
export async function next(context: DialogContext, state: State, before: readonly Say[] = []): Promise<Step> {
  const { measures } = await context.services.adviser.knowledge();
  const open = openFields(measures, profileOf(context, state), today(context));
  const field = open.find((one) => !state.asked.includes(one));
  if (field === undefined || state.questions >= MOST_QUESTIONS) return tell(context, state, before);
  const asked: Askable[] = [...state.asked, field];
  return {
    kind: 'ask',
    says: [...before, { key: `adjustment.ask.${field}` }],
    question: questionAbout(field),
    state: { ...state, asked, questions: state.questions + 1 },
    effects: countedCorps(state),
  };
}

export function answered(context: DialogContext, state: State, input: DialogInput): Promise<Step> | Step {
  const field = state.asked.at(-1);
  const told = field === undefined ? undefined : toldBy(field, input, today(context));
  if (told !== undefined) return next(context, { ...state, profile: { ...state.profile, ...told } });
  return corrected(context, state, input) ?? { kind: 'misunderstood' };
}

/** "Non, je suis au lycée": what was noted is put right, and the question asked again. */
function corrected(context: DialogContext, state: State, input: DialogInput): Promise<Step> | undefined {
  const said = input.kind === 'text' ? saidInWords(input.text) : {};
  if (Object.keys(said).length === 0) return undefined;
  const profile = { ...state.profile, ...said };
  const before = [...heardWords(context.memory, profile)];
  return next(
    context,
    { ...state, profile, asked: state.asked.slice(0, -1), questions: state.questions - 1 },
    before,
  );
}
