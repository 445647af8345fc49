import type { TakeTurn } from '../../dialogs/turn-types.js';
import type { ConversationId } from '../kernel/ids.js';
import type { TextThreads } from '../phone-line/text-threads.js';
import type { TextBrake } from './text-brake.js';

/** One message of a conversation, as far as a text says it. */
export interface TextedMessage {
  seq: number;
  from: 'caller' | 'bot' | 'operator' | 'system';
  text: string;
  choices?: readonly { title: string }[];
}

export interface TextConversations {
  open(id: ConversationId): Promise<void>;
  messages(id: ConversationId, after: number): Promise<readonly TextedMessage[]>;
}

/** The carrier, as far as it sends texts. It sees a number for the time of the call. */
export interface TextSender {
  send(text: { to: string; text: string }): Promise<'sent' | 'failed'>;
}

export interface TextFlow {
  /** A text came in; what the conversation answers is sent before this resolves. */
  received(text: { number: string; message: string; words: string }): Promise<void>;
  /** STOP: nothing more is sent, also no answer to it. */
  stopped(number: string): Promise<void>;
  /** Sends what a conversation has to say and has not sent yet; a conversation of another channel has nothing. */
  deliver(conversation: ConversationId): Promise<void>;
  /** The conversation was closed: its last words are sent, then the number is destroyed. */
  ended(conversation: ConversationId): Promise<void>;
  /** Sends what a failure or a killed process left; returns how many conversations. */
  deliverUnfinished(): Promise<number>;
  /** Resolves when nothing is being sent: a process that stops waits for it. */
  idle(): Promise<void>;
}

/** Sendings in a row that each find something new. */
const ROUNDS = 10;

/** Text messages through the same door as every channel. */
export function createTextFlow(dependencies: {
  takeTurn: TakeTurn;
  threads: TextThreads;
  conversations: TextConversations;
  sender: TextSender;
  brake: TextBrake;
}): TextFlow {
  const { takeTurn, threads, conversations, sender, brake } = dependencies;

  const sending = new Set<Promise<void>>();

  const deliver = (conversation: ConversationId): Promise<void> => {
    const work = send(conversation).finally(() => sending.delete(work));
    sending.add(work);
    return work;
  };

  const send = async (conversation: ConversationId): Promise<void> => {
    let begun = await threads.begin(conversation);
    for (let round = 0; round < ROUNDS && begun !== undefined; round += 1) {
      const messages = await conversations.messages(conversation, begun.after);
      const text = textOf(messages);
      if (text !== '' && (await sender.send({ to: begun.to, text })) === 'failed')
        return threads.failed(conversation);
      const last = messages.at(-1)?.seq ?? begun.after;
      const more = (await threads.sent(conversation, last)) === 'more';
      begun = more ? { to: begun.to, after: last } : undefined;
    }
  };

  return {
    async received({ number, message, words }) {
      const pace = brake(number);
      if (pace === 'ignore') return;
      const { conversation, isNew } = await threads.received(number, message);
      if (isNew) {
        await conversations.open(conversation);
        await takeTurn({ conversation, key: 'start', kind: 'start', text: '' });
      }
      await takeTurn({ conversation, key: `text-${message}`, ...inputOf(words) });
      if (pace === 'answer') await deliver(conversation);
    },
    stopped: (number) => threads.stop(number),
    deliver,
    async ended(conversation) {
      await deliver(conversation);
      await threads.end(conversation);
    },
    async deliverUnfinished() {
      const left = await threads.unfinished();
      for (const conversation of left) await deliver(conversation);
      return left.length;
    },
    idle: async () => {
      await Promise.allSettled(sending);
    },
  };
}

/** A single key is a choice, `0` a person, `*` again; a picture without words is silence. */
function inputOf(words: string): { kind: 'keys' | 'text' | 'silence'; text: string } {
  const text = words.trim();
  if (text === '') return { kind: 'silence', text: '' };
  return /^[0-9*]$/.test(text) ? { kind: 'keys', text } : { kind: 'text', text };
}

/** What people and the service say, with numbered choices; a question the caller has gone past is left out. */
function textOf(messages: readonly TextedMessage[]): string {
  const lastHeard = messages.findLast(({ from }) => from === 'caller')?.seq ?? 0;
  return messages
    .filter(({ from, seq, choices = [] }) => from !== 'caller' && (choices.length === 0 || seq > lastHeard))
    .map(({ text, choices = [] }) =>
      [text, ...choices.map(({ title }, index) => `${index + 1} ${title}`)].join('\n'),
    )
    .join('\n');
}
