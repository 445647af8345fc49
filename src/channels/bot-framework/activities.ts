import type { Activity } from 'botbuilder';
import type { Message } from '../../conversations/conversation.js';
import type { ConversationId } from '../../kernel/ids.js';

/** Structured content for our own page; other clients show the text, which is always enough. */
export const CARD_TYPE = 'application/vnd.numero-unique.card+json';
/** Who writes, as clients tell one side from the other. */
export const CALLER_ID = 'dl_caller';
const BOT_ID = 'numero-unique';
/** Names a turn by the client's own activity id. */
export const CHAT_KEY = 'chat-';
const SEQ_DIGITS = 7;

const conversationOf = (id: ConversationId): Activity['conversation'] => ({
  id,
  isGroup: false,
  conversationType: 'personal',
  name: '',
});

export const activityId = (conversation: ConversationId, seq: number): string =>
  `${conversation}|${String(seq).padStart(SEQ_DIGITS, '0')}`;

/** A message as a Bot Framework activity. */
export function toActivity(conversation: ConversationId, message: Message): Partial<Activity> {
  const caller = message.from === 'caller';
  return {
    type: 'message',
    id: activityId(conversation, message.seq),
    timestamp: new Date(message.at),
    channelId: 'directline',
    conversation: conversationOf(conversation),
    from: { id: caller ? CALLER_ID : BOT_ID, name: message.by ?? '', role: caller ? 'user' : 'bot' },
    text: message.text,
    textFormat: 'plain',
    ...choicesOf(message),
    ...(message.card === undefined
      ? {}
      : { attachments: [{ contentType: CARD_TYPE, content: message.card }] }),
    channelData: {
      ...(message.clientKey === undefined
        ? {}
        : { clientActivityID: message.clientKey.slice(CHAT_KEY.length) }),
      author: message.from,
    },
  };
}

function choicesOf({ choices }: Message): Partial<Activity> {
  if (choices === undefined || choices.length === 0) return {};
  const actions = choices.map(({ title, value }) => ({ type: 'imBack', title, value }));
  return { suggestedActions: { actions, to: [] } };
}

export const endOfConversation = (conversation: ConversationId, at: number): Partial<Activity> => ({
  type: 'endOfConversation',
  id: `${conversation}|end`,
  timestamp: new Date(at),
  channelId: 'directline',
  conversation: conversationOf(conversation),
  from: { id: BOT_ID, name: '', role: 'bot' },
});
