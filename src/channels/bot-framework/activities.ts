import type { Activity } from 'botbuilder';
import type { Message } from '../../conversations/conversation.js';
import type { ConversationId } from '../../kernel/ids.js';

/** Structured content for our own page; other clients show the text, which is always enough. */
export const CARD_TYPE = 'application/vnd.numero-unique.card+json';
/** Who writes, as clients tell one side from the other. */
export const CALLER_ID = 'dl_caller';
const BOT_ID = 'numero-unique';
const SEQ_DIGITS = 7;
/** Keys named by clients are kept apart from the service's own: `start`, `leave`. */
const CLIENT_KEY = 'c-';

export const activityId = (conversation: ConversationId, seq: number): string =>
  `${conversation}|${String(seq).padStart(SEQ_DIGITS, '0')}`;

/** The key of a turn (`CallerInput.key`) for an activity that its client named. */
export const keyOfClient = (clientActivityId: string): string => `${CLIENT_KEY}${clientActivityId}`;

const conversationOf = (id: ConversationId): Activity['conversation'] => ({
  id,
  isGroup: false,
  conversationType: 'personal',
  name: '',
});

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
    channelData: { ...echoOf(message), author: message.from },
  };
}

/** A message for a channel that has its own ids: its text is always enough. */
export const toReply = (message: Message): Partial<Activity> => ({
  type: 'message',
  text: message.by === undefined ? message.text : `${message.by} : ${message.text}`,
  textFormat: 'plain',
  ...choicesOf(message),
});

function echoOf({ clientKey }: Message): { clientActivityID?: string } {
  if (clientKey === undefined || !clientKey.startsWith(CLIENT_KEY)) return {};
  return { clientActivityID: clientKey.slice(CLIENT_KEY.length) };
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

/** Somebody is writing: sent to open streams, never stored. */
export const typing = (conversation: ConversationId, at: number): Partial<Activity> => ({
  type: 'typing',
  id: `${conversation}|typing-${at}`,
  timestamp: new Date(at),
  channelId: 'directline',
  conversation: conversationOf(conversation),
  from: { id: BOT_ID, name: '', role: 'bot' },
});
