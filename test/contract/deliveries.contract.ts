import { describe, expect, it } from 'vitest';
import type { DeliveryMark } from '../../src/conversations/delivery-store.js';
import { instant } from '../../src/kernel/clock.js';
import { asId, type ConversationId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, race } from './contract.js';

const ID = asId<ConversationId>('conversation-1');

export function describeDeliveryStore(name: string, open: OpenStores): void {
  describe(`the marks of delivery on ${name}`, () => {
    const stores = freshStores(open);
    const mark = (change: Partial<DeliveryMark> = {}): DeliveryMark => ({
      conversation: ID,
      delivered: 0,
      claimedUntil: instant(0),
      version: 1,
      ...change,
    });

    it('let one of fifty who claim the next message send it', async () => {
      const { deliveries } = stores();
      expect(await deliveries.get(ID)).toBeUndefined();
      const first = await race(() => deliveries.save(mark({ claimedUntil: instant(9) })));
      expect(first.get('saved')).toBe(1);
      const next = await race(() => deliveries.save(mark({ delivered: 3, version: 2 })));
      expect(next.get('saved')).toBe(1);
      expect(await deliveries.get(ID)).toEqual(mark({ delivered: 3, version: 2 }));
    });

    it('go with their conversation', async () => {
      const { conversations, deliveries } = stores();
      const at = instant(1);
      await conversations.create(
        {
          ...{ id: ID, channel: 'bot-framework', language: 'fr', owner: { kind: 'bot' }, sealedState: 's' },
          ...{ epoch: 0, version: 0, lastSeq: 0, openedAt: at, activeAt: at, alert: null, lineRequest: null },
        },
        [],
      );
      await deliveries.save(mark());
      await conversations.remove([ID]);
      expect(await deliveries.get(ID)).toBeUndefined();
    });
  });
}
