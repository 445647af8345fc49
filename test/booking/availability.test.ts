import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCalendar, type TimeWindow } from '../../src/booking/availability.js';
import type { AvailabilityRule, Site, Slot } from '../../src/booking/booking.js';
import { DAY, after as later } from '../../src/kernel/clock.js';
import { wallToInstant } from '../../src/kernel/wall-clock.js';
import { aDiary, aRule, aSite, at, everyDay, isoOf, openSlots, siteId, startsOf } from './builders.js';

const expandRules = (rules: AvailabilityRule[], sites: Site[], window: TimeWindow): Promise<Slot[]> =>
  openSlots({ rules, sites }, window);

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

    it('really runs in that zone', async () => {
      const hours = { UTC: 12, 'Europe/Paris': 14, 'Pacific/Marquesas': 2 }[zone];
      expect(new Date('2026-07-01T12:00:00Z').getHours()).toBe(hours);
    });

    it('keeps the wall clock over the spring change in Paris', async () => {
      const window = { from: at('2026-03-23T00:00:00Z'), to: at('2026-04-01T00:00:00Z') };
      expect(startsOf(await expandRules([aRule({ to: '09:45' })], [aSite()], window))).toEqual([
        '2026-03-23T08:00Z',
        '2026-03-30T07:00Z',
      ]);
    });

    it('keeps the wall clock over the autumn change in Paris', async () => {
      const window = { from: at('2026-10-19T00:00:00Z'), to: at('2026-10-27T00:00:00Z') };
      expect(startsOf(await expandRules([aRule({ to: '09:45' })], [aSite()], window))).toEqual([
        '2026-10-19T07:00Z',
        '2026-10-26T08:00Z',
      ]);
    });

    it('gives a night opening one hour less in spring and one hour more in autumn', async () => {
      const night = everyDay({ from: '01:00', to: '04:00', durations: [60] });
      const spring = await expandRules(night, [aSite()], {
        from: at('2026-03-28T23:00:00Z'),
        to: at('2026-03-29T22:00:00Z'),
      });
      expect(startsOf(spring)).toEqual(['2026-03-29T00:00Z', '2026-03-29T01:00Z']);
      const autumn = await expandRules(night, [aSite()], {
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

    it('moves a skipped hour on by the gap and takes the first of a repeated one', async () => {
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
    ])('opens at nine by the clock of %s', async (siteZone, department, expected) => {
      const window = { from: at('2026-03-01T00:00:00Z'), to: at('2026-04-01T00:00:00Z') };
      const slots = await expandRules(
        [aRule({ to: '09:45' })],
        [aSite({ zone: siteZone, department })],
        window,
      );
      expect(startsOf(slots)).toEqual(expected);
    });

    it('finds the local day of a window that begins on another date in UTC', async () => {
      const window = { from: at('2026-03-02T19:00:00Z'), to: at('2026-03-03T05:00:00Z') };
      const noumea = aSite({ zone: 'Pacific/Noumea', department: '988' });
      expect(startsOf(await expandRules(everyDay({ to: '09:45' }), [noumea], window))).toEqual([
        '2026-03-02T22:00Z',
      ]);
      const marquesas = aSite({ zone: 'Pacific/Marquesas', department: '987' });
      const evening = everyDay({ from: '18:00', to: '18:45' });
      expect(startsOf(await expandRules(evening, [marquesas], window))).toEqual(['2026-03-03T03:30Z']);
    });
  },
);

describe('availability', () => {
  it('cuts whole slots and drops the remainder', async () => {
    const slots = await expandRules([aRule({ to: '11:20', durations: [60] })], [aSite()], week('2026-03-02'));
    expect(startsOf(slots)).toEqual(['2026-03-02T08:00Z', '2026-03-02T09:00Z']);
    expect(slots.map((slot) => slot.end - slot.start)).toEqual([3_600_000, 3_600_000]);
  });

  it('includes a slot that starts with the window and excludes one that starts at its end', async () => {
    const starts = async (from: string, to: string): Promise<string[]> =>
      startsOf(await expandRules([aRule()], [aSite()], { from: at(from), to: at(to) }));
    expect(await starts('2026-03-02T08:00:00Z', '2026-03-02T08:45:00Z')).toEqual(['2026-03-02T08:00Z']);
    expect(await starts('2026-03-02T08:00:00.001Z', '2026-03-02T08:45:00.001Z')).toEqual([
      '2026-03-02T08:45Z',
    ]);
  });

  it('includes the first and the last date and nothing around them', async () => {
    const rule = aRule({ to: '09:45', firstDate: '2026-03-09', lastDate: '2026-03-16' });
    const window = { from: at('2026-03-01T00:00:00Z'), to: at('2026-04-01T00:00:00Z') };
    expect(startsOf(await expandRules([rule], [aSite()], window))).toEqual([
      '2026-03-09T08:00Z',
      '2026-03-16T08:00Z',
    ]);
  });

  it('opens on 29 February and on both sides of New Year', async () => {
    const daily = everyDay({ to: '09:45', firstDate: '2020-01-01' });
    const leap = await expandRules(daily, [aSite()], {
      from: at('2028-02-29T00:00:00Z'),
      to: at('2028-03-01T00:00:00Z'),
    });
    expect(startsOf(leap)).toEqual(['2028-02-29T08:00Z']);
    const newYear = await expandRules(daily, [aSite()], {
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
  ])('is closed %s, and open the day before and after', async (_, department, date) => {
    const noon = at(`${date}T12:00:00Z`);
    const site = aSite({ department });
    const open: number[] = [];
    for (const days of [-2, -1, 0, 1, 2]) {
      const from = later(noon, days * DAY - DAY / 2);
      const slots = await expandRules(everyDay(), [site], { from, to: later(from, DAY) });
      if (slots.length > 0) open.push(days);
    }
    const holidayBefore = department === '67' ? [-2, 1, 2] : [-2, -1, 1, 2];
    expect(open).toEqual(holidayBefore);
  });

  it('stays open on 26 December outside Alsace-Moselle', async () => {
    const window = { from: at('2026-12-26T00:00:00Z'), to: at('2026-12-27T00:00:00Z') };
    expect(await expandRules(everyDay(), [aSite({ department: '54' })], window)).toHaveLength(4);
  });

  it('offers each way of meeting of an opening', async () => {
    const both = aRule({ to: '09:45', modes: ['face_to_face', 'telephone'] });
    const slots = await expandRules([both], [aSite()], week('2026-03-02'));
    expect(slots.map((slot) => slot.mode)).toEqual(['face_to_face', 'telephone']);
  });

  it('gives nothing for a site it was not asked about', async () => {
    expect(await expandRules([aRule()], [aSite({ id: siteId('other') })], week('2026-03-02'))).toEqual([]);
  });

  it('answers a window a century ahead as it answers this week', async () => {
    const rule = aRule({ firstDate: '1926-01-04' });
    expect(startsOf(await expandRules([rule], [aSite()], week('2126-03-04')))).toHaveLength(4);
  });

  it('refuses a window of more than 100 days and accepts one of 100', () => {
    const calendar = createCalendar(aDiary({ rules: [aRule()] }));
    const from = at('2026-03-02T00:00:00Z');
    const openings = (to: number) => calendar.openings(siteId('eae'), { from, to: later(from, to) });
    expect(() => openings(100 * DAY + 1)).toThrow(/100 days/);
    expect(openings(100 * DAY)).toHaveLength(13);
  });
});

describe('what changes an opening', () => {
  const days = async (changes: Parameters<typeof openSlots>[0], from = '2026-03-02'): Promise<string[]> => {
    const slots = await openSlots(changes, week(from));
    return slots.map((slot) => isoOf(slot.start).slice(5, 16));
  };
  const morning = { to: '09:45' } as const;
  const off = { from: '00:00', to: '24:00' } as const;
  const anna = aRule().psychologist;

  it('is an exception: one date has other hours, another has none', async () => {
    const exceptions = [
      { date: '2026-03-03', hours: { from: '14:00', to: '14:45' } },
      { date: '2026-03-04', hours: null },
    ];
    const rules = everyDay({ ...morning, exceptions });
    expect((await days({ rules })).slice(0, 3)).toEqual(['03-02T08:00', '03-03T13:00', '03-05T08:00']);
  });

  it('is an absence of some days, to the minute, in its own zone', async () => {
    const absence = {
      ...{ id: 'a', psychologist: anna, zone: 'Europe/Paris', from: '09:45', to: '12:00' },
      recurrence: { kind: 'daily', every: 1 } as const,
      ...{ firstDate: '2026-03-02', lastDate: '2026-03-07' },
    };
    const found = await days({ rules: everyDay(), absences: [absence] });
    expect(found.slice(4, 8)).toEqual(['03-06T08:00', '03-07T08:00', '03-08T08:00', '03-08T08:45']);
    expect(found).toHaveLength(10);
  });

  it('is an absence that comes back every second Tuesday', async () => {
    const absence = {
      ...{ id: 'a', psychologist: anna, zone: 'Europe/Paris', ...off },
      recurrence: { kind: 'weekly', every: 2, weekdays: [2] } as const,
      ...{ firstDate: '2026-03-03', lastDate: null },
    };
    const rules = everyDay(morning);
    expect(await days({ rules, absences: [absence] })).not.toContain('03-03T08:00');
    expect(await days({ rules, absences: [absence] }, '2026-03-09')).toContain('03-10T08:00');
    expect(await days({ rules, absences: [absence] }, '2026-03-16')).not.toContain('03-17T08:00');
  });

  it('never is an absence for an opening made for that one date, but a closure is', async () => {
    const rules = [aRule({ ...morning, recurrence: { kind: 'once' }, firstDate: '2026-03-03' })];
    const whole = { recurrence: { kind: 'once' } as const, firstDate: '2026-03-03', lastDate: null, ...off };
    const absences = [{ id: 'a', psychologist: anna, zone: 'Europe/Paris', ...whole }];
    expect(await days({ rules, absences })).toEqual(['03-03T08:00']);
    const closures = [{ id: 'c', site: siteId('eae'), ...whole }];
    expect(await days({ rules, absences, closures })).toEqual([]);
  });

  it('is what another calendar says is taken', async () => {
    const times = [{ from: at('2026-03-02T08:30Z'), to: at('2026-03-02T09:30Z') }];
    const importedBusy = [{ psychologist: anna, times }];
    expect(await days({ rules: [aRule()], importedBusy })).toEqual(['03-02T09:30', '03-02T10:15']);
  });

  it('is a public holiday, unless the psychologist works on holidays', async () => {
    const easterMonday = { firstDate: '2026-04-06', lastDate: '2026-04-06', ...morning };
    expect(await days({ rules: [aRule(easterMonday)] }, '2026-04-06')).toEqual([]);
    const works = aRule({ ...easterMonday, worksOnHolidays: true });
    expect(await days({ rules: [works] }, '2026-04-06')).toEqual(['04-06T07:00']);
  });

  it('is Good Friday in Alsace-Moselle, by commune', async () => {
    const rules = everyDay(morning);
    const friday = '04-03T07:00';
    const inColmar = (goodFriday?: boolean) =>
      days(
        { rules, sites: [aSite({ department: '68', ...(goodFriday === undefined ? {} : { goodFriday }) })] },
        '2026-03-31',
      );
    expect(await inColmar()).not.toContain(friday);
    expect(await inColmar(true)).not.toContain(friday);
    expect(await inColmar(false)).toContain(friday);
  });

  it('is joined with the next day when it ends at midnight', async () => {
    const rules = [
      aRule({ from: '23:00', to: '24:00', durations: [90] }),
      aRule({
        ...{ id: 'night', from: '00:00', to: '00:30', durations: [90] },
        recurrence: { kind: 'weekly', every: 1, weekdays: [2] },
      }),
    ];
    expect(await days({ rules })).toEqual(['03-02T22:00']);
  });

  it('goes past midnight when it ends before it begins', async () => {
    expect(await days({ rules: [aRule({ from: '23:15', to: '00:45' })] })).toEqual([
      '03-02T22:15',
      '03-02T23:00',
    ]);
  });
});
