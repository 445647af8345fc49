import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import type { RosterEntry } from '../../src/phone-line/roster.js';
import { createRosterEditor } from '../../src/phone-line/roster-editor.js';
import type { RosterStore } from '../../src/phone-line/roster-store.js';
import { seededRandom } from '../support/seeded-random.js';

const andrea = asId<StaffId>('andrea');
const at = (text: string): Instant => instant(Date.parse(text));

function editing() {
  const entries: RosterEntry[] = [];
  const told: string[] = [];
  const store: RosterStore = {
    list: async () => structuredClone(entries),
    put: async (entry) => void entries.push(entry),
    remove: async ({ id }) =>
      void entries.splice(
        entries.findIndex((one) => one.id === id),
        1,
      ),
  };
  const editor = createRosterEditor({
    ...{ random: seededRandom(), store },
    changed: async (by, on) => void told.push(`${by} ${on}`),
  });
  return { editor, entries, told };
}

const rule = {
  ...{ kind: 'rule', responder: 'dominique', role: 'psychologist', weekday: 1, from: '09:00', to: '12:00' },
  ...{ firstDate: '2026-01-01', lastDate: null },
};
const monday = { from: at('2026-03-02T00:00+01:00'), to: at('2026-03-03T00:00+01:00') };
const open = { from: at('2026-03-02T09:00+01:00'), to: at('2026-03-02T18:00+01:00') };

describe('the roster editor', () => {
  it('shows gaps in the hours the line is open, and the operators who are there then', async () => {
    const { editor, told } = editing();
    await editor.add(andrea, rule);
    const operator = {
      responder: 'camille',
      role: 'operator',
      from: '2026-03-02T12:00',
      to: '2026-03-02T16:00',
    };
    await editor.add(andrea, { ...operator, kind: 'override', change: { kind: 'add' } });
    const { shifts, gaps } = await editor.week(monday, [open]);
    expect(shifts.map(({ responder }) => responder)).toEqual(['dominique', 'camille']);
    const noon = at('2026-03-02T12:00+01:00');
    const four = at('2026-03-02T16:00+01:00');
    expect(gaps).toEqual([
      { from: noon, to: four, present: 0, operators: ['camille'] },
      { from: four, to: open.to, present: 0, operators: [] },
    ]);
    expect(told).toHaveLength(2);
  });

  it('lets a temporary schedule stand in place of the rules', async () => {
    const { editor } = editing();
    await editor.add(andrea, rule);
    const times = { from: '2026-03-02T00:00', to: '2026-03-02T23:59' };
    await editor.add(andrea, { kind: 'temporary', ...times, shifts: [] });
    expect((await editor.week(monday, [open])).gaps).toMatchObject([{ from: open.from, to: open.to }]);
  });

  it('names the fields that will not do, and writes nothing', async () => {
    const { editor, entries, told } = editing();
    expect(await editor.add(andrea, { ...rule, from: '9h', lastDate: '2025-01-01' })).toEqual({
      kind: 'invalid',
      fields: ['from', 'lastDate'],
    });
    const backwards = { from: '2026-03-02T10:00', to: '2026-03-02T10:00' };
    expect(
      await editor.add(andrea, { ...rule, kind: 'override', ...backwards, change: { kind: 'remove' } }),
    ).toEqual({ kind: 'invalid', fields: ['to'] });
    expect([entries, told]).toEqual([[], []]);
  });

  it('takes an entry back', async () => {
    const { editor, entries } = editing();
    await editor.add(andrea, rule);
    await editor.remove(andrea, { kind: 'rule', id: entries[0]?.id ?? '' });
    expect(entries).toEqual([]);
  });
});
