import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { BUSY_LIMIT } from '../../src/booking/booking-limits.js';
import type { BookingStore } from '../../src/booking/booking-store.js';
import { createSlotSearch } from '../../src/booking/slot-search.js';
import { DAY, HOUR, instant } from '../../src/kernel/clock.js';
import { memoryDiaryStore } from '../support/booking-fakes.js';
import { aSite, at, everyDay, psychologistId, startsOf } from './builders.js';

const from = at('2026-03-02T00:00Z');
const window = { from, to: instant(from + 7 * DAY) };

/** A store that answers as many bookings as it may whenever more than a day is asked, and then the true ones. */
function crowdedStore(asked: number[]): Pick<BookingStore, 'busy'> {
  const taken = {
    psychologist: psychologistId('anna'),
    start: at('2026-03-02T08:00Z'),
    end: at('2026-03-02T08:45Z'),
  } as Booking;
  const elsewhere = { ...taken, start: instant(from - HOUR), end: from };
  return {
    busy: async (query) => {
      asked.push(query.to - query.from);
      if (query.to - query.from > DAY) return Array.from({ length: BUSY_LIMIT }, () => elsewhere);
      return taken.start < query.to && taken.end > query.from ? [taken] : [];
    },
  };
}

describe('the search for slots', () => {
  it('asks again in halves when the store had to cut its answer short', async () => {
    const asked: number[] = [];
    const search = createSlotSearch({
      store: crowdedStore(asked),
      diary: memoryDiaryStore({ rules: everyDay() }),
      now: () => from,
    });
    const slots = await search.free({ sites: [aSite()] }, window, 1);
    expect(startsOf(slots)).toEqual(['2026-03-02T08:45Z']);
    expect(asked).toHaveLength(15);
  });

  it('stops at the first week that has enough', async () => {
    const asked: number[] = [];
    const search = createSlotSearch({
      store: {
        busy: async (query) => {
          asked.push(query.from);
          return [];
        },
      },
      diary: memoryDiaryStore({ rules: everyDay() }),
      now: () => from,
    });
    const month = { from, to: instant(from + 28 * DAY) };
    expect(await search.free({ sites: [aSite()] }, month, 28)).toHaveLength(28);
    expect(asked).toEqual([from]);
    expect(await search.free({ sites: [aSite()] }, month, 1_000)).toHaveLength(112);
    expect(asked).toHaveLength(5);
  });
});
