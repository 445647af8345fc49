import { describe, expect, it } from 'vitest';
import type { Booking, Placement } from '../../src/booking/booking.js';
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
    blockedFrom: start,
    blockedTo: end,
    codeHash: `code-${change.id}`,
    session: 1,
    proposal: null,
    heldBy: asId<ConversationId>(change.by ?? `caller-${change.id}`),
    heldUntil: instant(change.until ?? NOW + 5 * MINUTE),
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

    it('marks who came to a confirmed booking, takes it back, and keeps the mark on no other', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'a' }), NOW);
      expect(await bookings.mark(asId('a'), 'attended')).toBe('unknown');
      await bookings.confirm(asId('a'), NOW);
      expect(await bookings.mark(asId('a'), 'missed')).toBe('marked');
      expect((await bookings.get(asId('a')))?.attendance).toBe('missed');
      expect(await bookings.mark(asId('a'), null)).toBe('marked');
      expect((await bookings.get(asId('a')))?.attendance ?? null).toBe(null);
      expect(await bookings.mark(asId('none'), 'attended')).toBe('unknown');
    });

    it('destroys holds that have ended, and nothing else', async () => {
      const { bookings } = stores();
      await bookings.hold(hold({ id: 'ended', until: NOW + 1_000 }), NOW);
      await bookings.hold(hold({ id: 'held', at: 200, until: NOW + 1_001 }), NOW);
      await bookings.hold(hold({ id: 'kept', at: 400, until: NOW + 1_000 }), NOW);
      await bookings.confirm(asId('kept'), NOW);
      expect(await bookings.removeEndedHolds(instant(NOW + 999), 10)).toBe(0);
      expect(await bookings.removeEndedHolds(instant(NOW + 1_000), 10)).toBe(1);
      const left = await Promise.all(['ended', 'held', 'kept'].map((id) => bookings.get(asId(id))));
      expect(left.map((one) => one?.id)).toEqual([undefined, 'held', 'kept']);
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
      expect(await bookings.byCode('code-a')).toEqual([]);
      expect(await bookings.confirm(asId('a'), NOW)).toBe('confirmed');
      expect(await bookings.confirm(asId('a'), instant(NOW + 3_600_000))).toBe('confirmed');
      expect(await bookings.byCode('code-a')).toMatchObject([
        { status: 'confirmed', heldBy: null, heldUntil: null },
      ]);
      await bookings.releaseHolds(asId('caller-a'));
      expect(await bookings.byCode('code-a')).toMatchObject([{ status: 'confirmed' }]);
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
      expect(await bookings.byCode('code-a')).toMatchObject([{ status: 'cancelled' }]);
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
      expect(busy).toEqual([
        {
          psychologist: PERSON,
          status: 'held',
          from: NOW + 60 * MINUTE,
          to: NOW + 120 * MINUTE,
        },
      ]);
    });

    it('counts the buffers as taken, on both sides', async () => {
      const { bookings } = stores();
      const start = instant(NOW + 60 * MINUTE);
      const buffered = {
        ...hold({ id: 'a', at: 60, minutes: 45 }),
        blockedFrom: instant(start - 10 * MINUTE),
        blockedTo: instant(start + 60 * MINUTE),
      };
      await bookings.hold(buffered, NOW);
      expect(await bookings.hold(hold({ id: 'b', at: 45, minutes: 10 }), NOW)).toBe('taken');
      expect(await bookings.hold(hold({ id: 'c', at: 115, minutes: 10 }), NOW)).toBe('taken');
      expect(await bookings.hold(hold({ id: 'd', at: 120, minutes: 10 }), NOW)).toBe('held');
      expect(await bookings.hold(hold({ id: 'e', at: 40, minutes: 10 }), NOW)).toBe('held');
    });

    const confirmedAt = async (id: string, at: number): Promise<void> => {
      const { bookings } = stores();
      await bookings.hold(hold({ id, at }), NOW);
      expect(await bookings.confirm(asId(id), NOW)).toBe('confirmed');
    };
    const place = (at: number, minutes = 45): Placement => {
      const { start, end, blockedFrom, blockedTo, site, mode } = hold({ id: 'x', at, minutes });
      return { psychologist: PERSON, site, mode, start, end, blockedFrom, blockedTo };
    };

    it('moves in one write, overlapping itself, and keeps the old time when the new one is taken', async () => {
      const { bookings } = stores();
      await confirmedAt('a', 60);
      await confirmedAt('b', 200);
      expect(await bookings.move(asId('a'), place(190), NOW)).toBe('taken');
      expect(await bookings.get(asId('a'))).toMatchObject(place(60));
      expect(await bookings.hold(hold({ id: 'c', at: 60 }), NOW)).toBe('taken');
      expect(await bookings.move(asId('a'), place(80), NOW)).toBe('moved');
      expect(await bookings.move(asId('a'), place(80), NOW)).toBe('moved');
      expect(await bookings.hold(hold({ id: 'd', at: 60, minutes: 20 }), NOW)).toBe('held');
      expect(await bookings.hold(hold({ id: 'e', at: 100 }), NOW)).toBe('taken');
      expect(await bookings.move(asId('nothing'), place(500), NOW)).toBe('unknown');
      expect(await bookings.byCode('code-a')).toMatchObject([{ id: 'a', ...place(80) }]);
    });

    it('lets one of fifty moves to the same time win', async () => {
      const { bookings } = stores();
      for (let racer = 0; racer < RACERS; racer += 1) await confirmedAt(`m${racer}`, 100 * (racer + 1));
      const counts = await race((racer) => bookings.move(asId(`m${racer}`), place(0), NOW));
      expect([counts.get('moved'), counts.get('taken')]).toEqual([1, RACERS - 1]);
      const places = await bookings.confirmedIn({
        psychologists: [PERSON],
        from: NOW,
        to: instant(NOW + 7 * 24 * 60 * MINUTE),
      });
      expect(places).toHaveLength(RACERS);
      expect(places.filter(({ start }) => start === NOW)).toHaveLength(1);
    });

    it('keeps a proposed time beside the booked one until its very end', async () => {
      const { bookings } = stores();
      await confirmedAt('a', 60);
      const until = instant(NOW + 1_000);
      expect(await bookings.propose(asId('a'), { to: place(200), until, by: 'service' }, NOW)).toBe(
        'proposed',
      );
      expect(await bookings.hold(hold({ id: 'b', at: 200 }), instant(NOW + 999))).toBe('taken');
      expect(await bookings.hold(hold({ id: 'c', at: 60 }), instant(NOW + 999))).toBe('taken');
      const window = { psychologists: [PERSON], from: NOW, to: instant(NOW + 300 * MINUTE) };
      expect(await bookings.busy({ ...window, now: instant(NOW + 999) })).toHaveLength(2);
      expect(await bookings.busy({ ...window, now: until })).toHaveLength(1);
      expect(await bookings.hold(hold({ id: 'b', at: 200 }), until)).toBe('held');
      expect(await bookings.hold(hold({ id: 'c', at: 60 }), until)).toBe('taken');
    });

    it('replaces, withdraws and accepts a proposal', async () => {
      const { bookings } = stores();
      await confirmedAt('a', 60);
      const propose = (at: number) =>
        bookings.propose(asId('a'), { to: place(at), until: instant(NOW + 60_000), by: 'caller' }, NOW);
      expect(await propose(200)).toBe('proposed');
      expect(await propose(300)).toBe('proposed');
      expect(await bookings.hold(hold({ id: 'b', at: 200 }), NOW)).toBe('held');
      expect(await propose(200)).toBe('taken');
      expect(await bookings.hold(hold({ id: 'c', at: 300 }), NOW)).toBe('taken');
      await bookings.withdrawProposal(asId('a'));
      expect(await bookings.hold(hold({ id: 'c', at: 300 }), NOW)).toBe('held');
      expect(await propose(80)).toBe('proposed');
      expect(await bookings.move(asId('a'), place(80), NOW)).toBe('moved');
      expect(await bookings.hold(hold({ id: 'd', at: 60, minutes: 20 }), NOW)).toBe('held');
      expect(
        await bookings.propose(asId('b'), { to: place(500), until: instant(NOW + 1), by: 'caller' }, NOW),
      ).toBe('unknown');
    });

    it('gives a code each of its sessions once, and again after a cancellation', async () => {
      const { bookings } = stores();
      const session = (id: string, at: number) => ({ ...hold({ id, at }), codeHash: 'shared', session: 2 });
      await bookings.hold({ ...hold({ id: 'one' }), codeHash: 'shared' }, NOW);
      await bookings.confirm(asId('one'), NOW);
      const counts = await race((racer) => bookings.hold(session(`s${racer}`, 100 * (racer + 2)), NOW));
      expect([counts.get('held'), counts.get('taken')]).toEqual([1, RACERS - 1]);
      const won = await bookings.busy({
        psychologists: [PERSON],
        from: instant(NOW + 150 * MINUTE),
        to: instant(NOW + 9_999 * MINUTE),
        now: NOW,
      });
      const racer = Math.round(((won[0]?.from ?? 0) - NOW) / (100 * MINUTE)) - 2;
      await bookings.confirm(asId(`s${racer}`), NOW);
      expect(await bookings.hold(session('late', 9_000), NOW)).toBe('taken');
      expect(await bookings.cancel(asId(`s${racer}`))).toBe('cancelled');
      expect(await bookings.hold(session('again', 9_000), NOW)).toBe('held');
      expect(await bookings.byCode('shared')).toHaveLength(2);
    });

    it('lists what is booked in a window, and what has ended, and destroys it', async () => {
      const { bookings } = stores();
      await confirmedAt('b', 200);
      await confirmedAt('a', 60);
      await bookings.hold(hold({ id: 'c', at: 300 }), NOW);
      const window = { psychologists: [PERSON], from: NOW, to: instant(NOW + 400 * MINUTE) };
      const ids = (found: Booking[]): string[] => found.map(({ id }) => id);
      expect(ids(await bookings.confirmedIn(window))).toEqual(['a', 'b']);
      expect(ids(await bookings.endedBy(instant(NOW + 105 * MINUTE), 10))).toEqual(['a']);
      expect(ids(await bookings.endedBy(instant(NOW + 105 * MINUTE - 1), 10))).toEqual([]);
      await bookings.remove([asId('a'), asId('nothing')]);
      expect(ids(await bookings.confirmedIn(window))).toEqual(['b']);
      expect(await bookings.byCode('code-a')).toEqual([]);
      expect(await bookings.hold(hold({ id: 'd', at: 60 }), NOW)).toBe('held');
    });
  });
}
