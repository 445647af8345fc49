import type { ConversationHead } from '../src/conversations/conversation.js';
import type { Conversations } from '../src/conversations/conversations.js';
import type { Screen, ScreenContext, Screening } from '../src/safety/screen.js';
import { lifeQuestionAsked } from './crisis/crisis-state.js';
import { type TurnState, topFrame } from './turn-state.js';
import type { CallerInput } from './turn-types.js';

const CLEAR: Screening = { level: 'clear' };
/** Messages looked back at, replies among them. */
const LOOKED_BACK = 10;

interface Said {
  head: ConversationHead;
  state: TurnState;
  input: CallerInput;
}

/** Screens what was said. Keys and silence say nothing about danger; the crisis dialog reads them itself. */
export async function screenInput(
  safety: { screen: Screen; conversations: Pick<Conversations, 'transcript'> },
  said: Said,
): Promise<Screening> {
  const { head, state, input } = said;
  if (input.kind !== 'text') return CLEAR;
  const before = await messagesBefore(safety.conversations, said);
  const screening = safety.screen(input.text, { asked: askedOf(state), before });
  const quiet = screening.level === 'unsure' && state.quietTurns > 0 && head.owner.kind !== 'operator';
  return quiet ? CLEAR : screening;
}

function askedOf(state: TurnState): ScreenContext['asked'] {
  if (lifeQuestionAsked(topFrame(state))) return 'life';
  const choices = state.question?.choices ?? [];
  return choices.length > 0 && state.question?.open !== true ? 'choice' : 'open';
}

/** After a clear no, what was said before it is not held against the caller. */
async function messagesBefore(
  conversations: Pick<Conversations, 'transcript'>,
  { head, state }: Said,
): Promise<string[]> {
  if (head.lastSeq === 0 || state.quietTurns > 0) return [];
  const messages = await conversations.transcript(
    head.id,
    Math.max(0, head.lastSeq - LOOKED_BACK),
    LOOKED_BACK,
  );
  return (messages ?? []).filter(({ from }) => from === 'caller').map(({ text }) => text);
}
