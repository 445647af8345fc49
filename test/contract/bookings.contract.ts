import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { ticksOf } from '../../src/booking/ticks.js';
import { instant, MINUTE } from '../../src/kernel/clock.js';
import { asId, type ConversationId, type PsychologistId } from '../../src/kernel/ids.js';
import { freshStores, type OpenStores, RACERS, race } from './contract.js';

const NOW = instant(Date.parse('2026-03-02T09:00:00Z'));
const PERSON = asId<PsychologistId>('psychologist-1');

function hold(change: { id: string; at?: number; minutes?: number; by?: string; until?: number }): Booking {
  const start = instant(NOW + (change.at ?? 60) * MINUTE);
  const end = instant(start + (change.minutes ?? 45) * MINUTE);
  return {
    id: asId(change.id),
    psychologist: PERSON,
    site: asId('site'),
    mode: 'telephone',
    start,
    end,
    status: 'held',
    codeHash: `code-${change.id}`,
    heldBy: asId<ConversationId>(change.by ?? `caller-${change.id}`),
    heldUntil: instant(change.until ?? NOW + 5 * MINUTE),
    ticks: ticksOf({ psychologist: PERSON, start, end }),
  };
}

export function describeBookingStore(name: string, open: OpenStores): void {
  describe(`the booking store on ${name}`, () => {
    const stores = freshStores(open);

    it('refuses any overlap of any length, and allows what only touches', async () => {
      const { bookings } = stores();
      expect(await bookings.hold(hold({ id: 'a', at: 60, minutes: 45 }), NOW)).toBe('held');
      expect(await bookings.hold(hold({ id: 'b', at: 45, minutes: 20 }), NOW)).toBe('taken');
      expect(await bookings.hold(hold({ id: 'c', at: 100, minutes: 5 }), NOW)).toBe('taken');
      expect(await bookings.hold(hold({ id: 'd', at: 0, minutes: 300 }), NOW)).toBe('taken');
      expect(await bookings.hold(hold({ id: 'e', at: 105, minutes: 30 }), NOW)).toBe('held');
      expect(await bookings.hold(hold({ id: 'f', at: 30, minutes: 30 }), NOW)).toBe('held');
    });

    it('lets one of fifty holds at once win, whatever their lengths', async () => {
      const { bookings } = stores();
      const counts = await race((racer) =>
        bookings.hold(
          hold({ id: `r${racer}`, at: 60 + (racer % 5) * 5, minutes: 45 + (racer % 3) * 15 }),
          NOW,
        ),
      );
      expect(counts.get('held')).toBe(1);
      expect(counts.get('taken')).toBe(RACERS - 1);
    });

    it('lets a hold go at its very end, and not an instant before', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a', until: NOW + 1_000 }), NOW);
      expect(await bookings.hold(hold({ id: 'b' }), instant(NOW + 999))).toBe('taken');
      expect(await bookings.confirm(asId('a'), instant(NOW + 1_000))).toBe('hold-ended');
      expect(await bookings.hold(hold({ id: 'b' }), instant(NOW + 1_000))).toBe('held');
      expect(await bookings.confirm(asId('a'), NOW)).toBe('unknown');
    });

    it('replaces an earlier hold of the same conversation', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a', by: 'one' }), NOW);
      expect(await bookings.hold(hold({ id: 'b', by: 'one', at: 200 }), NOW)).toBe('held');
      expect(await bookings.hold(hold({ id: 'c', by: 'two' }), NOW)).toBe('held');
      expect(await bookings.confirm(asId('a'), NOW)).toBe('unknown');
    });

    it('keeps the earlier hold of a conversation when the new one is refused', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a', by: 'one' }), NOW);
      await bookings.hold(hold({ id: 'b', by: 'two', at: 200 }), NOW);
      expect(await bookings.hold(hold({ id: 'c', by: 'one', at: 200 }), NOW)).toBe('taken');
      expect(await bookings.confirm(asId('a'), NOW)).toBe('confirmed');
    });

    it('confirms once or twice alike, and links the booking to no conversation', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a' }), NOW);
      expect(await bookings.byCode('code-a')).toBeUndefined();
      expect(await bookings.confirm(asId('a'), NOW)).toBe('confirmed');
      expect(await bookings.confirm(asId('a'), instant(NOW + 3_600_000))).toBe('confirmed');
      expect(await bookings.byCode('code-a')).toMatchObject({
        status: 'confirmed',
        heldBy: null,
        heldUntil: null,
      });
      await bookings.releaseHolds(asId('caller-a'));
      expect(await bookings.byCode('code-a')).toMatchObject({ status: 'confirmed' });
    });

    it('extends a hold that lives, and not one that has ended', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a', until: NOW + 1_000 }), NOW);
      expect(await bookings.renew(asId('a'), instant(NOW + 9_000), instant(NOW + 999))).toBe('renewed');
      expect(await bookings.renew(asId('a'), instant(NOW + 20_000), instant(NOW + 9_000))).toBe('hold-ended');
    });

    it('gives the time back when it is cancelled, once', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a' }), NOW);
      expect(await bookings.cancel(asId('a'))).toBe('unknown');
      await bookings.confirm(asId('a'), NOW);
      expect(await bookings.cancel(asId('a'))).toBe('cancelled');
      expect(await bookings.cancel(asId('a'))).toBe('already-cancelled');
      expect(await bookings.cancel(asId('nothing'))).toBe('unknown');
      expect(await bookings.hold(hold({ id: 'b' }), NOW)).toBe('held');
      expect(await bookings.byCode('code-a')).toMatchObject({ status: 'cancelled' });
    });

    it('keeps two cancelled bookings apart', async () => {
      const { bookings } = stores();
      for (const id of ['a', 'b']) {
        await bookings.hold(hold({ id }), NOW);
        await bookings.confirm(asId(id), NOW);
        expect(await bookings.cancel(asId(id))).toBe('cancelled');
      }
    });

    it('releases what a conversation holds', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a', by: 'one' }), NOW);
      await bookings.releaseHolds(asId('one'));
      expect(await bookings.hold(hold({ id: 'b' }), NOW)).toBe('held');
    });

    it('tells which times are busy: what touches the window, without ended holds and cancelled ones', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'before', at: 0, minutes: 60 }), NOW);
      await bookings.hold(hold({ id: 'across', at: 60, minutes: 60 }), NOW);
      await bookings.hold(hold({ id: 'after', at: 180, minutes: 60 }), NOW);
      await bookings.hold(hold({ id: 'ended', at: 130, minutes: 10, until: NOW }), instant(NOW - 1));
      const busy = await bookings.busy({
        psychologists: [PERSON],
        from: instant(NOW + 60 * MINUTE),
        to: instant(NOW + 180 * MINUTE),
        now: NOW,
      });
      expect(busy.map(({ id }) => id)).toEqual(['across']);
    });
  });
}
