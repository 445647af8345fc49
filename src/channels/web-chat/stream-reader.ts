import type { WebSocket } from 'ws';
import type { ConversationId } from '../../kernel/ids.js';
import { endOfConversation } from '../bot-framework/activities.js';
import { activitiesAfter, type ChatConversations } from './chat-conversations.js';

/** One socket that follows one conversation. */
export interface StreamReader {
  /** Something may be new: sends what this socket has not had yet. */
  wake(): void;
  /** Sends a frame that is kept nowhere. */
  send(frame: string): void;
  /** Says that we are there; drops a socket that did not answer the last time. */
  keepAlive(): void;
  close(code: number): void;
}

export interface StreamReaderParts {
  conversations: ChatConversations;
  conversation: ConversationId;
  socket: WebSocket;
  watermark: number;
  now: () => number;
  failed: (error: unknown) => void;
}

/** A client that does not read is dropped; it comes back with its watermark. */
const MAX_BUFFER = 1_048_576;
const ROUNDS = 1_000;
const OPEN = 1;

export function createStreamReader(parts: StreamReaderParts): StreamReader {
  const { conversations, conversation, socket } = parts;
  let watermark = parts.watermark;
  let pumping = false;
  let again = false;
  let answered = true;

  /** @returns whether something was sent, so that there may be more */
  const sendNext = async (): Promise<boolean> => {
    if (socket.readyState !== OPEN) return false;
    const set = await activitiesAfter(conversations, conversation, watermark);
    if (set === undefined) {
      await sent(socket, { activities: [endOfConversation(conversation, parts.now())] });
      socket.close(1000);
      return false;
    }
    if (set.watermark === watermark) return false;
    await sent(socket, { activities: set.activities, watermark: String(set.watermark) });
    watermark = set.watermark;
    return true;
  };

  const pump = async (): Promise<void> => {
    again = true;
    if (pumping) return;
    pumping = true;
    try {
      for (let round = 0; round < ROUNDS && again; round += 1) {
        again = false;
        again = (await sendNext()) || again;
      }
    } catch (error) {
      if (socket.readyState === OPEN) parts.failed(error);
      socket.close(1011);
    } finally {
      pumping = false;
    }
  };

  socket.on('error', () => socket.terminate());
  socket.on('pong', () => {
    answered = true;
  });

  return {
    wake: () => void pump(),
    send(frame) {
      if (socket.bufferedAmount > MAX_BUFFER) socket.terminate();
      else if (socket.readyState === OPEN) socket.send(frame, () => undefined);
    },
    keepAlive() {
      if (!answered || socket.bufferedAmount > MAX_BUFFER) {
        socket.terminate();
        return;
      }
      answered = false;
      socket.ping();
      this.send('');
    },
    close: (code) => socket.close(code),
  };
}

/** Resolves when the frame has left for the network: what is next waits for a slow reader. */
const sent = (socket: WebSocket, frame: object): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.send(JSON.stringify(frame), (error) => (error ? reject(error) : resolve()));
  });
