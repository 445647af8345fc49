import type { CallerInput, TakeTurn, TurnResult } from '../../../dialogs/turn-types.js';
import type { ChatConversations } from '../../../src/channels/web-chat/chat-conversations.js';
import type {
  Card,
  ConversationHead,
  Message,
  NewMessage,
  Owner,
} from '../../../src/conversations/conversation.js';
import type { Clock } from '../../../src/kernel/clock.js';
import { CodedError } from '../../../src/kernel/errors.js';
import { type ConversationId, newId } from '../../../src/kernel/ids.js';
import type { Random } from '../../../src/kernel/random.js';

export interface MemoryConversations extends ChatConversations {
  /** Every input that reached the dialogs. */
  inputs: CallerInput[];
  takeTurn: TakeTurn;
  /** A message that comes by itself, as an operator's. */
  post(id: ConversationId, message: NewMessage, options?: { unheard: boolean }): void;
  /** Somebody else has the conversation now. */
  setOwner(id: ConversationId, owner: Owner): void;
  ids(): ConversationId[];
}

const APPOINTMENT: Card = {
  kind: 'appointment',
  code: '123456782',
  start: Date.parse('2026-03-12T13:30:00Z') as never,
  zone: 'Europe/Paris',
  place: 'EAE de Nancy, 20 rue du Test',
  mode: 'eae',
};
const SERVICES: Card = {
  kind: 'services',
  services: [
    {
      name: 'Service social des personnels',
      what: 'Argent, logement, famille : une assistante sociale vous reçoit.',
      stale: true,
      contacts: [
        { kind: 'phone', value: '03 83 86 20 20' },
        { kind: 'url', value: 'www.example.invalid' },
      ],
    },
  ],
};

interface Kept {
  head: ConversationHead;
  messages: Message[];
  answered: Map<string, number>;
}

/** Conversations in memory, and a bot that repeats what it hears. */
export function memoryConversations(clock: Clock, random: Random): MemoryConversations {
  const kept = new Map<ConversationId, Kept>();
  const listeners = new Set<(id: ConversationId) => void>();
  const inputs: CallerInput[] = [];

  const append = (conversation: Kept, message: NewMessage): number => {
    const seq = conversation.head.lastSeq + 1;
    conversation.messages.push({ ...message, seq, at: clock.now() });
    conversation.head = { ...conversation.head, lastSeq: seq, version: conversation.head.version + 1 };
    return seq;
  };
  const tell = (id: ConversationId): void => {
    for (const listener of listeners) listener(id);
  };
  const opened = (id: ConversationId): Kept => {
    const conversation = kept.get(id);
    if (conversation === undefined || conversation.head.owner.kind === 'closed')
      throw new CodedError('not-found', 'over');
    return conversation;
  };

  return {
    inputs,
    ids: () => [...kept.keys()],
    async open({ channel, language, id = newId<ConversationId>(random) }) {
      const now = clock.now();
      const head: ConversationHead = {
        id,
        channel,
        language,
        owner: { kind: 'bot' },
        epoch: 0,
        version: 0,
        lastSeq: 0,
        openedAt: now,
        activeAt: now,
        alert: null,
        lineRequest: null,
        sealedState: '',
      };
      kept.set(head.id, { head, messages: [], answered: new Map() });
      return structuredClone(head);
    },
    head: async (id) => structuredClone(kept.get(id)?.head),
    list: async (owners, limit) =>
      [...kept.values()]
        .map(({ head }) => structuredClone(head))
        .filter(({ owner }) => owners.includes(owner.kind))
        .slice(0, limit),
    setOwner(id, owner) {
      const conversation = opened(id);
      conversation.head = { ...conversation.head, owner };
      tell(id);
    },
    transcript: async (id, after, limit) =>
      structuredClone(
        kept
          .get(id)
          ?.messages.filter(({ seq }) => seq > after)
          .slice(0, limit),
      ),
    async erase(id) {
      const known = kept.delete(id);
      tell(id);
      return known ? 'erased' : 'unknown';
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async takeTurn(input) {
      const conversation = opened(input.conversation);
      const before = conversation.answered.get(input.key);
      if (before === undefined) {
        inputs.push(input);
        conversation.answered.set(input.key, answer(conversation, input, append));
        tell(input.conversation);
      }
      return resultOf(conversation, conversation.answered.get(input.key) ?? 0);
    },
    post(id, message, options = { unheard: false }) {
      append(opened(id), message);
      if (!options.unheard) tell(id);
    },
  };
}

/** @returns the number of the caller's message, 0 when nothing was said */
function answer(
  conversation: Kept,
  { kind, text, key }: CallerInput,
  append: (conversation: Kept, message: NewMessage) => number,
): number {
  if (kind === 'start') {
    append(conversation, { from: 'bot', text: 'Bonjour. C’est gratuit, anonyme et confidentiel.' });
    append(conversation, {
      from: 'bot',
      text: 'Qu’est-ce qui vous amène aujourd’hui ?',
      choices: ['Parler à quelqu’un', 'Prendre rendez-vous'].map((title) => ({ value: title, title })),
    });
  }
  const seq = kind === 'text' ? append(conversation, { from: 'caller', text, clientKey: key }) : 0;
  if (kind === 'text') append(conversation, replyTo(text));
  if (kind === 'hang-up' || text === 'fin')
    conversation.head = { ...conversation.head, owner: { kind: 'closed', at: conversation.head.activeAt } };
  return seq;
}

function replyTo(text: string): NewMessage {
  if (text === 'code') return { from: 'bot', text: 'C’est confirmé.', card: APPOINTMENT };
  if (text === 'services') return { from: 'bot', text: 'Service social des personnels', card: SERVICES };
  return { from: 'bot', text: `Vous dites : ${text.slice(0, 60)}` };
}

const resultOf = ({ head, messages }: Kept, callerSeq: number): TurnResult => ({
  messages: messages.filter(({ seq, from }) => seq > callerSeq && from === 'bot'),
  callerSeq: callerSeq === 0 ? null : callerSeq,
  action: { kind: 'end' },
  owner: head.owner,
  version: head.version,
});
