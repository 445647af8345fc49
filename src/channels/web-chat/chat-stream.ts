import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ConversationId } from '../../kernel/ids.js';
import { errorFields, type Logger } from '../../kernel/log.js';
import { activitiesAfter, type ChatConversations } from './chat-conversations.js';
import type { ChatTokens } from './chat-tokens.js';

export interface ChatStream {
  /** @returns false when the address is not a stream of ours */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

const PATH = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/;
/** A change that was not heard of, on another instance that died, is found by looking again. */
const LOOK_AGAIN_MS = 5_000;
/** Clients say nothing but empty frames. */
const MAX_FRAME = 4_096;
/** A client that does not read is dropped; it comes back with its watermark. */
const MAX_BUFFER = 1_048_576;
const ROUNDS = 100;

interface Listener {
  socket: WebSocket;
  seq: number;
  pumping: boolean;
  again: boolean;
  over: boolean;
}

/** Sends each conversation's messages to every socket that listens to it. */
export function createChatStream(parts: {
  conversations: ChatConversations;
  tokens: ChatTokens;
  log: Logger;
}): ChatStream {
  const { conversations, tokens, log } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const listeners = new Map<ConversationId, Set<Listener>>();

  const pump = async (id: ConversationId, listener: Listener): Promise<void> => {
    if (listener.pumping) {
      listener.again = true;
      return;
    }
    listener.pumping = true;
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        listener.again = false;
        const more = await sendNext(id, listener);
        if (!more && !listener.again) return;
      }
    } catch (error) {
      log.warn('a stream could not be fed', { conversation: id, ...errorFields(error) });
      listener.socket.close(1011);
    } finally {
      listener.pumping = false;
    }
  };

  const sendNext = async (id: ConversationId, listener: Listener): Promise<boolean> => {
    const set = await activitiesAfter(conversations, id, listener.seq);
    if (set === undefined) {
      listener.socket.close(1000);
      return false;
    }
    if (listener.socket.bufferedAmount > MAX_BUFFER) {
      listener.socket.terminate();
      return false;
    }
    const news = set.seq > listener.seq || (set.over && !listener.over);
    if (news) listener.socket.send(JSON.stringify({ activities: set.activities, watermark: set.watermark }));
    listener.seq = set.seq;
    listener.over = set.over;
    return news && !set.over;
  };

  const listen = (id: ConversationId, socket: WebSocket, watermark: number): void => {
    const listener: Listener = { socket, seq: watermark, pumping: false, again: false, over: false };
    const others = listeners.get(id) ?? new Set();
    listeners.set(id, others.add(listener));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      others.delete(listener);
      if (others.size === 0) listeners.delete(id);
    });
    void pump(id, listener);
  };

  const wake = (id: ConversationId): void => {
    for (const listener of listeners.get(id) ?? []) void pump(id, listener);
  };
  const stopListening = conversations.onChange(wake);
  const timer = setInterval(() => {
    for (const id of listeners.keys()) wake(id);
  }, LOOK_AGAIN_MS);
  timer.unref();

  return {
    handleUpgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const id = PATH.exec(url.pathname)?.[1];
      if (id === undefined) return false;
      const ticket = tokens.redeem(url.searchParams.get('t') ?? '');
      if (ticket === undefined || ticket.conversation !== id) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return true;
      }
      server.handleUpgrade(request, socket, head, (opened) =>
        listen(ticket.conversation, opened, ticket.watermark),
      );
      return true;
    },
    close() {
      clearInterval(timer);
      stopListening();
      for (const set of listeners.values()) for (const { socket } of set) socket.close(1001);
      server.close();
    },
  };
}
