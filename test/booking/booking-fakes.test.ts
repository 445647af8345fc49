import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { ticksOf } from '../../src/booking/ticks.js';
import { instant, MINUTE } from '../../src/kernel/clock.js';
import { asId, type BookingId } from '../../src/kernel/ids.js';
import { memoryBookingStore, memoryDiaryStore } from '../support/booking-fakes.js';
import { aSite, at, conversationId, psychologistId, siteId } from './builders.js';

const now = at('2026-03-02T07:00Z');

function aBooking(id: string, changes: Partial<Booking> = {}): Booking {
  const time = {
    psychologist: psychologistId('anna'),
    start: at('2026-03-02T10:00Z'),
    end: at('2026-03-02T10:45Z'),
    ...changes,
  };
  return {
    id: asId<BookingId>(id),
    site: siteId('eae'),
    mode: 'telephone',
    status: 'held',
    codeHash: `hash-${id}`,
    heldBy: conversationId(id),
    heldUntil: instant(now + 5 * MINUTE),
    ticks: ticksOf(time),
    ...time,
  };
}

describe('the stores in memory', () => {
  it('copy what they take and what they give', async () => {
    const store = memoryBookingStore();
    const booking = aBooking('a');
    await store.hold(booking, now);
    booking.codeHash = 'changed after';
    for (const seen of store.all()) seen.codeHash = 'changed outside';
    await store.confirm(booking.id, now);
    expect((await store.byCode('hash-a'))?.codeHash).toBe('hash-a');
    const diary = memoryDiaryStore({ sites: [aSite()] });
    for (const site of await diary.sites()) site.name = 'changed outside';
    expect(await diary.sites()).toEqual([aSite()]);
  });

  it('leave an earlier hold alone when the new one is refused', async () => {
    const store = memoryBookingStore();
    await store.hold(aBooking('rival'), now);
    const earlier = aBooking('mine', { start: at('2026-03-02T11:00Z'), end: at('2026-03-02T11:45Z') });
    await store.hold(earlier, now);
    const refused = aBooking('again', { heldBy: conversationId('mine') });
    expect(await store.hold(refused, now)).toBe('taken');
    expect(await store.confirm(earlier.id, now)).toBe('confirmed');
  });

  it('keep one private tick for a cancelled booking, so that its time is free', async () => {
    const store = memoryBookingStore();
    const booking = aBooking('a');
    await store.hold(booking, now);
    expect(await store.cancel(booking.id)).toBe('unknown');
    await store.confirm(booking.id, now);
    expect([await store.cancel(booking.id), await store.cancel(booking.id)]).toEqual([
      'cancelled',
      'already-cancelled',
    ]);
    expect(store.all()).toMatchObject([{ status: 'cancelled', ticks: ['free|a'] }]);
    expect(await store.hold(aBooking('b'), now)).toBe('held');
  });

  it('call a time busy while it is touched, and a hold busy until it ends', async () => {
    const store = memoryBookingStore();
    await store.hold(aBooking('a'), now);
    const busy = async (from: string, to: string, ms = 0): Promise<number> =>
      (
        await store.busy({
          psychologists: [psychologistId('anna')],
          from: at(from),
          to: at(to),
          now: instant(now + ms),
        })
      ).length;
    expect(await busy('2026-03-02T09:00Z', '2026-03-02T10:00Z')).toBe(0);
    expect(await busy('2026-03-02T10:45Z', '2026-03-02T11:00Z')).toBe(0);
    expect(await busy('2026-03-02T09:00Z', '2026-03-02T10:05Z')).toBe(1);
    expect(await busy('2026-03-02T09:00Z', '2026-03-02T10:05Z', 5 * MINUTE - 1)).toBe(1);
    expect(await busy('2026-03-02T09:00Z', '2026-03-02T10:05Z', 5 * MINUTE)).toBe(0);
  });
});
