import type { OpenedConversation } from '../src/conversations/conversations.js';
import type { ScreenContext, Screening } from '../src/safety/screen.js';
import type { TurnDependencies } from './turn.js';
import type { TurnState } from './turn-state.js';
import { topFrame } from './turn-state.js';
import type { CallerInput } from './turn-types.js';
import { lifeQuestionAsked } from './crisis/crisis-state.js';

/** The last things said that the screen looks at. */
const RECENT = 6;
const CLEAR: Screening = { level: 'clear' };

/** Screens what was said. Keys and silence say nothing about danger; the crisis dialog reads them itself. */
export async function screenInput(
  dependencies: Pick<TurnDependencies, 'conversations' | 'screen'>,
  opened: OpenedConversation,
  state: TurnState,
  input: CallerInput,
): Promise<Screening> {
  if (input.kind !== 'text') return CLEAR;
  const { head } = opened;
  const recent = await recentMessages(dependencies, opened);
  const askedAboutLife = lifeQuestionAsked(topFrame(state));
  const screening = dependencies.screen(input.text, { recent, askedAboutLife });
  const quiet = screening.level === 'unsure' && state.quietTurns > 0 && head.owner.kind !== 'operator';
  return quiet ? CLEAR : screening;
}

async function recentMessages(
  { conversations }: Pick<TurnDependencies, 'conversations'>,
  { head }: OpenedConversation,
): Promise<ScreenContext['recent']> {
  const messages = await conversations.transcript(head.id, Math.max(0, head.lastSeq - RECENT), RECENT);
  return (messages ?? []).map(({ from, text }) => ({ from: from === 'operator' ? 'human' : from === 'caller' ? 'caller' : 'bot', text }));
}
