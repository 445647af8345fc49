import { describe, expect, it } from 'vitest';
import type { ConversationHead, SealedMessage } from '../../src/conversations/conversation.js';
import { instant } from '../../src/kernel/clock.js';
import { type AlertId, asId, type ConversationId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, RACERS, race } from './contract.js';

const ID = asId<ConversationId>('conversation-1');

const head = (change: Partial<ConversationHead> = {}): ConversationHead => ({
  id: ID,
  channel: 'web',
  language: 'fr',
  owner: { kind: 'bot' },
  epoch: 0,
  version: 0,
  lastSeq: 0,
  openedAt: instant(1_000),
  activeAt: instant(1_000),
  alert: null,
  lineRequest: null,
  sealedState: 'state-0',
  ...change,
});

const message = (seq: number, conversation = ID): SealedMessage => ({
  conversation,
  seq,
  from: 'caller',
  at: instant(1_000 + seq),
  sealed: `words-${seq}`,
});

export function describeConversationStore(name: string, open: OpenStores): void {
  describe(`the conversation store on ${name}`, () => {
    const stores = freshStores(open);

    it('gives back what was created, and refuses the same id twice', async () => {
      const { conversations } = stores();
      expect(await conversations.create(head(), [])).toBe('created');
      expect(await conversations.create(head({ language: 'en' }), [])).toBe('exists');
      expect(await conversations.get(ID)).toEqual(head());
      expect(await conversations.get(asId('unknown'))).toBeUndefined();
    });

    it('writes a head and its messages together, and reads messages after a number in order', async () => {
      const { conversations } = stores();
      await conversations.create(head(), []);
      const first = head({ version: 1, lastSeq: 2 });
      expect(await conversations.commit(first, [message(1), message(2)])).toBe('committed');
      const second = head({ version: 2, lastSeq: 3, sealedState: 'state-2' });
      expect(await conversations.commit(second, [message(3)])).toBe('committed');
      expect(await conversations.get(ID)).toEqual(second);
      expect(await conversations.messages(ID, 0, 100)).toEqual([message(1), message(2), message(3)]);
      expect(await conversations.messages(ID, 2, 100)).toEqual([message(3)]);
      expect(await conversations.messages(ID, 3, 100)).toEqual([]);
      expect(await conversations.messages(ID, 0, 2)).toEqual([message(1), message(2)]);
    });

    it('refuses a write on a version that is not the last, and one on nothing', async () => {
      const { conversations } = stores();
      await conversations.create(head(), []);
      await conversations.commit(head({ version: 1, lastSeq: 1 }), [message(1)]);
      expect(await conversations.commit(head({ version: 1, lastSeq: 1 }), [message(1)])).toBe('conflict');
      expect(await conversations.commit(head({ version: 3 }), [])).toBe('conflict');
      expect(await conversations.commit(head({ id: asId('unknown'), version: 1 }), [])).toBe('unknown');
      expect(await conversations.messages(ID, 0, 10)).toEqual([message(1)]);
    });

    it('lets one of fifty writes at once win', async () => {
      const { conversations } = stores();
      await conversations.create(head(), []);
      const counts = await race((racer) =>
        conversations.commit(head({ version: 1, lastSeq: 1, sealedState: `state-${racer}` }), [message(1)]),
      );
      expect(counts.get('committed')).toBe(1);
      expect(counts.get('conflict')).toBe(RACERS - 1);
      expect(await conversations.messages(ID, 0, 10)).toHaveLength(1);
    });

    it('lists by owner, longest silent first, and forgets the owner before', async () => {
      const { conversations } = stores();
      const queue = { kind: 'queue', since: instant(5) } as const;
      const first = head({ id: asId('a'), activeAt: instant(200), owner: queue });
      const second = head({ id: asId('b'), activeAt: instant(100), owner: queue });
      await conversations.create(first, []);
      await conversations.create(second, []);
      await conversations.create(head({ id: asId('c') }), []);
      const ids = async (): Promise<string[]> =>
        (await conversations.list({ owners: ['queue'], limit: 10 })).map(({ id }) => id);
      expect(await ids()).toEqual(['b', 'a']);
      await conversations.commit({ ...second, version: 1, owner: { kind: 'bot' } }, []);
      expect(await ids()).toEqual(['a']);
    });

    it('finds the inactive ones, but none with an open alert', async () => {
      const { conversations } = stores();
      await conversations.create(head({ id: asId('old'), activeAt: instant(99) }), []);
      await conversations.create(head({ id: asId('edge'), activeAt: instant(100) }), []);
      const alert = asId<AlertId>('alert');
      await conversations.create(head({ id: asId('alert'), activeAt: instant(50), alert }), []);
      expect(await conversations.inactiveSince(instant(100), 10)).toEqual(['old']);
    });

    it('removes heads and messages, and nothing else', async () => {
      const { conversations } = stores();
      const other = asId<ConversationId>('other');
      await conversations.create(head(), []);
      await conversations.create(head({ id: other }), []);
      await conversations.commit(head({ version: 1, lastSeq: 1 }), [message(1)]);
      await conversations.commit(head({ id: other, version: 1, lastSeq: 1 }), [message(1, other)]);
      await conversations.remove([ID, asId('unknown')]);
      expect(await conversations.get(ID)).toBeUndefined();
      expect(await conversations.messages(ID, 0, 10)).toEqual([]);
      expect(await conversations.messages(other, 0, 10)).toHaveLength(1);
      expect(await conversations.list({ owners: ['bot'], limit: 10 })).toHaveLength(1);
    });

    it('hands out copies', async () => {
      const { conversations } = stores();
      await conversations.create(head(), []);
      const read = await conversations.get(ID);
      if (read !== undefined) read.language = 'en';
      expect((await conversations.get(ID))?.language).toBe('fr');
    });
  });

  describe(`the event log on ${name}`, () => {
    const stores = freshStores(open);

    it('numbers events from 1 without a gap, whoever appends at once', async () => {
      const { events } = stores();
      expect(await events.last()).toBe(0);
      const numbers = await Promise.all(
        Array.from({ length: RACERS }, () => events.append({ kind: 'line-changed' })),
      );
      expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: RACERS }, (_, i) => i + 1));
      expect((await events.after(48, 10)).map(({ seq }) => seq)).toEqual([49, 50]);
      expect(await events.after(50, 10)).toEqual([]);
      expect(await events.last()).toBe(RACERS);
    });

    it('drops what is trimmed and goes on numbering', async () => {
      const { events } = stores();
      for (let count = 0; count < 3; count += 1)
        await events.append({ kind: 'conversation-changed', conversation: ID });
      await events.trim(2);
      expect(await events.after(2, 10)).toEqual([
        { seq: 3, event: { kind: 'conversation-changed', conversation: ID } },
      ]);
      expect(await events.append({ kind: 'line-changed' })).toBe(4);
    });
  });
}
