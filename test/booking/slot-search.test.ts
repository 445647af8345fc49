import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/booking/availability.js';
import type { BusyTime } from '../../src/booking/booking.js';
import { BUSY_LIMIT } from '../../src/booking/booking-limits.js';
import type { BookingStore } from '../../src/booking/booking-store.js';
import { createSlotSearch, type SlotSearch } from '../../src/booking/slot-search.js';
import { DAY, HOUR, instant } from '../../src/kernel/clock.js';
import { aDiary, aRule, aSite, at, everyDay, isoOf, psychologistId, siteId, startsOf } from './builders.js';

const from = at('2026-03-02T00:00Z');
const window = { from, to: instant(from + 7 * DAY) };
const eae = [siteId('eae')];

function searchOf(store: Pick<BookingStore, 'busy'>, rules = everyDay()): SlotSearch {
  const calendar = createCalendar(
    aDiary({ rules, sites: [aSite(), aSite({ id: siteId('section'), kind: 'section' })] }),
  );
  return createSlotSearch({ store, calendar, now: from, terms: { notice: 0, horizon: 365 * DAY } });
}

const taken = (start: string, end: string, psychologist = 'anna'): BusyTime => ({
  psychologist: psychologistId(psychologist),
  status: 'confirmed',
  from: at(`2026-03-02T${start}Z`),
  to: at(`2026-03-02T${end}Z`),
});
const storeWith = (...times: BusyTime[]): Pick<BookingStore, 'busy'> => ({
  busy: async (query) => times.filter((time) => time.from < query.to && time.to > query.from),
});

/** A store that answers as many times as it may whenever more than a day is asked, and then the true ones. */
function crowdedStore(asked: number[]): Pick<BookingStore, 'busy'> {
  const elsewhere = { ...taken('08:00', '08:45'), from: instant(from - HOUR), to: from };
  return {
    busy: async (query) => {
      asked.push(query.to - query.from);
      if (query.to - query.from > DAY) return Array.from({ length: BUSY_LIMIT }, () => elsewhere);
      return storeWith(taken('08:00', '08:45')).busy(query);
    },
  };
}

describe('the search for slots', () => {
  it('asks again in halves when the store had to cut its answer short', async () => {
    const asked: number[] = [];
    const slots = await searchOf(crowdedStore(asked)).free({ sites: eae }, window, 1);
    expect(startsOf(slots)).toEqual(['2026-03-02T08:45Z']);
    expect(asked).toHaveLength(15);
  });

  it('stops at the first week that has enough', async () => {
    const asked: number[] = [];
    const search = searchOf({
      busy: async (query) => {
        asked.push(query.from);
        return [];
      },
    });
    const month = { from, to: instant(from + 28 * DAY) };
    expect(await search.free({ sites: eae }, month, 28)).toHaveLength(28);
    expect(asked).toHaveLength(1);
    expect(await search.free({ sites: eae }, month, 1_000)).toHaveLength(112);
    expect(asked).toHaveLength(5);
  });

  it('begins again right after an appointment of another length, so that no time is lost', async () => {
    const slots = await searchOf(storeWith(taken('08:00', '08:20'))).free({ sites: eae }, window, 3);
    expect(startsOf(slots)).toEqual(['2026-03-02T08:20Z', '2026-03-02T09:05Z', '2026-03-02T09:50Z']);
  });

  it('leaves the buffers of both neighbours free', async () => {
    const rule = everyDay({ bufferBefore: 10, bufferAfter: 15 });
    const slots = await searchOf(storeWith(taken('08:30', '09:15')), rule).free({ sites: eae }, window, 2);
    expect(startsOf(slots)).toEqual(['2026-03-02T09:25Z', '2026-03-02T10:10Z']);
  });

  it('starts on the clock where a rule says so, and in steps of its own', async () => {
    const rule = everyDay({ from: '09:10', to: '11:00', durations: [30], align: 15, step: 15 });
    const slots = await searchOf(storeWith(), rule).free(
      { sites: eae },
      { ...window, to: instant(from + DAY) },
      99,
    );
    expect(startsOf(slots).map((start) => start.slice(11, 16))).toEqual([
      '08:15',
      '08:30',
      '08:45',
      '09:00',
      '09:15',
      '09:30',
    ]);
  });

  it('gives the usual length, or another one that the rule offers', async () => {
    const search = searchOf(storeWith(), everyDay({ durations: [45, 30] }));
    const lengths = async (minutes?: number): Promise<number[]> =>
      (await search.free({ sites: eae, minutes }, window, 2)).map((slot) => (slot.end - slot.start) / 60_000);
    expect([await lengths(), await lengths(30), await lengths(60)]).toEqual([[45, 45], [30, 30], []]);
  });

  it.each([
    ['after an hour', { from: '10:30' }, ['2026-03-02T09:30Z', '2026-03-02T10:15Z']],
    ['before an hour', { before: '09:45' }, ['2026-03-02T08:00Z', '2026-03-03T08:00Z']],
    ['on some weekdays', { weekdays: [3], from: '11:00' }, ['2026-03-04T10:15Z']],
    [
      'between two dates',
      { firstDate: '2026-03-05', lastDate: '2026-03-05' },
      ['2026-03-05T08:00Z', '2026-03-05T08:45Z'],
    ],
  ])('keeps to what the caller wishes: %s', async (_, wish, expected) => {
    const slots = await searchOf(storeWith()).free({ sites: eae, wish }, window, 2);
    expect(startsOf(slots)).toEqual(expected);
  });

  it('reads a wish on the clock of the caller when it is another one', async () => {
    // 14:00 in La Réunion is 11:00 in Paris in winter.
    const wish = { from: '14:00', zone: 'Indian/Reunion' };
    const slots = await searchOf(storeWith()).free({ sites: eae, wish }, window, 1);
    expect(startsOf(slots)).toEqual(['2026-03-02T10:15Z']);
  });

  it('keeps every second slot for operators until 24 hours before', async () => {
    const rules = everyDay({ operatorShare: { everyNth: 2, releasedHoursBefore: 24 } });
    const search = searchOf(storeWith(), rules);
    const tuesday = { from: at('2026-03-03T00:00Z'), to: at('2026-03-04T00:00Z') };
    const hours = async (audience: 'caller' | 'operator'): Promise<string[]> =>
      startsOf(await search.free({ sites: eae, audience }, tuesday, 9)).map((start) => start.slice(11, 16));
    expect(await hours('operator')).toEqual(['08:00', '08:45', '09:30', '10:15']);
    expect(await hours('caller')).toEqual(['08:00', '09:30']);
    expect(await search.free({ sites: eae }, { from, to: tuesday.from }, 9)).toHaveLength(4);
  });

  it('finds the first free time of each site, passing over what is full', async () => {
    const section = siteId('section');
    const rules = [
      aRule({ recurrence: { kind: 'daily', every: 1 }, to: '09:45' }),
      aRule({
        id: 'b',
        psychologist: psychologistId('bea'),
        site: section,
        recurrence: { kind: 'weekly', every: 1, weekdays: [2] },
      }),
    ];
    const search = searchOf(storeWith(taken('08:00', '08:45')), rules);
    const month = { from, to: instant(from + 28 * DAY) };
    const first = await search.firstOfEach({ sites: [section, ...eae] }, month);
    expect(first.map(({ site, start }) => `${site} ${isoOf(start)}`)).toEqual([
      'section 2026-03-03T08:00Z',
      'eae 2026-03-03T08:00Z',
    ]);
  });
});
