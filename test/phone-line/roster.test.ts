import { describe, expect, it } from 'vitest';
import { HOUR, type Instant, instant } from '../../src/kernel/clock.js';
import {
  gapsIn,
  onRosterAt,
  type RosterEntry,
  type RosterOverride,
  type RosterRule,
  shiftsBetween,
} from '../../src/phone-line/roster.js';
import { responderNamed } from '../support/line-office.js';

const at = (text: string): Instant => instant(Date.parse(text));
const rule = (change: Partial<RosterRule> = {}): RosterRule => ({
  kind: 'rule',
  id: 'r',
  responder: responderNamed('dominique'),
  role: 'psychologist',
  weekday: 1,
  from: '09:00',
  to: '17:00',
  firstDate: '2026-01-01',
  lastDate: null,
  ...change,
});
const override = (change: Partial<RosterOverride> = {}): RosterOverride => ({
  kind: 'override',
  id: 'o',
  responder: responderNamed('dominique'),
  role: 'psychologist',
  from: at('2026-03-02T10:00+01:00'),
  to: at('2026-03-02T12:00+01:00'),
  change: { kind: 'remove' },
  ...change,
});
const there = (roster: RosterEntry[], text: string): string[] => [...onRosterAt(roster, at(text))];

describe('the roster', () => {
  it('puts people on duty from the first minute of their shift to the last, on their weekday', () => {
    expect(there([rule()], '2026-03-02T08:59:59.999+01:00')).toEqual([]);
    expect(there([rule()], '2026-03-02T09:00+01:00')).toEqual(['dominique']);
    expect(there([rule()], '2026-03-02T16:59:59.999+01:00')).toEqual(['dominique']);
    expect(there([rule()], '2026-03-02T17:00+01:00')).toEqual([]);
    expect(there([rule()], '2026-03-03T10:00+01:00')).toEqual([]);
  });

  it('keeps to the first and the last date of a rule', () => {
    const bounded = [rule({ firstDate: '2026-03-02', lastDate: '2026-03-09' })];
    expect(there(bounded, '2026-02-23T10:00+01:00')).toEqual([]);
    expect(there(bounded, '2026-03-02T10:00+01:00')).toEqual(['dominique']);
    expect(there(bounded, '2026-03-09T10:00+01:00')).toEqual(['dominique']);
    expect(there(bounded, '2026-03-16T10:00+01:00')).toEqual([]);
  });

  it('keeps the wall clock across both clock changes, nights included', () => {
    const night = [rule({ weekday: 6, from: '22:00', to: '06:00', lastDate: '2026-10-31' })];
    const length = (from: string, to: string): number => {
      const [shift] = shiftsBetween(night, { from: at(from), to: at(to) });
      return shift === undefined ? 0 : (shift.to - shift.from) / HOUR;
    };
    expect(length('2026-03-28T12:00Z', '2026-03-29T12:00Z')).toBe(7);
    expect(length('2026-10-24T12:00Z', '2026-10-25T12:00Z')).toBe(9);
    expect(there(night, '2026-03-29T05:59+02:00')).toEqual(['dominique']);
    expect(there(night, '2026-03-29T06:00+02:00')).toEqual([]);
  });

  it('takes somebody out, puts somebody in, and replaces one by another for the time they had', () => {
    expect(there([rule(), override()], '2026-03-02T11:00+01:00')).toEqual([]);
    expect(there([rule(), override()], '2026-03-02T12:00+01:00')).toEqual(['dominique']);
    const extra = override({ responder: responderNamed('sacha'), change: { kind: 'add' } });
    expect(there([rule(), extra], '2026-03-02T11:00+01:00')).toEqual(['dominique', 'sacha']);
    const swap = override({
      from: at('2026-03-02T08:00+01:00'),
      change: { kind: 'replace', by: responderNamed('sacha') },
    });
    expect(there([rule(), swap], '2026-03-02T08:30+01:00')).toEqual([]);
    expect(there([rule(), swap], '2026-03-02T09:30+01:00')).toEqual(['sacha']);
  });

  it('goes by a temporary schedule alone while it lasts', () => {
    const strike: RosterEntry = {
      kind: 'temporary',
      id: 't',
      from: at('2026-03-02T00:00+01:00'),
      to: at('2026-03-03T00:00+01:00'),
      shifts: [
        {
          responder: responderNamed('sacha'),
          role: 'psychologist',
          from: at('2026-03-01T22:00+01:00'),
          to: at('2026-03-02T10:00+01:00'),
        },
      ],
    };
    expect(there([rule(), strike], '2026-03-01T23:00+01:00')).toEqual([]);
    expect(there([rule(), strike], '2026-03-02T09:30+01:00')).toEqual(['sacha']);
    expect(there([rule(), strike], '2026-03-02T11:00+01:00')).toEqual([]);
    expect(there([rule(), strike], '2026-03-09T11:00+01:00')).toEqual(['dominique']);
  });

  it('shows the times with fewer people than wanted', () => {
    const roster = [
      rule(),
      rule({ id: 's', responder: responderNamed('sacha'), from: '12:00', to: '18:00' }),
    ];
    const day = { from: at('2026-03-02T08:00+01:00'), to: at('2026-03-02T19:00+01:00') };
    expect(gapsIn(roster, { ...day, role: 'psychologist', atLeast: 1 })).toEqual([
      { from: day.from, to: at('2026-03-02T09:00+01:00'), present: 0 },
      { from: at('2026-03-02T18:00+01:00'), to: day.to, present: 0 },
    ]);
    expect(gapsIn(roster, { ...day, role: 'operator', atLeast: 1 })).toEqual([{ ...day, present: 0 }]);
    expect(gapsIn(roster, { ...day, role: 'psychologist', atLeast: 2 })).toHaveLength(4);
  });
});
