import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandRules, wallToInstant } from '../../src/booking/availability.js';
import { DAY, after as later } from '../../src/kernel/clock.js';
import { aRule, aSite, at, everyDay, isoOf, siteId, startsOf } from './builders.js';

const week = (from: string) => ({
  from: at(`${from}T00:00:00Z`),
  to: later(at(`${from}T00:00:00Z`), 7 * DAY),
});

/** The process's own zone must not show in any result. */
describe.each(['UTC', 'Europe/Paris', 'Pacific/Marquesas'])(
  'availability in a process under TZ=%s',
  (zone) => {
    const before = process.env.TZ;
    beforeAll(() => {
      process.env.TZ = zone;
    });
    afterAll(() => {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    });

    it('really runs in that zone', () => {
      const hours = { UTC: 12, 'Europe/Paris': 14, 'Pacific/Marquesas': 2 }[zone];
      expect(new Date('2026-07-01T12:00:00Z').getHours()).toBe(hours);
    });

    it('keeps the wall clock over the spring change in Paris', () => {
      const window = { from: at('2026-03-23T00:00:00Z'), to: at('2026-04-01T00:00:00Z') };
      expect(startsOf(expandRules([aRule({ to: '09:45' })], [aSite()], window))).toEqual([
        '2026-03-23T08:00Z',
        '2026-03-30T07:00Z',
      ]);
    });

    it('keeps the wall clock over the autumn change in Paris', () => {
      const window = { from: at('2026-10-19T00:00:00Z'), to: at('2026-10-27T00:00:00Z') };
      expect(startsOf(expandRules([aRule({ to: '09:45' })], [aSite()], window))).toEqual([
        '2026-10-19T07:00Z',
        '2026-10-26T08:00Z',
      ]);
    });

    it('gives a night opening one hour less in spring and one hour more in autumn', () => {
      const night = everyDay({ from: '01:00', to: '04:00', minutes: 60 });
      const spring = expandRules(night, [aSite()], {
        from: at('2026-03-28T23:00:00Z'),
        to: at('2026-03-29T22:00:00Z'),
      });
      expect(startsOf(spring)).toEqual(['2026-03-29T00:00Z', '2026-03-29T01:00Z']);
      const autumn = expandRules(night, [aSite()], {
        from: at('2026-10-24T22:00:00Z'),
        to: at('2026-10-25T23:00:00Z'),
      });
      expect(startsOf(autumn)).toEqual([
        '2026-10-24T23:00Z',
        '2026-10-25T00:00Z',
        '2026-10-25T01:00Z',
        '2026-10-25T02:00Z',
      ]);
    });

    it('moves a skipped hour on by the gap and takes the first of a repeated one', () => {
      expect(isoOf(wallToInstant('2026-03-29', '02:30', 'Europe/Paris'))).toBe('2026-03-29T01:30Z');
      expect(isoOf(wallToInstant('2026-10-25', '02:30', 'Europe/Paris'))).toBe('2026-10-25T00:30Z');
    });

    it.each([
      [
        'America/Miquelon',
        '975',
        [
          '2026-03-02T12:00Z',
          '2026-03-09T11:00Z',
          '2026-03-16T11:00Z',
          '2026-03-23T11:00Z',
          '2026-03-30T11:00Z',
        ],
      ],
      [
        'Indian/Reunion',
        '974',
        [
          '2026-03-02T05:00Z',
          '2026-03-09T05:00Z',
          '2026-03-16T05:00Z',
          '2026-03-23T05:00Z',
          '2026-03-30T05:00Z',
        ],
      ],
      [
        'Pacific/Marquesas',
        '987',
        [
          '2026-03-02T18:30Z',
          '2026-03-09T18:30Z',
          '2026-03-16T18:30Z',
          '2026-03-23T18:30Z',
          '2026-03-30T18:30Z',
        ],
      ],
    ])('opens at nine by the clock of %s', (siteZone, department, expected) => {
      const window = { from: at('2026-03-01T00:00:00Z'), to: at('2026-04-01T00:00:00Z') };
      const slots = expandRules([aRule({ to: '09:45' })], [aSite({ zone: siteZone, department })], window);
      expect(startsOf(slots)).toEqual(expected);
    });

    it('finds the local day of a window that begins on another date in UTC', () => {
      const window = { from: at('2026-03-02T19:00:00Z'), to: at('2026-03-03T05:00:00Z') };
      const noumea = aSite({ zone: 'Pacific/Noumea', department: '988' });
      expect(startsOf(expandRules(everyDay({ to: '09:45' }), [noumea], window))).toEqual([
        '2026-03-02T22:00Z',
      ]);
      const marquesas = aSite({ zone: 'Pacific/Marquesas', department: '987' });
      const evening = everyDay({ from: '18:00', to: '18:45' });
      expect(startsOf(expandRules(evening, [marquesas], window))).toEqual(['2026-03-03T03:30Z']);
    });
  },
);

