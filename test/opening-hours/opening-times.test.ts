import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../../src/kernel/ids.js';
import { createHoursEditor, type HoursEditor } from '../../src/opening-hours/hours-editor.js';
import { loadOpeningHours } from '../../src/opening-hours/load-hours.js';
import type { OpeningHours } from '../../src/opening-hours/opening-hours.js';
import { createOpeningTimes, type OpeningTimes } from '../../src/opening-hours/opening-times.js';
import { frozenClock } from '../support/frozen-clock.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

const MINUTE = 60_000;
/** Monday, 22:00 in Paris. */
const NIGHT = '2026-03-02T21:00:00Z';
const by = asId<never>('coordinator');

const OFFICE: OpeningHours = {
  ...{ service: 'psychologists', territory: 'national', zone: 'Europe/Paris', holidays: 'closed' },
  weekly: {
    ...{ monday: ['09:00-18:00'], tuesday: ['09:00-18:00'], wednesday: [], thursday: [], friday: [] },
    ...{ saturday: [], sunday: [] },
  },
  exceptions: [],
};
const KEY = { service: 'psychologists', territory: 'national' } as const;

let store: TemporaryStore;
let clock: ReturnType<typeof frozenClock>;
let editor: HoursEditor;
let times: OpeningTimes;
let troubles: unknown[];
let told: string[];
beforeEach(async () => {
  store = await temporaryStore();
  clock = frozenClock(NIGHT);
  troubles = [];
  told = [];
  editor = createHoursEditor({
    ...{ clock, shipped: loadOpeningHours(), store: store.stores.hours },
    changed: async (by, { service, territory }) => {
      told.push(`${by} ${service}/${territory}`);
    },
  });
  times = timesOn(store.stores.hours);
});
afterEach(() => store.remove());

const timesOn = (hours: Parameters<typeof createOpeningTimes>[0]['store']): OpeningTimes =>
  createOpeningTimes({
    ...{ clock, shipped: loadOpeningHours(), store: hours },
    trouble: (error) => troubles.push(error),
  });
const kind = async (place = {}) => (await times.stateOf('psychologists', place)).kind;

describe('the hours that are shipped', () => {
  it('have the assistant answer at all hours, and tell nothing of people', async () => {
    expect(await times.stateOf('assistant')).toEqual({ kind: 'open', until: null });
    for (const service of ['psychologists', 'operators', 'callbacks'] as const) {
      expect(await times.stateOf(service, { academy: 'lille' })).toEqual({ kind: 'unknown' });
      expect(await times.hoursOf(service)).toBeUndefined();
      expect(await times.opensBetween(service, {}, { from: 0, to: 1 })).toBeUndefined();
    }
  });
});

describe('an edit', () => {
  it('is heard within a minute, and over the version that was seen only', async () => {
    expect(await kind()).toBe('unknown');
    const edit = { ...KEY, version: 0, hours: OFFICE, by };
    expect(await editor.save(edit)).toEqual({ kind: 'saved', version: 1 });
    expect(await editor.save(edit)).toEqual({
      kind: 'conflict',
      entry: { ...KEY, version: 1, hours: OFFICE },
    });
    expect(told).toEqual([`${by} psychologists/national`]);
    clock.advance(MINUTE - 1);
    expect(await kind()).toBe('unknown');
    clock.advance(1);
    expect(await kind()).toBe('closed');
  });

  it('can be gone back on, and every version stays', async () => {
    await editor.save({ ...KEY, version: 0, hours: OFFICE, by });
    await editor.save({ ...KEY, version: 1, hours: { ...OFFICE, weekly: 'always' }, by });
    const [, first] = await editor.history(KEY);
    expect(await editor.save({ ...KEY, version: 2, hours: first?.hours, by })).toMatchObject({
      kind: 'saved',
    });
    expect(await kind()).toBe('closed');
    expect((await editor.history(KEY)).map(({ version }) => version)).toEqual([3, 2, 1]);
  });

  it.each([
    [{ weekly: { monday: ['9h-12h'] } }, 'weekly'],
    [{ weekly: { monday: ['09:00-09:00'] } }, 'weekly'],
    [{ weekly: { lundi: [] } }, 'weekly'],
    [{ zone: 'Europe/Strasbourg' }, 'zone'],
    [{ territory: 'Paris' }, 'territory'],
    [{ territory: 'lille' }, 'another service or territory'],
    [{ exceptions: [{ from: '2026-03-02', to: '2026-03-01', hours: [] }] }, 'exceptions.0'],
    [{ exceptions: [{ from: '2026-02-30', to: '2026-03-01', hours: [] }] }, 'exceptions.0.from'],
    [{ exceptions: [{ from: '2026-01-01', to: '2027-01-02', hours: [] }] }, 'exceptions.0'],
  ])('that is not hours is refused with what is wrong: %j', async (change, fault) => {
    const saved = await editor.save({ ...KEY, version: 0, hours: { ...OFFICE, ...change }, by });
    expect(saved.kind === 'invalid' ? saved.fault : '').toContain(fault);
    expect(await store.stores.hours.list()).toEqual([]);
  });
});

