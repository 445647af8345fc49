import { setTimeout as waitMs } from 'node:timers/promises';
import type { ConversationReference } from 'botbuilder';
import type { Conversations } from '../../conversations/conversations.js';
import type { DeliveryMark, DeliveryStore } from '../../conversations/delivery-store.js';
import { type Clock, instant, SECOND } from '../../kernel/clock.js';
import type { ConversationId } from '../../kernel/ids.js';
import { errorFields, type Logger } from '../../kernel/log.js';
import { toReply } from './activities.js';
import type { ChannelAdapter } from './channel-adapter.js';

export type DeliveredConversations = Pick<Conversations, 'transcript' | 'onChange'>;

export interface ChannelDelivery {
  /** Where a conversation is to be answered: kept in memory only, because it names a person. */
  remember(id: ConversationId, reference: Partial<ConversationReference>): void;
  /** Sends what was not sent yet, in order. */
  deliver(id: ConversationId): Promise<void>;
  close(): void;
}

interface Line {
  reference: Partial<ConversationReference>;
  sending: Promise<void>;
}

const MOST_LINES = 10_000;
const AT_ONCE = 50;
/** Batches sent in one go; what is left goes with the next change. */
const MOST_BATCHES = 200;
/** An instance that dies while it sends leaves its claim behind for so long. */
const CLAIM = 30 * SECOND;
const LOOK_AGAIN_MS = 1_000;

/**
 * What has left is marked in the store, after it has left: a restart sends what was not marked, and nothing else. One
 * instance sends at a time.
 */
export function createChannelDelivery(parts: {
  adapter: ChannelAdapter;
  conversations: DeliveredConversations;
  deliveries: DeliveryStore;
  clock: Clock;
  log: Logger;
}): ChannelDelivery {
  const { adapter, conversations, deliveries, clock, log } = parts;
  const lines = new Map<ConversationId, Line>();
  let closed = false;

  /** @returns the mark as this instance holds it, or `undefined` while another one sends */
  const claim = async (mark: DeliveryMark): Promise<DeliveryMark | undefined> => {
    if (mark.claimedUntil > clock.now()) return undefined;
    const claimed = next(mark, { claimedUntil: instant(clock.now() + CLAIM) });
    return (await deliveries.save(claimed)) === 'saved' ? claimed : undefined;
  };

  const send = async (line: Line, messages: Parameters<typeof toReply>[0][]): Promise<void> => {
    const replies = messages.filter(({ from }) => from !== 'caller').map(toReply);
    if (replies.length === 0) return;
    await adapter.speak(line.reference, async (context) => {
      await context.sendActivities(replies);
    });
  };

  /** @returns whether there may be more */
  const sendBatch = async (id: ConversationId, line: Line): Promise<boolean> => {
    const mark = (await deliveries.get(id)) ?? unmarked(id);
    const messages = (await conversations.transcript(id, mark.delivered, AT_ONCE)) ?? [];
    if (messages.length === 0) return false;
    const claimed = await claim(mark);
    if (claimed === undefined) {
      await waitMs(LOOK_AGAIN_MS, undefined, { ref: false });
      return true;
    }
    let delivered = claimed.delivered;
    try {
      await send(line, messages);
      delivered = messages.at(-1)?.seq ?? delivered;
    } finally {
      await deliveries.save(next(claimed, { delivered, claimedUntil: instant(0) }));
    }
    return true;
  };

  const sendNew = async (id: ConversationId, line: Line): Promise<void> => {
    for (let batch = 0; batch < MOST_BATCHES && !closed; batch += 1) if (!(await sendBatch(id, line))) return;
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
    remember(id, reference) {
      const known = lines.get(id);
      if (known !== undefined) {
        known.reference = reference;
        return;
      }
      lines.set(id, { reference, sending: Promise.resolve() });
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

const unmarked = (conversation: ConversationId): DeliveryMark => ({
  conversation,
  delivered: 0,
  claimedUntil: instant(0),
  version: 0,
});

const next = (mark: DeliveryMark, change: Partial<DeliveryMark>): DeliveryMark => ({
  ...mark,
  ...change,
  version: mark.version + 1,
});
