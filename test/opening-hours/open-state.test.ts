import { describe, expect, it } from 'vitest';
import { ACADEMIES, COLLECTIVITIES } from '../../src/kernel/academies.js';
import { instant } from '../../src/kernel/clock.js';
import { type OpenState, opensBetween, stateAt } from '../../src/opening-hours/open-state.js';
import { type OpeningHours, openingHoursSchema } from '../../src/opening-hours/opening-hours.js';

const at = (iso: string) => instant(Date.parse(iso));
const SECOND = 1_000;

const OFFICE = ['09:00-12:00', '14:00-18:00'];
const WEEK = { monday: OFFICE, tuesday: OFFICE, wednesday: OFFICE, thursday: OFFICE, friday: OFFICE };

const hours = (change: object = {}): OpeningHours =>
  openingHoursSchema.parse({
    ...{ service: 'psychologists', territory: 'national', zone: 'Europe/Paris', weekly: WEEK },
    ...{ holidays: 'closed', exceptions: [] },
    ...change,
  });

const told = (state: OpenState): string => {
  const when = state.kind === 'open' ? state.until : state.kind === 'closed' ? state.opens : null;
  return when === null ? state.kind : `${state.kind} ${new Date(when).toISOString().slice(0, 16)}`;
};
/** The state one second before a boundary, at it, and one second after. */
const around = (table: OpeningHours, iso: string): string[] =>
  [-SECOND, 0, SECOND].map((ms) => told(stateAt(table, instant(at(iso) + ms))));

describe('hours of a week', () => {
  it.each([
    [
      'opening',
      '2026-03-02T08:00:00Z',
      ['closed 2026-03-02T08:00', 'open 2026-03-02T11:00', 'open 2026-03-02T11:00'],
    ],
    [
      'the pause',
      '2026-03-02T11:00:00Z',
      ['open 2026-03-02T11:00', 'closed 2026-03-02T13:00', 'closed 2026-03-02T13:00'],
    ],
    [
      'closing',
      '2026-03-02T17:00:00Z',
      ['open 2026-03-02T17:00', 'closed 2026-03-03T08:00', 'closed 2026-03-03T08:00'],
    ],
    [
      'the week-end',
      '2026-03-06T17:00:00Z',
      ['open 2026-03-06T17:00', 'closed 2026-03-09T08:00', 'closed 2026-03-09T08:00'],
    ],
  ])('change at %s, to the second', (_, iso, states) => {
    expect(around(hours(), iso)).toEqual(states);
  });

  it('count nights with the day they begin on', () => {
    const nights = hours({ weekly: { friday: ['20:00-06:00'] } });
    expect(around(nights, '2026-03-06T19:00:00Z')).toEqual([
      'closed 2026-03-06T19:00',
      'open 2026-03-07T05:00',
      'open 2026-03-07T05:00',
    ]);
    expect(around(nights, '2026-03-07T05:00:00Z')[1]).toBe('closed 2026-03-13T19:00');
  });

  it('are one stretch over midnight, and without an end when they never close', () => {
    const friday = hours({ weekly: { friday: ['09:00-24:00'], saturday: ['00:00-12:00'] } });
    expect(told(stateAt(friday, at('2026-03-06T10:00:00Z')))).toBe('open 2026-03-07T11:00');
    expect(told(stateAt(hours({ weekly: 'always' }), at('2026-12-25T10:00:00Z')))).toBe('open');
  });

  it('say that it stays closed when nothing opens within a year', () => {
    expect(told(stateAt(hours({ weekly: {} }), at('2026-03-02T08:00:00Z')))).toBe('closed');
  });

  it('that are to be filled in are unknown, never closed', () => {
    expect(stateAt(hours({ weekly: null }), at('2026-03-01T03:00:00Z'))).toEqual({ kind: 'unknown' });
  });
});

describe('clock changes', () => {
  const nights = hours({ weekly: { sunday: ['01:00-04:00'] } });
  it('in spring, the hour that is skipped is not open', () => {
    expect(around(nights, '2026-03-29T02:00:00Z')).toEqual([
      'open 2026-03-29T02:00',
      'closed 2026-04-04T23:00',
      'closed 2026-04-04T23:00',
    ]);
    const skipped = hours({ weekly: { sunday: ['02:00-03:00'] } });
    expect(told(stateAt(skipped, at('2026-03-29T01:00:00Z')))).toBe('closed 2026-04-05T00:00');
  });

  it('in autumn, the hour that comes twice is open twice', () => {
    expect(told(stateAt(nights, at('2026-10-24T23:00:00Z')))).toBe('open 2026-10-25T03:00');
    const [open] =
      opensBetween(nights, { from: at('2026-10-24T12:00:00Z'), to: at('2026-10-25T12:00:00Z') }) ?? [];
    expect(((open?.to ?? 0) - (open?.from ?? 0)) / 3_600_000).toBe(4);
  });

  it('move opening by an hour for whoever counts in UTC', () => {
    expect(around(hours(), '2026-03-27T08:00:00Z')[1]).toBe('open 2026-03-27T11:00');
    expect(around(hours(), '2026-03-30T07:00:00Z')).toEqual([
      'closed 2026-03-30T07:00',
      'open 2026-03-30T10:00',
      'open 2026-03-30T10:00',
    ]);
  });
});

