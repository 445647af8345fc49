import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../support/seeded-random.js';
import { type Begun, type ChatServer, chatServer, message } from './chat-server.js';

let server: ChatServer;
let chat: Begun;
beforeAll(async () => {
  server = await chatServer();
  chat = await server.begin();
});
afterAll(() => server.close());

const post = (raw: string, headers: Record<string, string> = {}) =>
  server.call('POST', `${chat.path}/activities`, { token: chat.token, raw, headers });

describe('large bodies', () => {
  it('refuses a message of a megabyte with 413 and the emergency numbers', async () => {
    const { status, json } = await post(JSON.stringify(message('a'.repeat(1_048_576))));
    expect([status, json.error.code]).toEqual([413, 'MessageSizeTooBig']);
    for (const number of ['15', '112', '3114']) expect(json.error.message).toContain(number);
  });

  it('says so in the language of the conversation', async () => {
    const { token, conversationId } = (
      await server.call('POST', '/api/chat/token', { body: { language: 'en' } })
    ).json;
    const path = `/v3/directline/conversations/${conversationId}/activities`;
    const { json } = await server.call('POST', path, { token, body: message('a'.repeat(200_000)) });
    expect(json.error.message).toMatch(/too long.*3114/);
  });

  it('takes a long letter whole', async () => {
    const letter = 'à bout '.repeat(15_000);
    const { status } = await post(JSON.stringify(message(letter)));
    expect(status).toBe(200);
    expect(server.conversations.inputs.at(-1)?.text).toBe(letter);
  });

  it('refuses a large body that says it is small text', async () => {
    const { status } = await server.call('POST', '/api/chat/leave', {
      raw: 'x'.repeat(5_000),
      headers: { 'content-type': 'text/plain' },
    });
    expect(status).toBe(413);
  });
});

describe('malformed bodies', () => {
  it('answers malformed JSON with 400', async () => {
    const { status, json } = await post('{"type":"message","text":');
    expect([status, json.error.code]).toEqual([400, 'BadArgument']);
  });

  it('answers an encoding and an address that cannot be read with 400', async () => {
    expect((await post('{}', { 'content-encoding': 'nonsense' })).status).toBeLessThan(500);
    expect(
      (await server.call('GET', '/v3/directline/conversations/%E0%A4%A', { token: chat.token })).status,
    ).toBe(400);
  });

  it('never answers 5xx or 403, whatever 500 random bodies hold', async () => {
    const bad: number[] = [];
    for (let round = 0; round < 500; round += 1) {
      const { status } = await post(randomBody(round), randomHeaders(round));
      if (status >= 500 || status === 403 || status === 429) bad.push(status);
    }
    expect(bad).toEqual([]);
  });
});

const random = seededRandom('bodies');
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)] as T;

/** JSON of unlikely shapes, cut or with bytes changed half of the time. */
function randomBody(round: number): string {
  const text = JSON.stringify(randomValue(4));
  if (round % 2 === 0) return text;
  const cut = random.integer(text.length + 1);
  return text.slice(0, cut) + random.bytes(random.integer(20)).toString('latin1') + text.slice(cut + 1);
}

function randomValue(depth: number): unknown {
  const leaf = pick([null, true, -1, 1e308, '', 'message', '\ud800', '\u0000', '__proto__', 'x'.repeat(300)]);
  if (depth === 0) return leaf;
  const shape = pick(['leaf', 'list', 'activity', 'activity', 'activity']);
  if (shape === 'leaf') return leaf;
  if (shape === 'list') return [randomValue(depth - 1), randomValue(depth - 1)];
  return {
    type: pick(['message', 'event', 'typing', leaf]),
    text: pick(['bonjour', leaf, randomValue(depth - 1)]),
    channelData: pick([
      { clientActivityID: randomValue(depth - 1) },
      { clientActivityID: '\ud800\u0000' },
      leaf,
    ]),
    attachments: pick([[], null, leaf, undefined]),
    constructor: leaf,
  };
}

const randomHeaders = (round: number): Record<string, string> =>
  round % 7 === 0
    ? { 'content-type': pick(['text/plain', 'application/xml', 'application/json; charset=zz']) }
    : {};
