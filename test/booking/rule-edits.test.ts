import { describe, expect, it } from 'vitest';
import type { AvailabilityRule } from '../../src/booking/booking.js';
import { editOccurrence, endedBefore, type OccurrenceChange } from '../../src/booking/rule-edits.js';
import { asId } from '../../src/kernel/ids.js';

/** Mondays and Thursdays from 2 March 2026, a Monday. */
const weekly: AvailabilityRule = {
  ...{ id: 'r', psychologist: asId('p'), site: asId('s'), modes: ['telephone'], durations: [45] },
  recurrence: { kind: 'weekly', every: 1, weekdays: [1, 4] },
  ...{ firstDate: '2026-03-02', lastDate: null, from: '09:00', to: '12:00' },
};

function edit(rule: AvailabilityRule, change: OccurrenceChange) {
  let count = 0;
  return editOccurrence(rule, change, () => {
    count += 1;
    return `new-${count}`;
  });
}

describe('a change to one occurrence of an opening', () => {
  it('this time only, on its day, is an exception and replaces an earlier one', () => {
    const rule = { ...weekly, exceptions: [{ date: '2026-03-09', hours: null }] };
    const to = { date: '2026-03-09', from: '10:00', to: '11:30' };
    const { after, added } = edit(rule, { date: '2026-03-09', to, scope: 'once' });
    expect(after?.exceptions).toEqual([{ date: '2026-03-09', hours: { from: '10:00', to: '11:30' } }]);
    expect(added).toEqual([]);
  });

  it('this time only, to another day, leaves its day empty and stands once on the other', () => {
    const to = { date: '2026-03-10', from: '09:00', to: '12:00' };
    const { after, added } = edit(weekly, { date: '2026-03-09', to, scope: 'once' });
    expect(after?.exceptions).toEqual([{ date: '2026-03-09', hours: null }]);
    expect(added).toEqual([
      { ...weekly, id: 'new-1', recurrence: { kind: 'once' }, firstDate: '2026-03-10', lastDate: null },
    ]);
  });

  it('every week from then on changes that weekday alone, and keeps what was before', () => {
    const to = { date: '2026-03-10', from: '14:00', to: '17:00' };
    const { after, added } = edit(weekly, { date: '2026-03-09', to, scope: 'onwards' });
    expect(after).toMatchObject({ id: 'r', firstDate: '2026-03-02', lastDate: '2026-03-08' });
    expect(added).toMatchObject([
      { id: 'new-1', firstDate: '2026-03-09', recurrence: { weekdays: [4] }, from: '09:00' },
      { id: 'new-2', firstDate: '2026-03-10', recurrence: { weekdays: [2] }, from: '14:00', lastDate: null },
    ]);
  });

  it('from the first occurrence on leaves nothing of the rule', () => {
    const single = { ...weekly, recurrence: { kind: 'weekly', every: 1, weekdays: [1] } as const };
    expect(edit(single, { date: '2026-03-02', to: null, scope: 'onwards' })).toEqual({
      after: null,
      added: [],
    });
    expect(edit(single, { date: '2026-03-09', to: null, scope: 'onwards' }).after?.lastDate).toBe(
      '2026-03-08',
    );
  });

  it('keeps exceptions on the side of the cut they are on', () => {
    const rule = {
      ...weekly,
      exceptions: ['2026-03-05', '2026-03-12'].map((date) => ({ date, hours: null })),
    };
    const { after, added } = edit(rule, { date: '2026-03-09', to: null, scope: 'onwards' });
    expect(after?.exceptions?.map(({ date }) => date)).toEqual(['2026-03-05']);
    expect(added[0]?.exceptions?.map(({ date }) => date)).toEqual(['2026-03-12']);
  });

  it('of an opening that stands once moves it, whatever is asked for the weeks after', () => {
    const once = { ...weekly, recurrence: { kind: 'once' } as const };
    const to = { date: '2026-03-03', from: '08:00', to: '09:00' };
    const { after, added } = edit(once, { date: '2026-03-02', to, scope: 'onwards' });
    expect([after, added]).toEqual([{ ...once, firstDate: '2026-03-03', from: '08:00', to: '09:00' }, []]);
  });

  it('ends a rule on the day before, and never later than it ended already', () => {
    expect(endedBefore({ ...weekly, lastDate: '2026-03-20' }, '2026-04-01')?.lastDate).toBe('2026-03-20');
    expect(endedBefore(weekly, '2026-03-03')?.lastDate).toBe('2026-03-02');
    expect(endedBefore(weekly, '2026-03-02')).toBeNull();
  });
});
