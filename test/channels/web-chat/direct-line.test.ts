import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/kernel/clock.js';
import { asId } from '../../../src/kernel/ids.js';
import { type ChatServer, chatServer, FRIEND, message, SECRET } from './chat-server.js';

let server: ChatServer;
beforeEach(async () => {
  server = await chatServer();
});
afterEach(() => server.close());

describe('tokens', () => {
  it('gives the public page a token and says how long it lasts', async () => {
    const { status, json, headers } = await server.call('POST', '/api/chat/token', { body: {} });
    expect(status).toBe(200);
    expect(json).toEqual({ token: expect.any(String), conversationId: expect.any(String), expires_in: 3600 });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('opens the conversation in the language asked for, with or without a body', async () => {
    const languages = [];
    for (const body of [undefined, {}, { language: 'en' }, { locale: 'en-GB' }]) {
      const { json } = await server.call('POST', '/api/chat/token', { body });
      languages.push((await server.conversations.head(asId(json.conversationId)))?.language);
    }
    expect(languages).toEqual(['fr', 'fr', 'en', 'en']);
  });

  it('refuses a language it does not speak', async () => {
    const { status, json } = await server.call('POST', '/api/chat/token', { body: { language: 'xx' } });
    expect([status, json.error.code]).toEqual([400, 'BadArgument']);
  });

  it('generates tokens for who knows the server secret, and for nobody else', async () => {
    const generate = (token?: string) =>
      server.call('POST', '/v3/directline/tokens/generate', {
        body: {},
        ...(token === undefined ? {} : { token }),
      });
    const { token } = await server.begin();
    const statuses = [
      await generate(SECRET),
      await generate(`${SECRET}x`),
      await generate(token),
      await generate(),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 401, 401, 401]);
  });

  it('refreshes a token before it expires and keeps the old one good', async () => {
    const { token, path } = await server.begin();
    server.clock.advance(59 * MINUTE);
    const { status, json } = await server.call('POST', '/v3/directline/tokens/refresh', { token });
    expect(status).toBe(200);
    expect((await server.call('GET', `${path}/activities`, { token })).status).toBe(200);
    server.clock.advance(59 * MINUTE);
    expect((await server.call('GET', `${path}/activities`, { token: json.token })).status).toBe(200);
  });

  it('answers 401 TokenExpired from the very end of the hour on, also to a refresh', async () => {
    const { token, path } = await server.begin();
    server.clock.advance(HOUR - 1);
    expect((await server.call('GET', `${path}/activities`, { token })).status).toBe(200);
    server.clock.advance(1);
    const late = await server.call('POST', `${path}/activities`, { token, body: message('bonjour') });
    const refresh = await server.call('POST', '/v3/directline/tokens/refresh', { token });
    expect([late.status, late.json.error.code]).toEqual([401, 'TokenExpired']);
    expect([refresh.status, refresh.json.error.code]).toEqual([401, 'TokenExpired']);
  });

  it('answers 401 to a missing, invented or changed token', async () => {
    const { token, path } = await server.begin();
    const changed = `${token.slice(0, -2)}${token.endsWith('A') ? 'BB' : 'AA'}`;
    for (const bad of [undefined, 'x', changed, `${token}${token}`]) {
      const options = bad === undefined ? {} : { token: bad };
      const { status, json } = await server.call('GET', `${path}/activities`, options);
      expect([status, json.error.code]).toEqual([401, 'BadArgument']);
    }
  });
});

describe('conversations', () => {
  it('begins once, with the welcome: 201, then 200', async () => {
    const { token } = (await server.call('POST', '/api/chat/token', { body: {} })).json;
    const first = await server.call('POST', '/v3/directline/conversations', {
      token,
      body: { user: { id: 'u' } },
    });
    const second = await server.call('POST', '/v3/directline/conversations', { token });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.json).toMatchObject({ conversationId: expect.any(String), expires_in: 3600 });
    expect(server.conversations.inputs.map(({ kind, key }) => `${kind} ${key}`)).toEqual(['start start']);
  });

  it('begins for a client that only asks for activities', async () => {
    const { token, conversationId } = (await server.call('POST', '/api/chat/token')).json;
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    const { json } = await server.call('GET', path, { token });
    expect(json.activities).toHaveLength(2);
  });

  it('opens a new conversation for the server secret itself', async () => {
    const { status, json } = await server.call('POST', '/v3/directline/conversations', { token: SECRET });
    expect(status).toBe(201);
    expect(server.conversations.ids()).toEqual([json.conversationId]);
  });

  it('gives a stream address on the public origin, whatever host was asked', async () => {
    const { token, path } = await server.begin();
    const { json } = await server.call('GET', `${path}?watermark=`, {
      token,
      headers: { 'x-forwarded-host': 'elsewhere.example.invalid' },
    });
    const origin = server.url.replace('http:', 'ws:');
    expect(json.streamUrl.startsWith(`${origin}${path}/stream?t=`)).toBe(true);
  });

  it('answers 404 for a conversation that is not the token’s, erased, or closed', async () => {
    const one = await server.begin();
    const other = await server.begin();
    const statuses = [
      (await server.call('GET', other.path, { token: one.token })).status,
      (await server.call('GET', '/v3/directline/conversations/none/activities', { token: one.token })).status,
    ];
    await server.call('POST', `${one.path}/activities`, { token: one.token, body: message('fin') });
    const late = await server.call('POST', `${one.path}/activities`, {
      token: one.token,
      body: message('encore'),
    });
    await server.conversations.erase(other.id as never);
    statuses.push(
      late.status,
      (await server.call('GET', other.path, { token: other.token })).status,
      (await server.call('GET', `${other.path}/activities`, { token: other.token })).status,
      (await server.call('POST', `${other.path}/activities`, { token: other.token, body: message('?') }))
        .status,
      (await server.call('POST', '/v3/directline/tokens/refresh', { token: other.token })).status,
    );
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 404]);
    expect(late.json.error.code).toBe('ConversationNotFound');
  });

  it('does not take files: 404 to an upload', async () => {
    const { token, path } = await server.begin();
    const upload = await server.call('POST', `${path}/upload?userId=x`, {
      token,
      raw: 'x',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(upload.status).toBe(404);
  });
});