const PLACES = [
  ...ACADEMIES.map(({ slug, zone }) => ({ territory: slug, zone })),
  ...COLLECTIVITIES.map(({ code, zone }) => ({ territory: code, zone })),
];

describe('every territory', () => {
  it.each(PLACES)('opens at nine on the wall in $territory', ({ territory, zone }) => {
    const local = hours({ territory, zone });
    for (const day of ['2026-01-13', '2026-07-07']) {
      const opened = stateAt(local, at(`${day}T00:00:00Z`));
      const opens = opened.kind === 'closed' ? opened.opens : null;
      const wall = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });
      const near = opens ?? (opened.kind === 'open' ? opened.until : null) ?? 0;
      expect(['09:00', '14:00', '12:00', '18:00']).toContain(wall.format(near));
      expect(around(local, new Date(near).toISOString())[0]).not.toBe(
        around(local, new Date(near).toISOString())[1],
      );
    }
  });

  it.each([
    ['84', 'Europe/Paris', '2026-12-24T20:00:00Z', 'closed 2026-12-28T08:00'],
    ['strasbourg', 'Europe/Paris', '2026-04-02T20:00:00Z', 'closed 2026-04-07T07:00'],
    ['nancy-metz', 'Europe/Paris', '2026-04-02T20:00:00Z', 'closed 2026-04-03T07:00'],
    ['57', 'Europe/Paris', '2026-04-02T20:00:00Z', 'closed 2026-04-07T07:00'],
    ['la-reunion', 'Indian/Reunion', '2027-12-19T20:00:00Z', 'closed 2027-12-21T05:00'],
    ['guadeloupe', 'America/Guadeloupe', '2026-05-26T22:00:00Z', 'closed 2026-05-28T13:00'],
    ['mayotte', 'Indian/Mayotte', '2026-04-26T20:00:00Z', 'closed 2026-04-28T06:00'],
    ['988', 'Pacific/Noumea', '2026-09-23T20:00:00Z', 'closed 2026-09-24T22:00'],
    ['987', 'Pacific/Tahiti', '2026-03-05T04:00:00Z', 'closed 2026-03-06T19:00'],
  ])('has its own days off: %s', (territory, zone, iso, state) => {
    expect(told(stateAt(hours({ territory, zone }), at(iso)))).toBe(state);
  });
});

describe('holidays and exceptions', () => {
  it('open as usual on a holiday when the table says so', () => {
    expect(told(stateAt(hours(), at('2026-11-11T10:00:00Z')))).toBe('closed 2026-11-12T08:00');
    expect(told(stateAt(hours({ holidays: 'as-usual' }), at('2026-11-11T10:00:00Z')))).toBe(
      'open 2026-11-11T11:00',
    );
  });

  it('closes from the first moment of a closure to the last of its last day', () => {
    const closed = hours({
      weekly: 'always',
      exceptions: [{ from: '2026-12-24', to: '2026-12-25', hours: [] }],
    });
    expect(around(closed, '2026-12-23T23:00:00Z')).toEqual([
      'open 2026-12-23T23:00',
      'closed 2026-12-25T23:00',
      'closed 2026-12-25T23:00',
    ]);
    expect(around(closed, '2026-12-25T23:00:00Z')).toEqual(['closed 2026-12-25T23:00', 'open', 'open']);
  });

  it('opens on a Sunday or a holiday that an exception opens; of two, the last counts', () => {
    const exceptions = [
      { from: '2026-11-11', to: '2026-11-15', hours: [] },
      { from: '2026-11-11', to: '2026-11-11', hours: ['10:00-11:00'] },
    ];
    expect(told(stateAt(hours({ exceptions }), at('2026-11-10T20:00:00Z')))).toBe('closed 2026-11-11T09:00');
    expect(told(stateAt(hours({ exceptions }), at('2026-11-11T10:00:00Z')))).toBe('closed 2026-11-16T08:00');
  });
});

describe('windows in which it is open', () => {
  it('are cut at both ends, in order', () => {
    const day = { from: at('2026-03-02T08:30:00Z'), to: at('2026-03-02T15:00:00Z') };
    const iso = (opensBetween(hours(), day) ?? []).map(({ from, to }) =>
      [from, to].map((ms) => new Date(ms).toISOString().slice(11, 16)),
    );
    expect(iso).toEqual([
      ['08:30', '11:00'],
      ['13:00', '15:00'],
    ]);
    expect(opensBetween(hours({ weekly: null }), day)).toBeUndefined();
  });
});
