import type { Dialog } from '../dialog.js';
import { triageQuestion } from '../triage/triage-question.js';

/** Says who answers, what it costs and what to do in an emergency, then listens. */
export const welcome: Dialog = {
  name: 'welcome',
  async start(context) {
    return {
      kind: 'ask',
      says: [
        { key: 'welcome.greeting' },
        { key: 'welcome.emergency' },
        { key: context.channel === 'phone' ? 'welcome.question-phone' : 'welcome.question' },
      ],
      question: triageQuestion(context.channel),
      state: {},
    };
  },
  async answer(_context, _state, input) {
    if (input.kind === 'silence' || (input.kind === 'keys' && input.choice === undefined))
      return { kind: 'misunderstood' };
    return { kind: 'replace', says: [], dialog: 'triage', with: { text: input.text, choice: input.choice } };
  },
};
