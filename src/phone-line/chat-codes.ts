import { createHmac } from 'node:crypto';
import { type Clock, type Instant, instant, MINUTE } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';

/** A code of the chat, as it is kept: `hash` is keyed, so that the store leads to no code. */
export interface ChatCode {
  hash: string;
  conversation: ConversationId;
  until: Instant;
}

/** Which chat a call goes on from. */
export interface ChatLink {
  call: ConversationId;
  chat: ConversationId;
  at: Instant;
}

export interface ChatCodeStore {
  /** `taken` while another code of the same hash is valid at `now`. */
  add(code: ChatCode, now: Instant): Promise<'added' | 'taken'>;
  get(hash: string): Promise<ChatCode | undefined>;
  /** Removes codes whose time is over; at most 500 a call. */
  removeEnded(now: Instant): Promise<number>;
  link(link: ChatLink): Promise<void>;
  linkOf(call: ConversationId): Promise<ChatLink | undefined>;
  /** Removes links made before that instant; at most 500 a call. */
  removeLinksBefore(at: Instant): Promise<number>;
}

/** From the chat to the phone: product.md, "Immediate telephone line". */
export const CODE_DIGITS = 6;
export const CODE_VALID = 30 * MINUTE;
/** A link is of no use once the call is over: whoever answers reads it while they speak. */
const LINK_SHOWN = 24 * 60 * MINUTE;
const DRAWS = 20;

export interface ChatCodes {
  /** Six digits that lead a call to this chat for thirty minutes. */
  giveCode(chat: ConversationId): Promise<string>;
  /** Joins a call to the chat of a code. Wrong, old and unknown codes answer the same. */
  useCode(code: string, call: ConversationId): Promise<'joined' | 'unknown'>;
  /** Joins a call to an earlier one that was cut off. */
  joinEarlier(call: ConversationId, earlier: ConversationId): Promise<void>;
  /** The conversation a call goes on from: what was said there is shown to whoever answers, never read aloud. */
  chatOf(call: ConversationId): Promise<ConversationId | undefined>;
  /** Codes and links that are over are removed; returns how many. */
  removeEnded(): Promise<number>;
}

export function createChatCodes(parts: {
  clock: Clock;
  random: Random;
  key: Buffer;
  store: ChatCodeStore;
}): ChatCodes {
  const { clock, random, key, store } = parts;
  const hashOf = (code: string): string => createHmac('sha256', key).update(code).digest('base64url');

  return {
    async giveCode(chat) {
      for (let draw = 0; draw < DRAWS; draw += 1) {
        const code = String(random.integer(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
        const now = clock.now();
        const until = instant(now + CODE_VALID);
        if ((await store.add({ hash: hashOf(code), conversation: chat, until }, now)) === 'added')
          return code;
      }
      throw new Error('no code of the chat is free');
    },
    async useCode(code, call) {
      const found = await store.get(hashOf(code));
      if (found === undefined || clock.now() >= found.until) return 'unknown';
      await store.link({ call, chat: found.conversation, at: clock.now() });
      return 'joined';
    },
    joinEarlier: (call, earlier) => store.link({ call, chat: earlier, at: clock.now() }),
    async chatOf(call) {
      const link = await store.linkOf(call);
      return link !== undefined && clock.now() < link.at + LINK_SHOWN ? link.chat : undefined;
    },
    async removeEnded() {
      const links = await store.removeLinksBefore(instant(clock.now() - LINK_SHOWN));
      return links + (await store.removeEnded(clock.now()));
    },
  };
}
