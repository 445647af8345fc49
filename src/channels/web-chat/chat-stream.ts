import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../kernel/clock.js';
import type { ConversationId } from '../../kernel/ids.js';
import { errorFields, type Logger } from '../../kernel/log.js';
import { typing } from '../bot-framework/activities.js';
import type { ChatConversations } from './chat-conversations.js';
import { watermarkOf } from './chat-requests.js';
import type { ChatTokens, Ticket } from './chat-tokens.js';
import { createStreamReader, type StreamReader } from './stream-reader.js';

export interface ChatStream {
  /** @returns false when the address is not a stream of ours */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Shows that somebody is writing; to be repeated every 5 seconds while they are. */
  typing(conversation: ConversationId): void;
  close(): void;
}

export interface ChatStreamParts {
  conversations: ChatConversations;
  tokens: ChatTokens;
  clock: Clock;
  log: Logger;
}

const PATH = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/;
/** A change that was not heard of, on another instance that died, is found by looking again. */
const LOOK_AGAIN_MS = 5_000;
/** Proxies close what is silent; a page that hears nothing for longer knows that it is cut off. */
const KEEP_ALIVE_MS = 20_000;
/** Clients say nothing but empty frames. */
const MAX_FRAME = 4_096;
/** Tabs of one conversation; beyond, the oldest gives way. */
const MOST_SOCKETS = 20;

/** Sends each conversation's messages to every socket that listens to it. */
export function createChatStream({ conversations, tokens, clock, log }: ChatStreamParts): ChatStream {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const readers = new Map<ConversationId, Set<StreamReader>>();

  const listen = ({ conversation, watermark }: Ticket, socket: WebSocket): void => {
    const failed = (error: unknown): void =>
      log.warn('a stream could not be fed', { conversation, ...errorFields(error) });
    const reader = createStreamReader({
      conversations,
      conversation,
      socket,
      watermark,
      now: () => clock.now(),
      failed,
    });
    const others = readers.get(conversation) ?? new Set<StreamReader>();
    readers.set(conversation, others.add(reader));
    const [oldest] = others;
    if (others.size > MOST_SOCKETS) oldest?.close(1000);
    socket.on('close', () => {
      others.delete(reader);
      if (others.size === 0 && readers.get(conversation) === others) readers.delete(conversation);
    });
    reader.wake();
  };

  const wake = (id: ConversationId): void => {
    for (const reader of readers.get(id) ?? []) reader.wake();
  };
  const everyReader = (act: (reader: StreamReader) => void): void => {
    for (const set of readers.values()) for (const reader of set) act(reader);
  };
  const stopListening = conversations.onChange(wake);
  const timers = [
    setInterval(() => everyReader((reader) => reader.wake()), LOOK_AGAIN_MS),
    setInterval(() => everyReader((reader) => reader.keepAlive()), KEEP_ALIVE_MS),
  ];
  for (const timer of timers) timer.unref();

  return {
    handleUpgrade(request, socket, head) {
      const address = addressOf(request);
      const id = PATH.exec(address?.pathname ?? '')?.[1];
      if (address === undefined || id === undefined) return false;
      const ticket = tokens.redeem(address.searchParams.get('t') ?? '');
      if (ticket === undefined || ticket.conversation !== id) {
        refuse(socket);
        return true;
      }
      const watermark = watermarkOf(address.searchParams.get('watermark') ?? String(ticket.watermark));
      server.handleUpgrade(request, socket, head, (opened) => listen({ ...ticket, watermark }, opened));
      return true;
    },
    typing(conversation) {
      const frame = JSON.stringify({ activities: [typing(conversation, clock.now())] });
      for (const reader of readers.get(conversation) ?? []) reader.send(frame);
    },
    close() {
      for (const timer of timers) clearInterval(timer);
      stopListening();
      everyReader((reader) => reader.close(1001));
      server.close();
    },
  };
}

function addressOf(request: IncomingMessage): URL | undefined {
  const address = request.url ?? '/';
  return URL.canParse(address, 'http://localhost') ? new URL(address, 'http://localhost') : undefined;
}

function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
