import type { ConversationHead, Message } from '../../conversations/conversation.js';
import type { Conversations } from '../../conversations/conversations.js';
import { CodedError } from '../../kernel/errors.js';
import type { ConversationId } from '../../kernel/ids.js';
import { endOfConversation, toActivity } from '../bot-framework/activities.js';

/** What the chat needs of the conversations. */
export type ChatConversations = Pick<
  Conversations,
  'open' | 'head' | 'list' | 'transcript' | 'erase' | 'onChange'
>;

export interface ActivitySet {
  activities: object[];
  /** Number of the last message; the end of the conversation counts as one more. */
  watermark: number;
}

const AT_ONCE = 200;
/** Long letters are sent a few at a time, so that nothing large waits in memory for a slow reader. */
const CHARACTERS_AT_ONCE = 262_144;

export const gone = (): CodedError =>
  new CodedError('not-found', 'This conversation is over or unknown; start a new one.');

/**
 * What a client has not seen yet, with the end of the conversation once it is over.
 * @returns `undefined` when the conversation is unknown or erased
 */
export async function activitiesAfter(
  conversations: ChatConversations,
  id: ConversationId,
  after: number,
): Promise<ActivitySet | undefined> {
  const head = await conversations.head(id);
  if (head === undefined) return undefined;
  const messages = head.lastSeq > after ? await conversations.transcript(id, after, AT_ONCE) : [];
  if (messages === undefined) return undefined;
  const some = upToSize(messages);
  const seq = some.at(-1)?.seq ?? after;
  const ends = head.owner.kind === 'closed' && seq === head.lastSeq;
  return {
    activities: [...some.map((message) => toActivity(id, message)), ...ending(head, ends)],
    watermark: ends ? seq + 1 : seq,
  };
}

const ending = (head: ConversationHead, ends: boolean): object[] =>
  ends ? [endOfConversation(head.id, head.activeAt)] : [];

/** At least one message. */
function upToSize(messages: readonly Message[]): Message[] {
  let size = 0;
  const firstLeft = messages.findIndex(({ text }, index) => {
    size += text.length;
    return index > 0 && size > CHARACTERS_AT_ONCE;
  });
  return messages.slice(0, firstLeft < 0 ? messages.length : firstLeft);
}
