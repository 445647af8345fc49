import path from 'node:path';
import type { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/booking/availability.js';
import type { Absence, AvailabilityRule, BusyTime, Closure, Hours } from '../../src/booking/booking.js';
import type { BookingStore } from '../../src/booking/booking-store.js';
import { createSlotSearch } from '../../src/booking/slot-search.js';
import { type Instant, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { publicHolidays } from '../../src/kernel/public-holidays.js';
import { memoryBookingStore } from '../support/booking-fakes.js';
import { aDiary, aSite, conversationId, psychologistId, siteId } from './builders.js';
import { datesOfWindow, wallTime } from './rrule-rule.js';
import { readSlotCases, type SlotCase, type Window } from './slot-case.js';

const FILE = process.env.SLOT_CASES ?? path.join(import.meta.dirname, 'slot-cases.json');

/** Policies that the product does not have. */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  'rdvsp-now-rounded-up-to-5-minutes-unsorted-windows':
    'late in an opening the grid would begin again at the present minute; here it stays where callers saw it',
  'cal-touching-ranges-do-not-intersect': 'nobody meets two psychologists at once',
  'goalert-daily-handoff-in-dst-gap':
    'a time in the hour that spring skips would become 03:00; here it moves on by the gap, as RFC 5545 says',
  'rfc5545-wkst-sunday': 'weeks begin on Monday',
};

/** Holiday zones of the cases as departments. */
const DEPARTMENTS: Readonly<Record<string, string>> = {
  'Alsace-Moselle': '67',
  Métropole: '75',
  Guadeloupe: '971',
  Martinique: '972',
  Guyane: '973',
  'La Réunion': '974',
  Mayotte: '976',
  'Saint-Barthélemy': '977',
  'Saint-Martin': '978',
  'Wallis-et-Futuna': '986',
  'Polynésie Française': '987',
  'Nouvelle-Calédonie': '988',
};

const anna = psychologistId('anna');
const site = siteId('eae');
const cases = readSlotCases(FILE);

const toInstant = (time: string, zone: string): Instant =>
  instant(wallTime(time, zone).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);

/** Whole minutes: a source that ends its day at 23:59:59 says how many seconds it forgives. */
function hoursOf({ start, end }: Window, { timezone, options }: SlotCase): Hours {
  const hour = (time: Temporal.PlainDateTime): string => time.toString({ smallestUnit: 'minute' }).slice(11);
  const last = wallTime(end, timezone).add({ seconds: options?.endToleranceSeconds ?? 0 });
  return { from: hour(wallTime(start, timezone)), to: hour(last) === '00:00' ? '24:00' : hour(last) };
}

function rulesOf(example: SlotCase): AvailabilityRule[] {
  const { options = {}, timezone } = example;
  return example.availability.map((window, index) => ({
    ...{ id: `rule-${index}`, psychologist: anna, site, modes: ['telephone'] },
    ...datesOfWindow(window, timezone),
    ...hoursOf(window, example),
    durations: [example.durationMinutes],
    exceptions: (options.overrides ?? []).map(({ date, start, end }) => ({
      date,
      hours: { from: start, to: end },
    })),
    worksOnHolidays: options.holidayZone === undefined,
    noticeMinutes: options.minNoticeMinutes ?? 0,
    horizonDays: options.maxHorizonDays ?? 40_000,
    bufferBefore: options.bufferBeforeMinutes ?? 0,
    bufferAfter: options.bufferAfterMinutes ?? 0,
    step: options.stepMinutes ?? example.durationMinutes,
    ...(options.alignMinutes === undefined ? {} : { align: options.alignMinutes }),
  }));
}

/** The calendar of a zone is computed; a date that a case only lists closes the site. */
function closuresOf({ options = {} }: SlotCase): Closure[] {
  if (options.holidayZone !== undefined) return [];
  return (options.holidays ?? []).map((date) => ({
    ...{ id: date, site, recurrence: { kind: 'once' } as const, firstDate: date, lastDate: date },
    ...{ from: '00:00', to: '24:00' },
  }));
}

const absencesOf = (example: SlotCase): Absence[] =>
  example.absences.map((window, index) => ({
    ...{ id: `absence-${index}`, psychologist: anna, zone: example.timezone },
    ...datesOfWindow(window, example.timezone),
    ...hoursOf(window, example),
  }));

/** What others have booked is given as it is, overlaps and all; what they hold goes through a store. */
async function storeOf({ existing, options = {}, timezone }: SlotCase): Promise<Pick<BookingStore, 'busy'>> {
  const { bufferBeforeMinutes = 0, bufferAfterMinutes = 0, holds = [], me } = options;
  const booked = existing.map(
    ({ start, end }): BusyTime => ({
      psychologist: anna,
      status: 'confirmed',
      from: instant(toInstant(start, timezone) - bufferBeforeMinutes * MINUTE),
      to: instant(toInstant(end, timezone) + bufferAfterMinutes * MINUTE),
    }),
  );
  const store = memoryBookingStore();
  for (const [index, hold] of holds.entries()) {
    if (hold.owner === me) continue;
    const [start, end] = [toInstant(hold.start, timezone), toInstant(hold.end, timezone)];
    await store.hold(
      {
        ...{ id: asId(`hold-${index}`), psychologist: anna, site, mode: 'telephone', session: 1 },
        ...{ start, end, blockedFrom: start, blockedTo: end, codeHash: `hash-${index}` },
        ...{ status: 'held', heldBy: conversationId(`other-${index}`), proposal: null },
        heldUntil: toInstant(hold.expiresAt, timezone),
      },
      instant(0),
    );
  }
  return {
    busy: async (query) => [
      ...booked.filter(({ from, to }) => from < query.to && to > query.from),
      ...(await store.busy(query)),
    ],
  };
}

async function slotsOf(example: SlotCase): Promise<string[]> {
  const { timezone, query, options = {} } = example;
  const department = DEPARTMENTS[options.holidayZone ?? ''] ?? '';
  const diary = aDiary({
    sites: [aSite({ zone: timezone, department })],
    rules: rulesOf(example),
    absences: absencesOf(example),
    closures: closuresOf(example),
  });
  const calendar = createCalendar(diary);
  const search = createSlotSearch({
    store: await storeOf(example),
    calendar,
    now: toInstant(example.now ?? query.from, timezone),
    terms: { notice: 0, horizon: 0 },
  });
  const window = { from: toInstant(query.from, timezone), to: toInstant(query.to, timezone) };
  // A case may ask about a year; one query expands 100 days at most.
  const found: string[] = [];
  for (let from = window.from; from < window.to; from = instant(from + 90 * 24 * 60 * MINUTE)) {
    const to = instant(Math.min(window.to, from + 90 * 24 * 60 * MINUTE));
    const part = { from, to };
    const starts =
      example.kind === 'occurrences'
        ? calendar.openings(site, part).flatMap((opening) => (opening.from >= from ? [opening.from] : []))
        : (await search.free({ sites: [site] }, part, Number.POSITIVE_INFINITY)).map(({ start }) => start);
    found.push(...starts.map((start) => new Date(start).toISOString()));
  }
  return found.sort();
}

const expected = ({ expectedSlots, timezone }: SlotCase): string[] =>
  expectedSlots.map((time) => new Date(toInstant(time, timezone)).toISOString());

describe.each(['UTC', 'Europe/Paris'])('the slot cases in a process under TZ=%s', (zone) => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = zone;
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it.each(cases.filter(({ name }) => NOT_OFFERED[name] === undefined))('$name', async (example) => {
    expect(await slotsOf(example)).toEqual(expected(example));
  });
});

describe('the slot cases', () => {
  it('leave out at most six, each with the reason', () => {
    const names = cases.map(({ name }) => name).filter((name) => NOT_OFFERED[name] !== undefined);
    expect(names.length).toBeLessThanOrEqual(6);
  });

  it('name holidays that the computed calendar has too', () => {
    const unknown = cases.flatMap(({ name, options = {} }) => {
      const department = DEPARTMENTS[options.holidayZone ?? ''];
      if (department === undefined) return [];
      const has = (date: string): boolean => publicHolidays(Number(date.slice(0, 4)), department).has(date);
      return (options.holidays ?? []).filter((date) => !has(date)).map((date) => `${name}: ${date}`);
    });
    expect(unknown).toEqual([]);
  });
});
