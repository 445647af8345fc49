import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalFeed } from '../../src/conversations/change-feed.js';
import { type Conversations, createConversations } from '../../src/conversations/conversations.js';
import { createTurnQueue } from '../../src/conversations/turn-queue.js';
import { createAlerts } from '../../src/handoff/alerts.js';
import { createDesk, type Desk } from '../../src/handoff/desk.js';
import { asId, type ConversationId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';
import { createRecordSealer } from '../../src/privacy/record-sealer.js';
import { createSecrets } from '../../src/privacy/secrets.js';
import { openMongo } from '../../src/storage/mongo/open-mongo.js';
import type { Stores } from '../../src/storage/stores.js';
import { frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';
import { testDatabases } from '../support/test-databases.js';

const STORES: [string, () => Promise<{ stores: Stores; remove: () => Promise<void> }>][] = [
  ['LMDB', temporaryStore],
  ...testDatabases().map(({ uri, drop }): (typeof STORES)[number] => [
    'MongoDB',
    async () => {
      const stores = await openMongo(uri);
      return { stores, remove: () => stores.close().then(drop) };
    },
  ]),
];
const RACERS = 20;
const ROUNDS = 10;
const operator = (name: string | number) => ({ id: asId<never>(`s${name}`), pseudonym: `P${name}` });
const ownerAfter = ({ closed, claimed }: { closed: boolean; claimed: boolean }): string => {
  if (closed) return 'closed';
  return claimed ? 'operator' : 'bot';
};
const ENDED = { outcome: 'listened', orientation: 'none' } as const;

/** Another instance of the desk on the same store. */
function instanceOn(stores: Stores): { desk: Desk; conversations: Conversations } {
  const [clock, random, log] = [frozenClock(), seededRandom(), createLogger('silent')];
  const secrets = createSecrets({ current: Buffer.alloc(32, 1), random });
  const conversations = createConversations({
    ...{ clock, random, store: stores.conversations, feed: createLocalFeed(log, 'test') },
    sealer: createRecordSealer({ clock, random, secrets, store: stores.recordKeys }),
    contacts: { withdrawAll: async () => undefined },
  });
  const alerts = createAlerts({ clock, random, store: stores.alerts, changed: async () => undefined });
  const desk = createDesk({
    ...{ clock, conversations, alerts, understood: () => ({}) },
    words: {
      takenOver: (_language, name) => `taken ${name}`,
      transferred: (_language, name) => `transferred ${name}`,
      handedBack: () => 'back',
      closed: () => 'closed',
      ownerLost: () => 'lost',
    },
    bringIn: async () => ({ kind: 'busy' }),
    resume: async () => undefined,
  });
  return { desk, conversations };
}

describe.each(STORES)('races for a conversation on %s', (_name, open) => {
  let opened: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.remove());

  const waiting = async (conversations: Conversations, index: number): Promise<ConversationId> => {
    const { id } = await conversations.open({ channel: 'web', language: 'fr', id: asId(`c${index}`) });
    return id;
  };
  const told = async (conversations: Conversations, id: ConversationId): Promise<string[]> =>
    ((await conversations.transcript(id, 0, 100)) ?? []).map(({ text }) => text);

  it('are won by one of twenty claims, on two instances, and the caller is told once', async () => {
    const instances = [instanceOn(opened.stores), instanceOn(opened.stores)];
    const [{ conversations }] = instances as [(typeof instances)[number]];
    const id = await waiting(conversations, 0);
    const outcomes = await Promise.all(
      Array.from({ length: RACERS }, (_, index) => instances[index % 2]?.desk.claim(id, operator(index))),
    );
    const won = outcomes.flatMap((outcome, index) => (outcome?.kind === 'done' ? [index] : []));
    expect(won).toHaveLength(1);
    for (const outcome of outcomes.filter((one) => one?.kind !== 'done'))
      expect(outcome).toMatchObject({ kind: 'lost' });
    expect(await told(conversations, id)).toEqual([`taken P${won[0]}`]);
  });

  it('between claim, hand-back and close leave one owner, told in the order it happened', async () => {
    const [one, two] = [instanceOn(opened.stores), instanceOn(opened.stores)];
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await waiting(one.conversations, round);
      await one.desk.claim(id, operator('a'));
      const [back, closed, claimed] = await Promise.all([
        one.desk.handBack(id, operator('a'), 'anything'),
        two.desk.close(id, operator('a'), ENDED),
        two.desk.claim(id, operator('b')),
      ]);
      expect([back.kind, closed.kind].filter((kind) => kind === 'done')).toHaveLength(1);
      const texts = await told(one.conversations, id);
      expect(texts.slice(0, 2)).toEqual(['taken Pa', back.kind === 'done' ? 'back' : 'closed']);
      expect(claimed.kind).toBe(texts.length === 3 ? 'done' : 'lost');
      const owner = (await one.conversations.head(id))?.owner.kind;
      expect(owner).toBe(ownerAfter({ closed: closed.kind === 'done', claimed: claimed.kind === 'done' }));
    }
  });

  it('between an answer and a hand-back never put words of a person after they left', async () => {
    const [one, two] = [instanceOn(opened.stores), instanceOn(opened.stores)];
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await waiting(one.conversations, round);
      await one.desk.claim(id, operator('a'));
      const [, replied] = await Promise.all([
        one.desk.handBack(id, operator('a'), 'anything'),
        two.desk.reply(id, operator('a'), 'réponse'),
      ]);
      const expected = replied.kind === 'done' ? ['taken Pa', 'réponse', 'back'] : ['taken Pa', 'back'];
      expect(await told(one.conversations, id)).toEqual(expected);
    }
  });

  it('between an acceptance and the end of an offer leave one owner', async () => {
    const [one, two] = [instanceOn(opened.stores), instanceOn(opened.stores)];
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await waiting(one.conversations, round);
      await one.desk.claim(id, operator('a'));
      await one.desk.offer(id, operator('a'), operator('b').id);
      const [accepted] = await Promise.all([
        two.desk.acceptOffer(id, operator('b')),
        one.desk.handBack(id, operator('a'), 'anything'),
      ]);
      const owner = (await one.conversations.head(id))?.owner;
      if (accepted.kind === 'done') expect(owner).toMatchObject({ kind: 'operator', staff: 'sb' });
      else expect(owner?.kind).toBe('bot');
      expect((await one.conversations.head(id))?.offer ?? null).toBeNull();
    }
  });
});

describe('ten messages with decreasing delays', () => {
  it('are answered in the order they came', async () => {
    const queue = createTurnQueue();
    const done: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        queue.run('conversation', async () => {
          await new Promise((resolve) => setTimeout(resolve, 20 - 2 * index));
          done.push(index);
        }),
      ),
    );
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
