import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BotFrameworkChannel,
  createBotFrameworkChannel,
} from '../../src/channels/bot-framework/bot-framework-channel.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/kernel/log.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { runningService } from '../support/running-service.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';
import { until } from './web-chat/chat-server.js';
import { type MemoryConversations, memoryConversations } from './web-chat/memory-conversations.js';

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const activity = (fields: object): object => ({
  type: 'message',
  id: 'a1',
  text: 'bonjour',
  channelId: 'msteams',
  conversation: { id: '19:somebody@thread' },
  from: { id: '29:somebody', name: 'Prénom Nom' },
  recipient: { id: '28:bot' },
  ...fields,
});
const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('a channel of the Bot Framework', () => {
  let conversations: MemoryConversations;
  let channel: BotFrameworkChannel;
  let store: Awaited<ReturnType<typeof temporaryStore>>;
  let clock: FrozenClock;
  let bot: Server;
  let connector: Server;
  let botUrl: string;
  let serviceUrl: string;
  let refused: boolean;
  let refusals: number;
  let heard: { text?: string; type: string }[];

  /** Without an app id the SDK asks for no token: only here, where we are the channel. */
  const start = async (): Promise<void> => {
    channel = createBotFrameworkChannel({
      authentication: new ConfigurationBotFrameworkAuthentication({}),
      appId: '',
      takeTurn: (input) => conversations.takeTurn(input),
      conversations,
      deliveries: store.stores.deliveries,
      clock,
      idKey: Buffer.alloc(32, 3),
      log: createLogger('silent'),
    });
    bot = createServer(express().use('/api/messages', channel.router));
    botUrl = `${await listen(bot)}/api/messages`;
  };
  const stop = async (): Promise<void> => {
    channel.close();
    bot.closeAllConnections();
    await new Promise((resolve) => bot.close(resolve));
  };
  beforeEach(async () => {
    store = await temporaryStore();
    clock = frozenClock();
    conversations = memoryConversations(clock, seededRandom());
    heard = [];
    [refused, refusals] = [false, 0];
    const app = express().use(express.json(), (request, response) => {
      if (refused) {
        refusals += 1;
        response.status(502).end();
        return;
      }
      heard.push(request.body);
      response.json({ id: String(heard.length) });
    });
    connector = createServer(app);
    serviceUrl = await listen(connector);
    await start();
  });
  afterEach(async () => {
    await stop();
    connector.closeAllConnections();
    await new Promise((resolve) => connector.close(resolve));
    await store.remove();
  });

  const say = (text: string, id: string) => post(botUrl, activity({ text, id, serviceUrl }));
  const texts = () => heard.map(({ text }) => text);

  it('greets, answers in order, and takes an activity that comes twice once', async () => {
    expect((await say('bonjour', 'a1')).status).toBe(200);
    await say('bonjour', 'a1');
    await say('encore', 'a2');
    expect(texts()).toEqual([
      'Bonjour. C’est gratuit, anonyme et confidentiel.',
      'Qu’est-ce qui vous amène aujourd’hui ?',
      'Vous dites : bonjour',
      'Vous dites : encore',
    ]);
  });

  it('keeps neither the name nor the ids of the channel', async () => {
    await say('bonjour', 'a1');
    const [id] = conversations.ids();
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(JSON.stringify(conversations.inputs)).not.toMatch(/somebody|Prénom/);
  });

  it('sends what a person writes later, and after a restart what has not left, and only that', async () => {
    await say('bonjour', 'a1');
    const [id] = conversations.ids();
    conversations.post(id as never, { from: 'operator', by: 'Camille', text: 'Je vous lis.' });
    await until(() => texts().at(-1) === 'Camille : Je vous lis.');
    await stop();
    conversations.post(id as never, { from: 'operator', by: 'Camille', text: 'Êtes-vous là ?' });
    await start();
    heard.length = 0;
    await say('oui', 'a2');
    expect(texts()).toEqual(['Camille : Êtes-vous là ?', 'Vous dites : oui']);
  });

  it('sends again what the channel did not take', async () => {
    await say('bonjour', 'a1');
    const [id] = conversations.ids();
    refused = true;
    conversations.post(id as never, { from: 'operator', by: 'Camille', text: 'Je vous lis.' });
    await until(() => refusals > 0);
    refused = false;
    await say('oui', 'a2');
    expect(texts().slice(-2)).toEqual(['Camille : Je vous lis.', 'Vous dites : oui']);
  });

  it('leaves a message to the instance that sends it, and takes it over when that one has died', async () => {
    await say('bonjour', 'a1');
    const [id = ''] = conversations.ids();
    const mark = await store.stores.deliveries.get(id as never);
    if (mark === undefined) throw new Error('nothing was marked');
    const claimedUntil = (clock.now() + 30_000) as never;
    await store.stores.deliveries.save({ ...mark, claimedUntil, version: mark.version + 1 });
    heard.length = 0;
    conversations.post(id as never, { from: 'operator', by: 'Camille', text: 'Je vous lis.' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(texts()).toEqual([]);
    clock.advance(30_000);
    await until(() => texts().length > 0, 5_000);
    expect(texts()).toEqual(['Camille : Je vous lis.']);
  });

  it('begins anew after the end of a conversation', async () => {
    await say('fin', 'a1');
    await say('bonjour', 'a2');
    expect(conversations.ids()).toHaveLength(2);
    expect(texts().at(-1)).toBe('Vous dites : bonjour');
  });

  it.each([{}, [], { serviceUrl: 'file:///etc/passwd' }, { conversation: 1 }, { id: 'x'.repeat(600) }])(
    'refuses %j with 400',
    async (fields) => {
      const body = Array.isArray(fields) ? fields : activity(fields);
      expect((await post(botUrl, body)).status).toBe(400);
      expect(heard).toEqual([]);
    },
  );
});

describe('/api/messages', () => {
  const statusOf = async (environment: Record<string, string>): Promise<number> => {
    const service = await runningService(environment);
    try {
      return (await post(`${service.url}/api/messages`, activity({ serviceUrl: 'http://127.0.0.1:9' })))
        .status;
    } finally {
      await service.remove();
    }
  };

  it('does not exist without credentials', async () => {
    expect(await statusOf({})).toBe(404);
  });

  it('takes nobody’s word with credentials: without a valid token 401, and no address is called', async () => {
    expect(await statusOf({ MICROSOFT_APP_ID: 'id', MICROSOFT_APP_PASSWORD: 'password-of-a-test' })).toBe(
      401,
    );
  });

  it.each([
    [{ MICROSOFT_APP_ID: 'id' }, /MICROSOFT_APP_PASSWORD: must be set/],
    [{ MICROSOFT_APP_PASSWORD: 'password' }, /MICROSOFT_APP_ID: must be set/],
    [
      { MICROSOFT_APP_ID: 'id', MICROSOFT_APP_PASSWORD: 'p', MICROSOFT_APP_TYPE: 'SingleTenant' },
      /MICROSOFT_APP_TENANT_ID: must be set/,
    ],
  ])('half its credentials stop the start: %j', (environment, fault) => {
    expect(() => readConfig(environment, seededRandom())).toThrow(fault);
  });
});
