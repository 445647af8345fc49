import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningService, type TestService } from '../../support/running-service.js';
import { testDatabases } from '../../support/test-databases.js';
import { type AnswerBody, Listener, message, until } from './chat-server.js';

const KEYS = { SECRET_KEY: '1'.repeat(64), CODE_KEY: '2'.repeat(64) };
/** Sooner than a stream looks by itself (5 s): it was told by the other instance. */
const TOLD_WITHIN_MS = 3_000;

const [database] = testDatabases();

describe.runIf(database !== undefined)('two instances on one MongoDB', () => {
  let one: TestService;
  let two: TestService;
  beforeAll(async () => {
    one = await runningService({ ...KEYS, MONGODB_URI: database?.uri ?? '' });
    two = await runningService({ ...KEYS, MONGODB_URI: database?.uri ?? '' });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([one.remove(), two.remove()]);
    await database?.drop();
  });

  const call = async (service: TestService, path: string, token = '', body?: object): Promise<AnswerBody> => {
    const response = await fetch(`${service.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json() as Promise<AnswerBody>;
  };
  const begin = async () => {
    const { token, conversationId } = await call(one, '/api/chat/token', '', {});
    const path = `/v3/directline/conversations/${conversationId}`;
    const listen = async (service: TestService): Promise<Listener> =>
      new Listener((await call(service, path, token)).streamUrl);
    const say = (service: TestService, text: string) =>
      call(service, `${path}/activities`, token, message(text, `k-${text}`));
    return { id: conversationId, listen, say };
  };

  it('deliver to each other’s sockets what a caller and an operator say', async () => {
    const { id, listen, say } = await begin();
    const [here, there] = [await listen(one), await listen(two)];
    await until(() => here.texts.length >= 3 && there.texts.length >= 3, TOLD_WITHIN_MS);
    await say(two, 'bonjour');
    await until(() => here.texts.includes('bonjour') && there.texts.includes('bonjour'), TOLD_WITHIN_MS);
    const camille = { id: 'operator-1' as never, pseudonym: 'Camille' };
    expect((await two.service.desk.claim(id as never, camille)).kind).toBe('done');
    await two.service.desk.reply(id as never, camille, 'Je vous lis.');
    await until(() => here.texts.includes('Je vous lis.'), TOLD_WITHIN_MS);
    await until(() => here.texts.length === there.texts.length, TOLD_WITHIN_MS);
    expect(here.texts).toEqual(there.texts);
  });

  it('answer both of two messages sent at once, one to each, once', async () => {
    const { listen, say } = await begin();
    const heard = await listen(one);
    const [first, second] = await Promise.all([say(one, 'je dors mal'), say(two, 'je suis en conflit')]);
    expect(new Set([first.id, second.id]).size).toBe(2);
    await until(() => ['je dors mal', 'je suis en conflit'].every((text) => heard.texts.includes(text)));
    const said = heard.activities.filter(({ from }) => from.role === 'user').map(({ text }) => text);
    expect(said.sort()).toEqual(['je dors mal', 'je suis en conflit']);
  });
});
