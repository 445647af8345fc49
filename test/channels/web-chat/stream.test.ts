import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/kernel/clock.js';
import { type Begun, type ChatServer, chatServer, Listener, message, until } from './chat-server.js';

let server: ChatServer;
let chat: Begun;
beforeEach(async () => {
  server = await chatServer();
  chat = await server.begin();
});
afterEach(() => server.close());

const say = (text: string, key?: string) =>
  server.call('POST', `${chat.path}/activities`, { token: chat.token, body: message(text, key) });
const reconnect = async (watermark: string) =>
  (await server.call('GET', `${chat.path}?watermark=${watermark}`, { token: chat.token })).json
    .streamUrl as string;
const operatorSays = (text: string, unheard = false) =>
  server.conversations.post(chat.id as never, { from: 'operator', by: 'Dominique', text }, { unheard });

describe('the stream of a conversation', () => {
  it('sends what was said before it opened, then what is said live, the caller’s own words too', async () => {
    const listener = new Listener(chat.streamUrl);
    await until(() => listener.texts.length === 2);
    await say('bonjour', 'k1');
    await until(() => listener.texts.length === 4);
    expect(listener.texts.slice(2)).toEqual(['bonjour', 'Vous dites : bonjour']);
    expect(listener.activities[2]?.channelData.clientActivityID).toBe('k1');
    expect(listener.watermark).toBe('4');
  });

  it('carries on from the watermark of the reconnection, and replays all for an empty one', async () => {
    await say('bonjour');
    const later = new Listener(await reconnect('3'));
    const replay = new Listener(await reconnect(''));
    await until(() => later.texts.length === 1 && replay.texts.length === 4);
    expect(later.texts).toEqual(['Vous dites : bonjour']);
  });

  it('loses and doubles nothing over a cut', async () => {
    const first = new Listener(chat.streamUrl);
    await until(() => first.texts.length === 2);
    server.cut();
    await first.closed;
    operatorSays('pendant la coupure');
    const second = new Listener(await reconnect(first.watermark));
    await until(() => second.texts.length === 1);
    expect([...first.texts, ...second.texts].slice(2)).toEqual(['pendant la coupure']);
  });

  it('serves many sockets of one conversation alike', async () => {
    const listeners = await Promise.all([1, 2, 3, 4].map(async () => new Listener(await reconnect(''))));
    operatorSays('bonjour');
    await until(() => listeners.every(({ texts }) => texts.length === 3));
    expect(listeners.map(({ texts }) => texts.at(-1))).toEqual(['bonjour', 'bonjour', 'bonjour', 'bonjour']);
  });

  it('finds within seconds what it was not told of', async () => {
    const listener = new Listener(chat.streamUrl);
    await until(() => listener.texts.length === 2);
    operatorSays('d’une autre instance', true);
    await until(() => listener.texts.length === 3, 7_000);
    expect(listener.texts.at(-1)).toBe('d’une autre instance');
    expect(listener.activities.at(-1)?.from).toMatchObject({ name: 'Dominique', role: 'bot' });
  });

  it('shows that somebody is writing, and keeps it nowhere', async () => {
    const listener = new Listener(chat.streamUrl);
    await until(() => listener.texts.length === 2);
    server.chat.stream.typing(chat.id as never);
    await until(() => listener.activities.some(({ type }) => type === 'typing'));
    const { json } = await server.call('GET', `${chat.path}/activities`, { token: chat.token });
    expect(json.activities.map(({ type }: { type: string }) => type)).toEqual(['message', 'message']);
    expect(listener.watermark).toBe('2');
  });

  it('ends with endOfConversation when the conversation is closed, and again nothing', async () => {
    const listener = new Listener(chat.streamUrl);
    await say('fin');
    await until(() => listener.activities.at(-1)?.type === 'endOfConversation');
    expect(listener.activities.filter(({ type }) => type === 'endOfConversation')).toHaveLength(1);
  });

  it('tells other tabs that the conversation was erased, then closes', async () => {
    const listener = new Listener(chat.streamUrl);
    await until(() => listener.texts.length === 2);
    await server.call('POST', '/api/chat/erase', { token: chat.token });
    expect(await listener.closed).toBe(1000);
    expect(listener.activities.at(-1)?.type).toBe('endOfConversation');
  });

  it('sends long letters a few at a time, all of them, in order', async () => {
    for (let count = 0; count < 30; count += 1) operatorSays(`${count} ${'x'.repeat(100_000)}`);
    const listener = new Listener(await reconnect('2'));
    await until(() => listener.texts.length === 30);
    expect(listener.texts.map((text) => text.split(' ')[0])).toEqual([...Array(30).keys()].map(String));
    expect(Math.max(...listener.frames.map(({ length }) => length))).toBeLessThan(400_000);
  });

  it('drops a client that sends large frames and lives on for the others', async () => {
    const loud = new Listener(await reconnect(''));
    const quiet = new Listener(await reconnect(''));
    await until(() => loud.texts.length === 2 && quiet.texts.length === 2);
    loud.socket.send('x'.repeat(10_000));
    await loud.closed;
    quiet.socket.send('');
    operatorSays('bonjour');
    await until(() => quiet.texts.length === 3);
    expect(quiet.texts.at(-1)).toBe('bonjour');
  });

  it('lets go of a twenty-first tab’s oldest sister only', async () => {
    const listeners = [];
    for (let count = 0; count < 21; count += 1) {
      const listener = new Listener(await reconnect(''));
      await until(() => listener.texts.length === 2);
      listeners.push(listener);
    }
    await listeners[0]?.closed;
    expect(listeners.filter(({ socket }) => socket.readyState === 1)).toHaveLength(20);
  });
});

describe('tickets', () => {
  it('are good once', async () => {
    const first = new Listener(chat.streamUrl);
    await until(() => first.texts.length === 2);
    expect(await new Listener(chat.streamUrl).closed).toBe(-1);
    expect(first.socket.readyState).toBe(1);
  });

  it('are good for 60 seconds', async () => {
    const [inTime, late] = [await reconnect(''), await reconnect('')];
    server.clock.advance(60 * SECOND - 1);
    const listener = new Listener(inTime);
    await until(() => listener.texts.length === 2);
    server.clock.advance(1);
    expect(await new Listener(late).closed).toBe(-1);
  });

  it('open their own conversation only', async () => {
    const other = await server.begin();
    const stolen = chat.streamUrl.replace(chat.id, other.id);
    expect(await new Listener(stolen).closed).toBe(-1);
    expect(await new Listener(`${server.url.replace('http', 'ws')}${chat.path}/stream`).closed).toBe(-1);
  });

  it('leave other addresses to others', () => {
    const request = { url: '/elsewhere' } as never;
    expect(server.chat.stream.handleUpgrade(request, undefined as never, Buffer.alloc(0))).toBe(false);
  });
});
