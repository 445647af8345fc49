import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import { WebSocket } from 'ws';
import { loadTranslations } from '../../../locales/translate.js';
import { createWebChat, type WebChat } from '../../../src/channels/web-chat/web-chat.js';
import { createLogger } from '../../../src/kernel/log.js';
import { createSecrets } from '../../../src/privacy/secrets.js';
import { type FrozenClock, frozenClock } from '../../support/frozen-clock.js';
import { seededRandom } from '../../support/seeded-random.js';
import { type MemoryConversations, memoryConversations } from './memory-conversations.js';

export const SECRET = 'the-secret-of-the-other-server';
export const FRIEND = 'https://intranet.example.invalid';

export interface ChatServer {
  url: string;
  clock: FrozenClock;
  conversations: MemoryConversations;
  chat: WebChat;
  /** Who can be rung; nobody at first. */
  desk: { ready: number };
  /** Cuts every open socket, as a network does. */
  cut(): void;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** A conversation with its token. */
  begin(): Promise<Begun>;
  close(): Promise<void>;
}

interface CallOptions {
  token?: string;
  body?: unknown;
  raw?: string;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** What the service may answer; a test that reads a field it did not get fails on it. */
  json: AnswerBody;
}

export interface AnswerBody {
  token: string;
  conversationId: string;
  expires_in: number;
  streamUrl: string;
  id: string;
  watermark: string;
  activities: SeenActivity[];
  error: { code: string; message: string };
}

export interface SeenActivity {
  type: string;
  id: string;
  text: string;
  from: { id: string; name: string; role: string };
  channelData: { clientActivityID?: string; author?: string };
  suggestedActions?: { actions: object[] };
  attachments?: object[];
}

export interface Begun {
  token: string;
  id: string;
  path: string;
  streamUrl: string;
}

/** The chat on a real port, with conversations in memory and a clock that stands still. */
export async function chatServer(
  adapt: (conversations: MemoryConversations) => void = () => undefined,
): Promise<ChatServer> {
  const clock = frozenClock();
  const random = seededRandom();
  const conversations = memoryConversations(clock, random);
  adapt(conversations);
  const desk = { ready: 0 };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const chat = createWebChat({
    takeTurn: (input) => conversations.takeTurn(input),
    conversations,
    atDesk: { ready: async () => desk.ready },
    secrets: createSecrets({ current: random.bytes(32), random }),
    clock,
    random,
    translate: loadTranslations().written,
    directLineSecret: SECRET,
    publicUrl: () => url,
    origins: [FRIEND],
    transcriptDays: 30,
    exitUrl: 'https://meteo.example.invalid',
    log: createLogger('silent'),
  });
  const upgraded = serve(server, chat);

  const call = (method: string, path: string, options: CallOptions = {}): Promise<Answer> =>
    request(`${url}${path}`, method, options);
  const begin = async (): Promise<Begun> => {
    const { token } = (await call('POST', '/api/chat/token', { body: {} })).json;
    const { json } = await call('POST', '/v3/directline/conversations', { token });
    const path = `/v3/directline/conversations/${json.conversationId}`;
    return { token, id: json.conversationId, path, streamUrl: json.streamUrl };
  };
  const cut = (): void => {
    for (const socket of upgraded) socket.destroy();
    upgraded.clear();
  };
  const close = async (): Promise<void> => {
    chat.stream.close();
    cut();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, clock, conversations, chat, desk, cut, call, begin, close };
}

function serve(server: Server, chat: WebChat): Set<Socket> {
  const upgraded = new Set<Socket>();
  const app = express();
  app.set('query parser', 'simple');
  app.use(chat.router);
  server.on('request', app);
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket as Socket);
    if (!chat.stream.handleUpgrade(request, socket, head)) socket.destroy();
  });
  return upgraded;
}

async function request(url: string, method: string, options: CallOptions): Promise<Answer> {
  const { token, body, raw, headers = {} } = options;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): AnswerBody {
  try {
    return JSON.parse(text);
  } catch {
    return {} as AnswerBody;
  }
}

export const message = (text: string, key?: string): object => ({
  type: 'message',
  text,
  from: { id: 'somebody' },
  ...(key === undefined ? {} : { channelData: { clientActivityID: key } }),
});

/** A stream of a conversation, with everything it has said. */
export class Listener {
  readonly activities: SeenActivity[] = [];
  readonly frames: string[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  watermark = '';

  constructor(streamUrl: string) {
    this.socket = new WebSocket(streamUrl);
    this.socket.on('message', (data) => this.#receive(String(data)));
    this.closed = new Promise((resolve) => {
      this.socket.on('error', () => resolve(-1));
      this.socket.on('close', (code) => resolve(code));
    });
  }

  get texts(): string[] {
    return this.activities.filter(({ type }) => type === 'message').map(({ text }) => text);
  }

  #receive(frame: string): void {
    this.frames.push(frame);
    if (frame === '') return;
    const set = JSON.parse(frame) as AnswerBody;
    this.watermark = set.watermark ?? this.watermark;
    this.activities.push(...set.activities);
  }
}

/** Waits, 5 seconds at most, for something that another part of the process brings about. */
export async function until(what: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!what()) {
    if (Date.now() > end) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
