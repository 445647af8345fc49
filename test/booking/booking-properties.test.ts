import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusyTime, Slot } from '../../src/booking/booking.js';
import { createBookingService } from '../../src/booking/booking-service.js';
import type { BookingStore } from '../../src/booking/booking-store.js';
import { DAY, type Instant, instant, MINUTE } from '../../src/kernel/clock.js';
import type { BookingId } from '../../src/kernel/ids.js';
import { memoryBookingStore, memoryDiaryStore } from '../support/booking-fakes.js';
import { frozenClock } from '../support/frozen-clock.js';
import { PROPERTY_SEED } from '../support/property-seed.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';
import { aSite, at, conversationId, everyDay, psychologistId, siteId } from './builders.js';

/** Where the write of an act goes wrong: before it, after it, or it comes twice at once. */
type Fault = 'none' | 'before' | 'after' | 'twice';

interface Act {
  do: 'hold' | 'confirm' | 'renew' | 'release' | 'cancel' | 'keep' | 'move' | 'wait';
  caller: number;
  psychologist: number;
  /** Start in steps of 5 minutes after the opening, and length, which make overlaps of every kind. */
  step: number;
  minutes: number;
  seconds: number;
  fault: Fault;
}

const PSYCHOLOGISTS = ['anna', 'bea'].map(psychologistId);
const CALLERS = [0, 1, 2, 3].map((number) => conversationId(`caller-${number}`));
const LENGTHS = [30, 45, 60];
const OPENS = at('2026-03-04T08:00Z');

const acts = fc.array(
  fc.record<Act>({
    do: fc.constantFrom(
      'hold',
      'hold',
      'confirm',
      'confirm',
      'renew',
      'release',
      'cancel',
      'keep',
      'move',
      'wait',
    ),
    caller: fc.nat({ max: CALLERS.length - 1 }),
    psychologist: fc.nat({ max: PSYCHOLOGISTS.length - 1 }),
    step: fc.nat({ max: 36 }),
    minutes: fc.constantFrom(...LENGTHS),
    seconds: fc.nat({ max: 400 }),
    fault: fc.constantFrom('none', 'none', 'none', 'before', 'after', 'twice'),
  }),
  { maxLength: 40 },
);

const slotOf = ({ psychologist, step, minutes }: Act): Slot => {
  const start = instant(OPENS + step * 5 * MINUTE);
  return {
    psychologist: PSYCHOLOGISTS[psychologist] ?? psychologistId('anna'),
    site: siteId('eae'),
    mode: 'telephone',
    ...{ start, end: instant(start + minutes * MINUTE) },
  };
};

const WRITES = new Set(['hold', 'confirm', 'renew', 'cancel', 'propose', 'move', 'releaseHolds']);

/** A store whose next write fails as told, once. */
function faulty(store: BookingStore): { store: BookingStore; next(fault: Fault): void } {
  let fault: Fault = 'none';
  const wrapped = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      if (!WRITES.has(String(name))) return method;
      return async (...args: unknown[]) => {
        const now = fault;
        fault = 'none';
        if (now === 'before') throw new Error('crashed before the write');
        if (now === 'twice') {
          const [first] = await Promise.all([method(...args), method(...args)]);
          return first;
        }
        const answer = await method(...args);
        if (now === 'after') throw new Error('crashed after the write');
        return answer;
      };
    },
  });
  return {
    store: wrapped,
    next: (wanted) => {
      fault = wanted;
    },
  };
}

interface Hold {
  booking: BookingId;
  code: string;
  since: Instant;
  until: Instant;
}

