import type { Booking } from '../../src/booking/booking.js';
import { BUSY_LIMIT } from '../../src/booking/booking-limits.js';
import type { BookingStore } from '../../src/booking/booking-store.js';
import type { Diary } from '../../src/booking/demonstration-diary.js';
import type { DiaryStore } from '../../src/booking/diary-store.js';
import { privateTick } from '../../src/booking/ticks.js';
import type { Instant } from '../../src/kernel/clock.js';
import type { BookingId } from '../../src/kernel/ids.js';

/** `BookingStore` in memory. `all` shows what is stored, ended holds included. */
export function memoryBookingStore(): BookingStore & { all(): Booking[] } {
  const bookings = new Map<BookingId, Booking>();
  const all = (): Booking[] => [...bookings.values()].map((booking) => structuredClone(booking));
  const find = (wanted: (booking: Booking) => boolean): Booking[] => [...bookings.values()].filter(wanted);

  return {
    all,
    async hold(booking, now) {
      await turn();
      const givesWay = (other: Booking): boolean =>
        other.status === 'held' && (!isLive(other, now) || other.heldBy === booking.heldBy);
      const ticks = new Set(booking.ticks);
      const rivals = find((other) => other.ticks.some((tick) => ticks.has(tick)));
      if (!rivals.every(givesWay)) return 'taken';
      const ownHolds = find((other) => other.status === 'held' && other.heldBy === booking.heldBy);
      for (const other of [...rivals, ...ownHolds]) bookings.delete(other.id);
      bookings.set(booking.id, structuredClone(booking));
      return 'held';
    },
    async confirm(id, now) {
      await turn();
      const booking = bookings.get(id);
      if (booking === undefined) return 'unknown';
      if (booking.status === 'confirmed') return 'confirmed';
      if (!isLive(booking, now)) return 'hold-ended';
      bookings.set(id, { ...booking, status: 'confirmed', heldBy: null, heldUntil: null });
      return 'confirmed';
    },
    async renew(id, until, now) {
      await turn();
      const booking = bookings.get(id);
      if (booking === undefined || booking.status !== 'held' || !isLive(booking, now)) return 'hold-ended';
      bookings.set(id, { ...booking, heldUntil: until });
      return 'renewed';
    },
    async cancel(id) {
      await turn();
      const booking = bookings.get(id);
      if (booking === undefined || booking.status === 'held') return 'unknown';
      if (booking.status === 'cancelled') return 'already-cancelled';
      bookings.set(id, { ...booking, status: 'cancelled', ticks: [privateTick(id)] });
      return 'cancelled';
    },
    async releaseHolds(conversation) {
      await turn();
      const held = find((booking) => booking.status === 'held' && booking.heldBy === conversation);
      for (const booking of held) bookings.delete(booking.id);
    },
    async byCode(codeHash) {
      await turn();
      const [booking] = find((known) => known.codeHash === codeHash && known.status !== 'held');
      return structuredClone(booking);
    },
    async busy({ psychologists, from, to, now }) {
      await turn();
      const touching = find(
        (booking) =>
          psychologists.includes(booking.psychologist) &&
          isLive(booking, now) &&
          booking.start < to &&
          booking.end > from,
      );
      return structuredClone(touching.slice(0, BUSY_LIMIT));
    },
  };
}

/** Lets parallel calls interleave, as a store across a wire does. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isLive = (booking: Booking, now: Instant): boolean =>
  booking.status === 'confirmed' ||
  (booking.status === 'held' && booking.heldUntil !== null && booking.heldUntil > now);

/** `DiaryStore` in memory, empty or filled. */
export function memoryDiaryStore(start: Partial<Diary> = {}): DiaryStore {
  const byId = <Item extends { id: string }>(items: readonly Item[] = []): Map<string, Item> =>
    new Map(items.map((item) => [item.id, structuredClone(item)]));
  const sites = byId(start.sites);
  const psychologists = byId(start.psychologists);
  const rules = byId(start.rules);
  return {
    sites: async () => structuredClone([...sites.values()].slice(0, 500)),
    psychologists: async () => structuredClone([...psychologists.values()]),
    rules: async (of) =>
      structuredClone([...rules.values()].filter((rule) => of.includes(rule.site)).slice(0, 2_000)),
    putSite: async (site) => void sites.set(site.id, structuredClone(site)),
    putPsychologist: async (psychologist) =>
      void psychologists.set(psychologist.id, structuredClone(psychologist)),
    putRule: async (rule) => void rules.set(rule.id, structuredClone(rule)),
  };
}
