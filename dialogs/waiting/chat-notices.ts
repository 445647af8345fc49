import type { ChatNotices } from '../../src/booking/waiting-list.js';
import type { Conversations } from '../../src/conversations/conversations.js';
import { type Clock, HOUR } from '../../src/kernel/clock.js';
import { CodedError } from '../../src/kernel/errors.js';
import type { TakeTurn } from '../turn-types.js';

/** A chat in which nothing was written for longer is taken for closed: a page does not say that it was left. */
const OPEN_FOR = HOUR;

/** Tells those who wait in a chat through the door that every turn goes through. */
export function createChatNotices(parts: {
  clock: Clock;
  conversations: Pick<Conversations, 'head'>;
  takeTurn: TakeTurn;
}): ChatNotices {
  const { clock, conversations, takeTurn } = parts;
  return {
    async isOpen(conversation) {
      const head = await conversations.head(conversation);
      if (head === undefined || head.channel !== 'web') return false;
      return head.owner.kind === 'bot' && head.alert === null && clock.now() - head.activeAt < OPEN_FOR;
    },
    async offer(conversation, { ticket, booking }) {
      try {
        const { messages } = await takeTurn({
          ...{ conversation, key: `waiting-${booking}`, kind: 'offer', text: ticket },
        });
        return messages.length > 0 ? 'told' : 'not-now';
      } catch (error) {
        if (error instanceof CodedError && error.code === 'not-found') return 'not-now';
        throw error;
      }
    },
  };
}
