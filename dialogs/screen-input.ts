import type { ConversationHead } from '../src/conversations/conversation.js';
import type { Screen, Screening } from '../src/safety/screen.js';
import { lifeQuestionAsked } from './crisis/crisis-state.js';
import { type TurnState, topFrame } from './turn-state.js';
import type { CallerInput } from './turn-types.js';

const CLEAR: Screening = { level: 'clear' };

/** Screens what was said. Keys and silence say nothing about danger; the crisis dialog reads them itself. */
export function screenInput(
  safety: { screen: Screen },
  { head, state, input }: { head: ConversationHead; state: TurnState; input: CallerInput },
): Screening {
  if (input.kind !== 'text') return CLEAR;
  const askedAboutLife = lifeQuestionAsked(topFrame(state));
  const screening = safety.screen(input.text, { askedAboutLife });
  const quiet = screening.level === 'unsure' && state.quietTurns > 0 && head.owner.kind !== 'operator';
  return quiet ? CLEAR : screening;
}
