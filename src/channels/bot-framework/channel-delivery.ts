import type { ConversationReference } from 'botbuilder';
import type { Conversations } from '../../conversations/conversations.js';
import type { ConversationId } from '../../kernel/ids.js';
import { errorFields, type Logger } from '../../kernel/log.js';
import { toReply } from './activities.js';
import type { ChannelAdapter } from './channel-adapter.js';

export type DeliveredConversations = Pick<Conversations, 'head' | 'transcript' | 'onChange'>;

export interface ChannelDelivery {
  /** Where a conversation is to be answered: kept in memory only, because it names a person. */
  remember(id: ConversationId, reference: Partial<ConversationReference>): Promise<void>;
  /** Sends what was said since, in order, each message once while this process lives. */
  deliver(id: ConversationId): Promise<void>;
  close(): void;
}

interface Line {
  reference: Partial<ConversationReference>;
  delivered: number;
  sending: Promise<void>;
}

const MOST_LINES = 10_000;
const AT_ONCE = 50;

export function createChannelDelivery(parts: {
  adapter: ChannelAdapter;
  conversations: DeliveredConversations;
  log: Logger;
}): ChannelDelivery {
  const { adapter, conversations, log } = parts;
  const lines = new Map<ConversationId, Line>();
  let closed = false;

  const sendNew = async (id: ConversationId, line: Line): Promise<void> => {
    while (!closed) {
      const messages = (await conversations.transcript(id, line.delivered, AT_ONCE)) ?? [];
      if (messages.length === 0) return;
      const replies = messages.filter(({ from }) => from !== 'caller').map(toReply);
      if (replies.length > 0)
        await adapter.speak(line.reference, async (context) => {
          await context.sendActivities(replies);
        });
      line.delivered = messages.at(-1)?.seq ?? line.delivered;
    }
  };

  const deliver = (id: ConversationId): Promise<void> => {
    const line = lines.get(id);
    if (line === undefined) return Promise.resolve();
    line.sending = line.sending
      .then(() => sendNew(id, line))
      .catch((error) => log.warn('a channel could not be answered', errorFields(error)));
    return line.sending;
  };

  const stop = conversations.onChange((id) => void deliver(id));
  return {
    async remember(id, reference) {
      const known = lines.get(id);
      if (known !== undefined) {
        known.reference = reference;
        return;
      }
      const delivered = await deliveredBefore(conversations, id);
      lines.set(id, { reference, delivered, sending: Promise.resolve() });
      const [oldest] = lines.keys();
      if (lines.size > MOST_LINES && oldest !== undefined) lines.delete(oldest);
    },
    deliver,
    close() {
      closed = true;
      stop();
    },
  };
}

/**
 * A restart forgets how far a conversation was delivered. What the bot said was the answer to a request and has
 * arrived; what a person wrote since the caller's last word is sent again rather than lost.
 */
async function deliveredBefore(conversations: DeliveredConversations, id: ConversationId): Promise<number> {
  const lastSeq = (await conversations.head(id))?.lastSeq ?? 0;
  const recent = (await conversations.transcript(id, Math.max(0, lastSeq - AT_ONCE), AT_ONCE)) ?? [];
  const spoke = recent.findLastIndex(({ from }) => from === 'caller');
  const person = recent.find(({ from }, index) => index > spoke && from === 'operator');
  return person === undefined ? lastSeq : person.seq - 1;
}
