import type { Activity, DirectLine } from 'botframework-directlinejs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ChatServer, chatServer, until } from './chat-server.js';
import { XmlHttpRequest } from './xml-http-request.js';

/** The client's own names for its states. */
const ONLINE = 2;

let client: typeof import('botframework-directlinejs');
let server: ChatServer;

beforeAll(async () => {
  Object.assign(globalThis, { XMLHttpRequest: XmlHttpRequest, WebSocket });
  client = await import('botframework-directlinejs');
});
beforeEach(async () => {
  server = await chatServer();
});
afterEach(() => server.close());

interface Talk {
  line: DirectLine;
  heard: Activity[];
  texts(): string[];
  statuses: number[];
  say(text: string): Promise<string>;
}

/** As a page with the official client would be set up. */
async function talk(options: {
  webSocket: boolean;
  resume?: { token: string; conversationId: string };
}): Promise<Talk> {
  const { token, conversationId } = options.resume ?? (await server.call('POST', '/api/chat/token')).json;
  const line = new client.DirectLine({
    domain: `${server.url}/v3/directline`,
    token,
    webSocket: options.webSocket,
    pollingInterval: 200,
    ...(options.resume === undefined ? {} : { conversationId }),
    random: () => 0,
  } as ConstructorParameters<typeof DirectLine>[0]);
  const heard: Activity[] = [];
  const statuses: number[] = [];
  line.connectionStatus$.subscribe((status) => statuses.push(status));
  line.activity$.subscribe(
    (activity) => heard.push(activity),
    () => undefined,
  );
  const texts = (): string[] =>
    heard.map((activity) => (activity.type === 'message' ? (activity.text ?? '') : activity.type));
  const say = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const activity = {
        type: 'message',
        text,
        from: { id: 'u1' },
        channelData: { clientActivityID: `k-${text}` },
      };
      line.postActivity(activity as Activity).subscribe(resolve, reject);
    });
  return { line, heard, texts, statuses, say };
}

const WELCOME = [
  'Bonjour. C’est gratuit, anonyme et confidentiel.',
  'Qu’est-ce qui vous amène aujourd’hui ?',
];

describe('the official client', () => {
  it('holds a conversation over its socket', async () => {
    const { line, texts, say, statuses, heard } = await talk({ webSocket: true });
    await until(() => texts().length === 2);
    const id = await say('bonjour');
    await until(() => texts().length === 4);
    expect(texts()).toEqual([...WELCOME, 'bonjour', 'Vous dites : bonjour']);
    expect(heard[2]?.id).toBe(id);
    expect(statuses.at(-1)).toBe(ONLINE);
    line.end();
  });

  it('holds a conversation by polling', async () => {
    const { line, texts, say } = await talk({ webSocket: false });
    await until(() => texts().length === 2);
    await say('bonjour');
    await until(() => texts().length === 4);
    expect(texts()).toEqual([...WELCOME, 'bonjour', 'Vous dites : bonjour']);
    line.end();
  });

  it('survives a cut: nothing is lost, nothing is doubled, and it stays online', async () => {
    const { line, texts, say, statuses } = await talk({ webSocket: true });
    await until(() => texts().length === 2);
    server.cut();
    await say('pendant la coupure');
    await until(() => texts().length >= 4, 15_000);
    await say('après');
    await until(() => texts().length >= 6);
    expect(texts().slice(2)).toEqual([
      'pendant la coupure',
      'Vous dites : pendant la coupure',
      'après',
      'Vous dites : après',
    ]);
    expect(statuses.at(-1)).toBe(ONLINE);
    line.end();
  });

  it('takes a conversation up again after a page is reloaded, with all that was said', async () => {
    const resume = (await server.call('POST', '/api/chat/token')).json;
    const first = await talk({ webSocket: true, resume });
    await until(() => first.texts().length === 2);
    await first.say('bonjour');
    first.line.end();
    const second = await talk({ webSocket: true, resume });
    await until(() => second.texts().length === 4);
    expect(second.texts()).toEqual([...WELCOME, 'bonjour', 'Vous dites : bonjour']);
    second.line.end();
  });

  it('hears the end of the conversation, and its later posts fail without breaking it', async () => {
    const { line, texts, say, statuses } = await talk({ webSocket: true });
    await until(() => texts().length === 2);
    await say('fin');
    await until(() => texts().at(-1) === 'endOfConversation');
    await expect(say('encore')).rejects.toMatchObject({ status: 404 });
    expect(statuses.at(-1)).toBe(ONLINE);
    line.end();
  });
});
