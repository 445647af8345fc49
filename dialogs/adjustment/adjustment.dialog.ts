import type { Dialog } from '../dialog.js';
import { wasTexted } from '../send-text/offer-text.js';
import { FIRST, profileSchema, type State, stateSchema } from './adjustment-state.js';
import { answered, next } from './asking-steps.js';
import { heardWords } from './heard-words.js';
import { askAgain, goElsewhere, read, screen, text } from './telling-steps.js';

/** Which measures of the adjustment dispositif may be open to the caller. It informs; it never decides. */
export const adjustment: Dialog = {
  name: 'adjustment',
  async start(context) {
    const state: State = { ...FIRST, profile: profileSchema.parse(context.memory.told ?? {}) };
    const heard = heardWords(context.memory, state.profile);
    if (context.memory.academy !== undefined || context.memory.department !== undefined)
      return next(context, state, heard);
    const says = [...heard, { key: 'adjustment.start' }];
    return { kind: 'begin', says, dialog: 'place', with: {}, state: { ...state, questions: 1 } };
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
