import type { ConversationHead } from '../../conversations/conversation.js';
import type { Clock } from '../../kernel/clock.js';
import type { ConversationId } from '../../kernel/ids.js';
import { type ChatConversations, gone } from './chat-conversations.js';
import type { ChatState } from './client/chat-state.js';
import { type ResumeCodes, showCode } from './resume-code.js';

/** Who could answer in writing now. */
export interface DeskPresence {
  /** How many people are at the desk and not on a pause. */
  ready(): Promise<number>;
}

export interface ChatStates {
  operatorThere(): Promise<boolean>;
  /** @throws CodedError `not-found` */
  of(id: ConversationId): Promise<ChatState>;
}

/** Many pages ask at once: what is the same for all is read once in that time. */
const FRESH_MS = 2_000;
const MOST_COUNTED = 200;

export function createChatStates(parts: {
  clock: Clock;
  conversations: ChatConversations;
  atDesk: DeskPresence;
  resumeCodes: ResumeCodes;
}): ChatStates {
  const { clock, conversations, atDesk, resumeCodes } = parts;
  const now = (): number => clock.now();
  const operators = kept(now, () => atDesk.ready());
  const queue = kept(now, () => conversations.list(['queue'], MOST_COUNTED));
  const operatorThere = async (): Promise<boolean> => (await operators()) > 0;

  const aheadOf = async (head: ConversationHead): Promise<{ ahead?: number }> => {
    if (head.owner.kind !== 'queue') return {};
    const waiting = await queue();
    if (waiting.length >= MOST_COUNTED) return {};
    return { ahead: waiting.filter((other) => isBefore(other, head)).length };
  };

  return {
    operatorThere,
    async of(id) {
      const head = await conversations.head(id);
      if (head === undefined) throw gone();
      const { owner } = head;
      const resumeCode = owner.kind === 'closed' ? undefined : resumeCodes.codeOf(id);
      return {
        operatorThere: await operatorThere(),
        speaker: SPEAKERS[owner.kind],
        ...(owner.kind === 'operator' ? { by: owner.pseudonym } : {}),
        ...(await aheadOf(head)),
        alerted: head.alert !== null,
        stays: head.alert !== null || owner.kind === 'queue' || owner.kind === 'operator',
        ...(resumeCode === undefined ? {} : { resumeCode: showCode(resumeCode) }),
      };
    },
  };
}

const SPEAKERS = { bot: 'bot', queue: 'queue', operator: 'person', closed: 'nobody' } as const;

/** Alerts first, then by the time they have waited: the order in which the desk sees them. */
function isBefore(other: ConversationHead, mine: ConversationHead): boolean {
  if (other.id === mine.id || other.owner.kind !== 'queue' || mine.owner.kind !== 'queue') return false;
  if ((other.alert !== null) !== (mine.alert !== null)) return other.alert !== null;
  return other.owner.since < mine.owner.since;
}

/** The same answer for a short time; a failed one is not kept. */
function kept<T>(now: () => number, read: () => Promise<T>): () => Promise<T> {
  let answer: { at: number; value: Promise<T> } | undefined;
  return () => {
    const at = now();
    if (answer !== undefined && Math.abs(at - answer.at) < FRESH_MS) return answer.value;
    const value = read();
    const fresh = { at, value };
    answer = fresh;
    value.catch(() => {
      if (answer === fresh) answer = undefined;
    });
    return value;
  };
}