describe('activities', () => {
  it('hands the text to the dialogs and answers with the number it got', async () => {
    const { token, path, id } = await server.begin();
    const { status, json } = await server.call('POST', `${path}/activities`, {
      token,
      body: message('bonjour', 'k1'),
    });
    expect([status, json.id]).toEqual([200, `${id}|0000003`]);
    expect(server.conversations.inputs.at(-1)).toEqual({
      conversation: id,
      kind: 'text',
      key: 'c-k1',
      text: 'bonjour',
    });
  });

  it('echoes the caller’s own message with the client’s key, and names both sides', async () => {
    const { token, path, id } = await server.begin();
    await server.call('POST', `${path}/activities`, { token, body: message('bonjour', 'k1') });
    const { json } = await server.call('GET', `${path}/activities?watermark=2`, { token });
    const [echo, reply] = json.activities;
    expect(echo).toMatchObject({
      type: 'message',
      id: `${id}|0000003`,
      text: 'bonjour',
      timestamp: '2026-03-02T09:00:00.000Z',
      channelId: 'directline',
      conversation: { id },
      from: { id: 'dl_caller', role: 'user' },
      channelData: { clientActivityID: 'k1' },
    });
    expect(reply).toMatchObject({ from: { role: 'bot' }, text: 'Vous dites : bonjour' });
    expect(reply?.channelData.clientActivityID).toBeUndefined();
    expect(json.activities.some((activity: object) => 'replyToId' in activity)).toBe(false);
    expect(json.watermark).toBe('4');
  });

  it('drops what a client tells about the person and the machine', async () => {
    const { token, path } = await server.begin();
    const body = {
      ...message('bonjour', 'k1'),
      from: { id: 'Camille Martin', name: 'Camille' },
      localTimezone: 'Europe/Paris',
      localTimestamp: '2026-03-02T10:00:00',
      entities: [{ type: 'ClientCapabilities' }],
    };
    await server.call('POST', `${path}/activities`, { token, body });
    const { text } = await server.call('GET', `${path}/activities`, { token });
    expect(text).not.toMatch(/Camille|Paris|localTime|ClientCapabilities/);
    expect(JSON.stringify(server.conversations.inputs)).not.toMatch(/Camille|Paris/);
  });

  it('takes the same message once, however often it is tried', async () => {
    const { token, path } = await server.begin();
    const tries = await Promise.all(
      [1, 2, 3].map(() =>
        server.call('POST', `${path}/activities`, { token, body: message('bonjour', 'k1') }),
      ),
    );
    const { json } = await server.call('GET', `${path}/activities`, { token });
    expect(new Set(tries.map((answer) => answer.json.id)).size).toBe(1);
    expect(json.activities).toHaveLength(4);
  });

  it('takes two messages without a key, or with a key of the service’s own, as two', async () => {
    const { token, path } = await server.begin();
    for (const key of [undefined, undefined, 'start', 'leave'])
      await server.call('POST', `${path}/activities`, { token, body: message('encore', key) });
    expect(server.conversations.inputs.filter(({ kind }) => kind === 'text')).toHaveLength(4);
  });

  it('sends again everything for an empty or senseless watermark, and nothing seen before', async () => {
    const { token, path } = await server.begin();
    const counts = [];
    for (const watermark of [
      '?watermark=',
      '?watermark=abc',
      '?watermark=-1',
      '',
      '?watermark=1',
      '?watermark=2',
      '?watermark=99',
    ])
      counts.push(
        (await server.call('GET', `${path}/activities${watermark}`, { token })).json.activities.length,
      );
    expect(counts).toEqual([2, 2, 2, 2, 1, 0, 0]);
  });

  it('offers choices as suggested actions and cards beside a text that is enough', async () => {
    const { token, path } = await server.begin();
    await server.call('POST', `${path}/activities`, { token, body: message('code') });
    const { activities } = (await server.call('GET', `${path}/activities`, { token })).json;
    expect(activities[1]?.suggestedActions?.actions[0]).toEqual({
      type: 'imBack',
      title: 'Parler à quelqu’un',
      value: 'Parler à quelqu’un',
    });
    expect(activities[3]).toMatchObject({
      text: 'C’est confirmé.',
      attachments: [
        { contentType: 'application/vnd.numero-unique.card+json', content: { kind: 'appointment' } },
      ],
    });
  });

  it('says once that the conversation is over', async () => {
    const { token, path } = await server.begin();
    await server.call('POST', `${path}/activities`, { token, body: message('fin') });
    const first = (await server.call('GET', `${path}/activities?watermark=4`, { token })).json;
    const again = (await server.call('GET', `${path}/activities?watermark=${first.watermark}`, { token }))
      .json;
    const whole = (await server.call('GET', `${path}/activities`, { token })).json;
    expect(first.activities.map(({ type }: { type: string }) => type)).toEqual(['endOfConversation']);
    expect(again.activities).toEqual([]);
    expect(whole.activities.at(-1)?.type).toBe('endOfConversation');
  });

  it('takes typing and events without a word, and an end as a hang-up', async () => {
    const { token, path } = await server.begin();
    const ids = [];
    for (const type of ['typing', 'event', 'endOfConversation'])
      ids.push(
        (await server.call('POST', `${path}/activities`, { token, body: { type, name: 'x' } })).json.id,
      );
    expect(ids.every((id) => typeof id === 'string' && id.length > 0)).toBe(true);
    expect(server.conversations.inputs.map(({ kind }) => kind)).toEqual(['start', 'hang-up']);
  });

  it('refuses attachments, empty messages and types it does not know with 400', async () => {
    const { token, path } = await server.begin();
    const bodies = [
      { ...message('voici'), attachments: [{ contentType: 'image/png', contentUrl: 'data:,' }] },
      { type: 'message' },
      { type: 'message', text: '  ' },
      { type: 'conversationUpdate' },
      { type: 'invoke', text: 'x' },
      [],
      {},
    ];
    const answers = await Promise.all(
      bodies.map((body) => server.call('POST', `${path}/activities`, { token, body })),
    );
    expect(answers.map(({ status, json }) => `${status} ${json.error.code}`)).toEqual(
      bodies.map(() => '400 BadArgument'),
    );
    expect(answers.every(({ json }) => json.error.message.length > 0)).toBe(true);
  });

  it('answers 503 or 500 with a sentence, and nothing of the words, when the dialogs fail', async () => {
    const { token, path } = await server.begin();
    server.conversations.takeTurn = async () => {
      throw new Error('bonjour was not expected');
    };
    const { status, text, json } = await server.call('POST', `${path}/activities`, {
      token,
      body: message('bonjour'),
    });
    expect([status, json.error.code]).toEqual([500, 'ServiceError']);
    expect(text).not.toContain('bonjour');
  });

  it('is not there under /api/messages', async () => {
    const { status } = await server.call('POST', '/api/messages', {
      body: { serviceUrl: 'http://127.0.0.1' },
    });
    expect(status).toBe(404);
  });
});

