import type { Translations } from '../locales/translate.js';
import type { ConversationHead } from '../src/conversations/conversation.js';
import type { Conversations } from '../src/conversations/conversations.js';
import type { Screen, ScreenContext, Screening } from '../src/safety/screen.js';
import { lifeQuestionAsked } from './crisis/crisis-state.js';
import { fold } from './match-choice.js';
import { wordsFor } from './render.js';
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

/**
 * Screens what was said. Keys, silence and the choices we offer say nothing about danger; the crisis dialog
 * reads its own answers itself.
 */
export async function screenInput(
  safety: {
    screen: Screen;
    conversations: Pick<Conversations, 'callerWords'>;
    translations: Translations;
  },
  said: Said,
): Promise<Screening> {
  const { head, state, input } = said;
  if (input.kind !== 'text' || isOffered(safety.translations, said)) return CLEAR;
  const asked = askedOf(state);
  const before = asked === 'open' ? await messagesBefore(safety.conversations, said) : [];
  const screening = safety.screen(input.text, { asked, before });
  const quiet = screening.level === 'unsure' && state.quietTurns > 0 && head.owner.kind !== 'operator';
  return quiet ? CLEAR : screening;
}

/** A button sends its title: the words are ours. */
function isOffered(translations: Translations, { head, state, input }: Said): boolean {
  if (state.question === null || lifeQuestionAsked(topFrame(state))) return false;
  const words = wordsFor(translations, head.channel, head.language);
  const said = fold(input.text);
  return state.question.choices.some((choice) => fold(words.title(choice)) === said);
}

function askedOf(state: TurnState): ScreenContext['asked'] {
  if (lifeQuestionAsked(topFrame(state))) return 'life';
  const choices = state.question?.choices ?? [];
  return choices.length > 0 && state.question?.open !== true ? 'choice' : 'open';
}

/** Read for open words only: the screen looks back at nothing else. After a clear no, what was said before it is not held against the caller. */
async function messagesBefore(
  conversations: Pick<Conversations, 'callerWords'>,
  { head, state }: Said,
): Promise<string[]> {
  if (head.lastSeq === 0 || state.quietTurns > 0) return [];
  return conversations.callerWords(head.id, Math.max(0, head.lastSeq - LOOKED_BACK), LOOKED_BACK);
}
