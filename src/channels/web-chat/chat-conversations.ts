import type { ConversationHead } from '../../conversations/conversation.js';
import type { Conversations } from '../../conversations/conversations.js';
import type { ConversationId } from '../../kernel/ids.js';
import { endOfConversation, toActivity } from '../bot-framework/activities.js';

/** What the chat needs of the conversations. */
export type ChatConversations = Pick<Conversations, 'open' | 'head' | 'transcript' | 'erase' | 'onChange'>;

export interface ActivitySet {
  activities: object[];
  watermark: string;
}

const AT_ONCE = 200;

/**
 * What a client has not seen yet, with the end of the conversation once it is over.
 * @returns `undefined` when the conversation is unknown or erased
 */
export async function activitiesAfter(
  conversations: ChatConversations,
  id: ConversationId,
  after: number,
): Promise<(ActivitySet & { seq: number; over: boolean }) | undefined> {
  const messages = await conversations.transcript(id, after, AT_ONCE);
  const head = messages === undefined ? undefined : await conversations.head(id);
  if (messages === undefined || head === undefined) return undefined;
  const seq = messages.at(-1)?.seq ?? after;
  const over = head.owner.kind === 'closed' && seq >= head.lastSeq;
  const activities = [...messages.map((message) => toActivity(id, message)), ...ending(head, over)];
  return { activities, watermark: String(seq), seq, over };
}

const ending = (head: ConversationHead, over: boolean): object[] =>
  over ? [endOfConversation(head.id, head.activeAt)] : [];