describe('other origins', () => {
  const preflight = (origin: string) =>
    server.call('OPTIONS', '/v3/directline/conversations', {
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('lets pages of a listed origin, and our own, speak to the chat', async () => {
    const { status, headers } = await preflight(FRIEND);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
    for (const header of ['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with'])
      expect(headers.get('access-control-allow-headers')).toContain(header);
    expect((await preflight(server.url)).headers.get('access-control-allow-origin')).toBe(server.url);
  });

  it('gives no permission to other pages, without ever answering 403', async () => {
    const { status, headers } = await preflight('https://elsewhere.example.invalid');
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });
});

it('keeps tokens apart from tickets: neither opens what the other does', async () => {
  const { streamUrl, path } = await server.begin();
  const ticket = new URL(streamUrl).searchParams.get('t') ?? '';
  const { status } = await server.call('GET', `${path}/activities`, { token: ticket });
  server.clock.advance(60 * SECOND);
  expect(status).toBe(401);
});

describe('a turn that takes long', () => {
  it('keeps no other conversation waiting', async () => {
    let finish = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const slow = await chatServer((conversations) => {
      const { takeTurn } = conversations;
      conversations.takeTurn = async (input) => {
        if (input.text === 'lent') await waits;
        return takeTurn(input);
      };
    });
    try {
      const [first, second] = [await slow.begin(), await slow.begin()];
      const post = ({ token, path }: typeof first, text: string) =>
        slow.call('POST', `${path}/activities`, { token, body: message(text) });
      const late = post(first, 'lent');
      expect((await post(second, 'bonjour')).status).toBe(200);
      expect(slow.conversations.inputs.map(({ text }) => text)).not.toContain('lent');
      finish();
      expect((await late).status).toBe(200);
    } finally {
      await slow.close();
    }
  });
});