describe('a place', () => {
  beforeEach(async () => {
    const places: [string, string, OpeningHours['weekly']][] = [
      ['national', 'Europe/Paris', OFFICE.weekly],
      ['la-reunion', 'Indian/Reunion', 'always'],
      ['67', 'Europe/Paris', null],
    ];
    for (const [territory, zone, weekly] of places)
      await editor.save({ ...KEY, territory, version: 0, hours: { ...OFFICE, territory, zone, weekly }, by });
  });

  it('goes by its department, then its académie, then the national hours', async () => {
    expect(await kind({ department: '974' })).toBe('open');
    expect(await kind({ academy: 'la-reunion' })).toBe('open');
    expect(await kind({ academy: 'strasbourg', department: '67' })).toBe('unknown');
    expect(await kind({ academy: 'strasbourg', department: '68' })).toBe('closed');
    expect(await kind({ department: '988' })).toBe('closed');
    expect(await kind()).toBe('closed');
  });

  it('whose own hours are taken away goes by the wider ones', async () => {
    const key = { service: 'psychologists', territory: 'la-reunion' } as const;
    expect(await editor.save({ ...key, version: 1, hours: null, by })).toMatchObject({ kind: 'saved' });
    expect(await kind({ academy: 'la-reunion' })).toBe('closed');
  });
});

describe('a broken table tells nobody "closed"', () => {
  it('when the store does not answer', async () => {
    times = timesOn({
      list: async () => {
        throw new Error('down');
      },
    });
    expect([await kind(), await times.hoursOf('psychologists')]).toEqual(['unknown', undefined]);
    expect(troubles).toHaveLength(1);
  });

  it('goes on with what was read last', async () => {
    await editor.save({ ...KEY, version: 0, hours: OFFICE, by });
    let broken = false;
    times = timesOn({
      list: async () => {
        if (broken) throw new Error('down');
        return store.stores.hours.list();
      },
    });
    expect(await kind()).toBe('closed');
    broken = true;
    clock.advance(11 * 60 * MINUTE);
    expect(await kind()).toBe('open');
  });

  it.each([
    { ...OFFICE, weekly: { monday: ['25:00-26:00'] } },
    { ...OFFICE, zone: 'Mars/Olympus' },
    { ...OFFICE, territory: 'lille' },
    { nonsense: true },
    'closed',
  ])('when an entry cannot be read: %j', async (hours) => {
    const edit = { ...KEY, version: 1, editedAt: clock.now(), editedBy: by };
    await store.stores.hours.save({ ...edit, hours: hours as unknown as OpeningHours });
    expect([await kind(), await times.opensBetween('psychologists', {}, { from: 0, to: 1 })]).toEqual([
      'unknown',
      undefined,
    ]);
  });
});

describe('a list of hours', () => {
  it('is taken as a whole or not at all', async () => {
    const good = { ...OFFICE, territory: 'lille' };
    expect(await editor.importAll([good, { ...good, zone: '' }], by)).toMatchObject({ kind: 'invalid' });
    expect(await editor.importAll([good, good], by)).toMatchObject({ kind: 'invalid' });
    expect(await store.stores.hours.list()).toEqual([]);
    const first = await editor.importAll([good, ...loadOpeningHours()], by);
    expect(first).toEqual({ kind: 'imported', changed: 1, unchanged: 4, conflicts: 0 });
    expect(await editor.importAll([good], by)).toMatchObject({ changed: 0, unchanged: 1 });
  });
});