/** Plays a story and compares the store with what the callers were told, after every act. */
async function play(real: BookingStore, story: readonly Act[]): Promise<void> {
  const clock = frozenClock('2026-03-02T07:00:00Z');
  const { store, next } = faulty(real);
  const service = createBookingService({
    ...{ clock, store, random: seededRandom(), codeKey: Buffer.alloc(32, 7) },
    brake: { enter: async () => 'go', failed: async () => undefined },
    diary: memoryDiaryStore({
      sites: [aSite()],
      rules: PSYCHOLOGISTS.flatMap((psychologist) =>
        everyDay({
          ...{ id: psychologist, psychologist, modes: ['telephone'], durations: LENGTHS },
          ...{ from: '09:00', to: '13:00', bufferBefore: 5, bufferAfter: 10 },
        }),
      ),
    }),
  });
  const holds = new Map<number, Hold>();
  const booked = new Map<number, { code: string; start: Instant }>();

  /** A turn that was cut short is run again, as dialogs are. */
  async function told<T>(act: Act, write: () => Promise<T>): Promise<T> {
    next(act.fault);
    try {
      return await write();
    } catch {
      next('none');
      return await write();
    } finally {
      next('none');
    }
  }

  async function hold(act: Act): Promise<void> {
    const outcome = await told(act, () =>
      service.hold(slotOf(act), CALLERS[act.caller] ?? conversationId('')),
    );
    // An answer that came to nobody may have put another hold in place of the earlier one.
    if (outcome.kind === 'held') holds.set(act.caller, outcome);
    else if (act.fault === 'after' || act.fault === 'twice') holds.delete(act.caller);
  }
  async function confirm(act: Act): Promise<void> {
    const held = holds.get(act.caller);
    if (held === undefined || booked.has(act.caller)) return;
    const outcome = await told(act, () => service.confirm(held.booking));
    expect(outcome === 'confirmed').toBe(clock.now() < held.until);
    holds.delete(act.caller);
    const booking = outcome === 'confirmed' ? await real.get(held.booking) : undefined;
    if (booking !== undefined) booked.set(act.caller, { code: held.code, start: booking.start });
  }
  async function renew(act: Act): Promise<void> {
    const held = holds.get(act.caller);
    if (held === undefined) return;
    const outcome = await told(act, () => service.renew(held.booking, held.since));
    expect(outcome.kind === 'renewed').toBe(clock.now() < held.until);
    if (outcome.kind === 'renewed') {
      expect(outcome.until - held.since).toBeLessThanOrEqual(15 * MINUTE);
      holds.set(act.caller, { ...held, until: outcome.until });
    }
  }
  async function withCode(act: Act): Promise<void> {
    const mine = booked.get(act.caller);
    if (mine === undefined) return;
    if (act.do === 'cancel') {
      expect(await told(act, () => service.cancel(mine.code))).toBe('cancelled');
      booked.delete(act.caller);
    } else if (act.do === 'keep') {
      const outcome = await told(act, () => service.keepForMove(mine.code, slotOf(act)));
      expect(['kept', 'taken']).toContain(outcome.kind);
    } else {
      const outcome = await told(act, () => service.move(mine.code, slotOf(act)));
      expect(['moved', 'taken']).toContain(outcome.kind);
      if (outcome.kind === 'moved') booked.set(act.caller, { ...mine, start: outcome.booking.start });
    }
  }

  async function step(act: Act): Promise<void> {
    if (act.do === 'wait') clock.advance(act.seconds * 1_000);
    else if (act.do === 'hold') await hold(act);
    else if (act.do === 'confirm') await confirm(act);
    else if (act.do === 'renew') await renew(act);
    else if (act.do === 'release') {
      await told(act, () => service.release(CALLERS[act.caller] ?? conversationId('')));
      holds.delete(act.caller);
    } else await withCode(act);
  }

  async function check(): Promise<void> {
    const now = clock.now();
    const window = { psychologists: PSYCHOLOGISTS, from: OPENS, to: instant(OPENS + DAY), now };
    const standing = await real.confirmedIn(window);
    // A time that is kept for a booking to move to may overlap that booking: nobody else is concerned.
    const isOwn = ({ from, psychologist }: BusyTime): boolean =>
      standing.some(
        ({ proposal, ...stands }) =>
          proposal?.to.blockedFrom === from &&
          proposal.to.psychologist === psychologist &&
          stands.psychologist === psychologist &&
          stands.blockedFrom < proposal.to.blockedTo &&
          stands.blockedTo > from,
      );
    const all = await real.busy(window);
    const busy = all.filter((time) => time.status === 'confirmed' || !isOwn(time));
    for (const person of PSYCHOLOGISTS) {
      const times = busy
        .filter(({ psychologist }) => psychologist === person)
        .sort((a, b) => a.from - b.from);
      for (const [index, time] of times.entries())
        expect(time.from, 'two bookings overlap').toBeGreaterThanOrEqual(times[index - 1]?.to ?? 0);
    }
    for (const [, { code, start }] of booked)
      expect(await service.byCode(code), 'a confirmed booking is lost').toMatchObject({
        kind: 'found',
        booking: { start },
      });
    for (const [, held] of holds) {
      if (held.until <= now) continue;
      const kept = await real.get(held.booking);
      expect(kept?.heldUntil ?? 0, 'a hold was freed early').toBeGreaterThanOrEqual(held.until);
    }
  }

  for (const act of story) {
    await step(act);
    await check();
  }
}

describe('no story of holds, confirmations, moves and cancellations, with crashes and duplicates,', () => {
  it('makes two bookings overlap, loses a confirmed one or frees a hold early: in memory', async () => {
    await fc.assert(
      fc.asyncProperty(acts, (story) => play(memoryBookingStore(), story)),
      { numRuns: 200, seed: PROPERTY_SEED },
    );
  }, 60_000);

  it('does so on the embedded store', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (story) => {
        const { stores, remove } = await temporaryStore();
        try {
          await play(stores.bookings, story);
        } finally {
          await remove();
        }
      }),
      { numRuns: 40, seed: PROPERTY_SEED },
    );
  }, 60_000);
});