describe('availability', () => {
  it('cuts whole slots and drops the remainder', () => {
    const slots = expandRules([aRule({ to: '11:20', minutes: 60 })], [aSite()], week('2026-03-02'));
    expect(startsOf(slots)).toEqual(['2026-03-02T08:00Z', '2026-03-02T09:00Z']);
    expect(slots.map((slot) => slot.end - slot.start)).toEqual([3_600_000, 3_600_000]);
  });

  it('includes a slot that starts with the window and excludes one that starts at its end', () => {
    const starts = (from: string, to: string): string[] =>
      startsOf(expandRules([aRule()], [aSite()], { from: at(from), to: at(to) }));
    expect(starts('2026-03-02T08:00:00Z', '2026-03-02T08:45:00Z')).toEqual(['2026-03-02T08:00Z']);
    expect(starts('2026-03-02T08:00:00.001Z', '2026-03-02T08:45:00.001Z')).toEqual(['2026-03-02T08:45Z']);
  });

  it('includes the first and the last date and nothing around them', () => {
    const rule = aRule({ to: '09:45', firstDate: '2026-03-09', lastDate: '2026-03-16' });
    const window = { from: at('2026-03-01T00:00:00Z'), to: at('2026-04-01T00:00:00Z') };
    expect(startsOf(expandRules([rule], [aSite()], window))).toEqual([
      '2026-03-09T08:00Z',
      '2026-03-16T08:00Z',
    ]);
  });

  it('opens on 29 February and on both sides of New Year', () => {
    const daily = everyDay({ to: '09:45', firstDate: '2020-01-01' });
    const leap = expandRules(daily, [aSite()], {
      from: at('2028-02-29T00:00:00Z'),
      to: at('2028-03-01T00:00:00Z'),
    });
    expect(startsOf(leap)).toEqual(['2028-02-29T08:00Z']);
    const newYear = expandRules(daily, [aSite()], {
      from: at('2026-12-31T00:00:00Z'),
      to: at('2027-01-03T00:00:00Z'),
    });
    expect(startsOf(newYear)).toEqual(['2026-12-31T08:00Z', '2027-01-02T08:00Z']);
  });

  it.each([
    ['on 14 July', '84', '2026-07-14'],
    ['on Easter Monday', '84', '2026-04-06'],
    ['on 26 December in Alsace', '67', '2026-12-26'],
    ['on 20 December in La Réunion', '974', '2026-12-20'],
  ])('is closed %s, and open the day before and after', (_, department, date) => {
    const noon = at(`${date}T12:00:00Z`);
    const site = aSite({ department });
    const open = [-2, -1, 0, 1, 2].filter((days) => {
      const from = later(noon, days * DAY - DAY / 2);
      return expandRules(everyDay(), [site], { from, to: later(from, DAY) }).length > 0;
    });
    const holidayBefore = department === '67' ? [-2, 1, 2] : [-2, -1, 1, 2];
    expect(open).toEqual(holidayBefore);
  });

  it('stays open on 26 December outside Alsace-Moselle', () => {
    const window = { from: at('2026-12-26T00:00:00Z'), to: at('2026-12-27T00:00:00Z') };
    expect(expandRules(everyDay(), [aSite({ department: '54' })], window)).toHaveLength(4);
  });

  it('offers each way of meeting of an opening', () => {
    const both = aRule({ to: '09:45', modes: ['face_to_face', 'telephone'] });
    const slots = expandRules([both], [aSite()], week('2026-03-02'));
    expect(slots.map((slot) => slot.mode)).toEqual(['face_to_face', 'telephone']);
  });

  it('gives nothing for a site it was not asked about', () => {
    expect(expandRules([aRule()], [aSite({ id: siteId('other') })], week('2026-03-02'))).toEqual([]);
  });

  it('answers a window far ahead without unrolling the years before it', () => {
    const rules = Array.from({ length: 200 }, (_, index) =>
      aRule({ id: `${index}`, firstDate: '1926-01-04' }),
    );
    const started = performance.now();
    expect(expandRules(rules, [aSite()], week('2126-03-04'))).toHaveLength(800);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each([0, -5, 7, Number.NaN])('refuses slots of %d minutes', (minutes) => {
    expect(() => expandRules([aRule({ minutes })], [aSite()], week('2026-03-02'))).toThrow(/multiple of 5/);
  });

  it('refuses a window of more than 100 days and accepts one of 100', () => {
    const from = at('2026-03-02T00:00:00Z');
    expect(() => expandRules([aRule()], [aSite()], { from, to: later(from, 100 * DAY + 1) })).toThrow(
      /100 days/,
    );
    expect(expandRules([aRule()], [aSite()], { from, to: later(from, 100 * DAY) }).length).toBeGreaterThan(
      40,
    );
  });
});
