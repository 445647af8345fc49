import { describe, expect, it } from 'vitest';
import type { ConversationHead } from '../../src/conversations/conversation.js';
import type { Alert } from '../../src/handoff/alert.js';
import type { Presence } from '../../src/handoff/presence-store.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, RACERS, race } from './contract.js';

const presence = (staff: string, change: Partial<Presence> = {}): Presence => ({
  staff: asId(staff),
  pseudonym: 'Camille',
  shiftSince: instant(1),
  seenAt: instant(10),
  viewing: asId('conversation'),
  state: { kind: 'pause', since: instant(5), until: instant(9) },
  heavy: 1,
  pauses: 2,
  version: 1,
  ...change,
});

const head = (id: string, change: Partial<ConversationHead> = {}): ConversationHead => ({
  id: asId(id),
  channel: 'web',
  language: 'fr',
  owner: { kind: 'bot' },
  epoch: 0,
  version: 0,
  lastSeq: 0,
  openedAt: instant(1),
  activeAt: instant(1),
  alert: null,
  lineRequest: null,
  sealedState: '',
  ...change,
});

export function describeDeskStores(name: string, open: OpenStores): void {
  describe(`presences on ${name}`, () => {
    const stores = freshStores(open);

    it('keep one record a person, in its last version, whoever writes at once', async () => {
      const { presences } = stores();
      expect(await presences.get(asId('a'))).toBeUndefined();
      const first = await race((racer) => presences.save(presence('a', { heavy: racer })));
      expect([first.get('saved'), first.get('conflict')]).toEqual([1, RACERS - 1]);
      const next = await race((racer) => presences.save(presence('a', { version: 2, pauses: racer })));
      expect(next.get('saved')).toBe(1);
      expect(await presences.get(asId('a'))).toMatchObject({ staff: 'a', version: 2 });
    });

    it('list who was seen since, and give back what was put', async () => {
      const { presences } = stores();
      await presences.save(presence('a'));
      await presences.save(presence('b', { seenAt: instant(11), viewing: null, state: { kind: 'ready' } }));
      expect((await presences.list(instant(10), 10)).map(({ staff }) => staff)).toEqual(['a', 'b']);
      expect(await presences.list(instant(11), 10)).toEqual([
        presence('b', { seenAt: instant(11), viewing: null, state: { kind: 'ready' } }),
      ]);
      expect(await presences.list(instant(1), 1)).toHaveLength(1);
    });
  });

  describe(`notes on ${name}`, () => {
    const stores = freshStores(open);

    it('come back in order, and go with their conversation', async () => {
      const { notes } = stores();
      const note = (id: string, at: number, conversation = 'c') =>
        ({
          id: asId<never>(id),
          conversation: asId<never>(conversation),
          at: instant(at),
          sealed: id,
        }) as const;
      for (const one of [note('b', 2), note('a', 1), note('x', 1, 'other')]) await notes.add(one);
      expect(await notes.of(asId('c'), 10)).toEqual([note('a', 1), note('b', 2)]);
      expect(await notes.of(asId('c'), 1)).toEqual([note('a', 1)]);
      await notes.removeOf(asId('c'));
      expect(await notes.of(asId('c'), 10)).toEqual([]);
      expect(await notes.of(asId('other'), 10)).toHaveLength(1);
    });
  });

  describe(`what the desk reads on ${name}`, () => {
    const stores = freshStores(open);

    it('are conversations active since, contacts of a conversation, offers and alarms as they were', async () => {
      const { conversations, vault, alerts } = stores();
      const offer = { to: asId<never>('b'), by: asId<never>('a'), until: instant(9) };
      const humanPart = { from: 1, to: 4, next: 'appointment' } as const;
      const offered = head('offered', { activeAt: instant(20), offer, humanPart });
      await conversations.create(offered, []);
      await conversations.create(head('old', { activeAt: instant(19) }), []);
      const live = { owners: ['bot'], limit: 10 } as const;
      expect(await conversations.list({ ...live, activeSince: instant(20) })).toEqual([offered]);
      expect(await conversations.list(live)).toHaveLength(2);
      const contact = {
        id: asId<never>('k'),
        purpose: 'vital-reveal',
        conversation: asId<never>('c'),
        sealed: 's',
        endsAt: instant(5),
      } as const;
      await vault.put(contact);
      await vault.put({ ...contact, endsAt: instant(3) });
      expect(await vault.of(asId('c'), 10)).toEqual([{ ...contact, endsAt: instant(3) }]);
      expect(await vault.ended(instant(4), 10)).toHaveLength(1);
      const alert: Alert = {
        id: asId('al'),
        conversation: asId('c'),
        reason: 'plan',
        openedAt: instant(1),
        state: { kind: 'open' },
        alarm: { since: instant(4), calls: 2 },
        version: 1,
      };
      await alerts.open(alert);
      expect(await alerts.live(asId('c'))).toEqual(alert);
    });
  });
}
