import { z } from 'zod';
import { asId, type ConversationId } from '../../src/kernel/ids.js';
import type { Dialog, DialogContext, DialogInput, Question, Say, Step } from '../dialog.js';
import { ONE_KEY } from '../dialog.js';
import { greetingWords } from '../opening-hours/hours-words.js';
import { triageQuestion } from '../triage/triage-question.js';

const argsSchema = z.object({ earlier: z.string().optional() });

const CUT_OFF: Question = {
  choices: [
    { value: 'yes', key: 'common.yes', words: ['oui', 'reprendre', 'yes'] },
    { value: 'no', key: 'common.no', words: ['non', 'no'] },
  ],
  keys: ONE_KEY,
  again: { key: 'welcome.cut-off' },
};

/** Says who answers, what it costs and what to do in an emergency, then listens. */
export const welcome: Dialog = {
  name: 'welcome',
  async start(context, args) {
    const { earlier } = argsSchema.parse(args);
    const says: Say[] = [
      ...[{ key: 'welcome.greeting' }, { key: 'welcome.emergency' }],
      ...(await greetingWords(context)),
    ];
    if (earlier !== undefined)
      return {
        kind: 'ask',
        says: [...says, { key: 'welcome.cut-off' }],
        question: CUT_OFF,
        state: { earlier },
      };
    return {
      kind: 'ask',
      says: [...says, questionFor(context)],
      question: triageQuestion(context.channel),
      state: {},
    };
  },
  async answer(context, stored, input) {
    const { earlier } = argsSchema.parse(stored);
    if (input.kind === 'silence' || (input.kind === 'keys' && input.choice === undefined))
      return { kind: 'misunderstood' };
    if (earlier !== undefined) return afterCutOff(context, input, asId<ConversationId>(earlier));
    return { kind: 'replace', says: [], dialog: 'triage', with: { text: input.text, choice: input.choice } };
  },
};

const questionFor = ({ channel }: DialogContext): Say => ({
  key: channel === 'phone' ? 'welcome.question-phone' : 'welcome.question',
});

/** Nothing of the earlier call is read back: whoever answers this one may see it, if the caller says so. */
async function afterCutOff(
  context: DialogContext,
  input: DialogInput,
  earlier: ConversationId,
): Promise<Step> {
  if (input.choice === undefined)
    return { kind: 'replace', says: [], dialog: 'triage', with: { text: input.text } };
  const joins = input.choice === 'yes';
  if (joins) await context.services.line.joinEarlier(context.conversation, earlier);
  const says: Say[] = [...(joins ? [{ key: 'welcome.joined' }] : []), questionFor(context)];
  return { kind: 'ask', says, question: triageQuestion(context.channel), state: {} };
}
