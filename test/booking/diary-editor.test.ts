import { describe, expect, it } from 'vitest';
import { createDiaryEditor, type DiaryEditor } from '../../src/booking/diary-editor.js';
import { markOf } from '../../src/booking/diary-mark.js';
import { createPlanning } from '../../src/booking/planning.js';
import { weekFrom, weekItems } from '../../src/booking/week-items.js';
import { dayNumber } from '../../src/kernel/days.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { seededRandom } from '../support/seeded-random.js';
import { confirmed, desk } from './booking-support.js';
import { aDiary, aRule, aSite, at, isoOf, psychologistId, siteId } from './builders.js';

const andrea = asId<StaffId>('andrea');
const anna = { id: psychologistId('anna'), label: 'Anna' };

async function editing(): Promise<{
  editor: DiaryEditor;
  told: string[];
  set: ReturnType<typeof desk>;
}> {
  const set = desk({ rules: [aRule()] });
  await set.diary.putPsychologist(anna);
  const told: string[] = [];
  const editor = createDiaryEditor({
    ...{ clock: set.clock, random: seededRandom(), diary: set.diary, bookings: set.store },
    planning: createPlanning(set),
    changed: async (by, { kind, on }) => void told.push(`${by} ${kind} ${on}`),
  });
  return { editor, told, set };
}

const monday = (editor: DiaryEditor, changes: object = {}) =>
  editor.changeOccurrence(andrea, { ...movedMonday(), ...changes });
const movedMonday = () => ({
  ...{ site: siteId('eae'), rule: 'rule', mark: markOf(aRule()), date: '2026-03-09' },
  to: { date: '2026-03-09', from: '14:00', to: '17:00' },
  scope: 'once' as const,
});

describe('the diary editor', () => {
  it('saves what is new and what was seen, and tells who did it', async () => {
    const { editor, told } = await editing();
    const site = aSite({ id: siteId('new') });
    const saved = await editor.save(andrea, { kind: 'site', mark: '', value: site });
    expect(saved).toEqual({ kind: 'saved', entry: site });
    const edited = { ...site, name: 'Renommé' };
    expect(await editor.save(andrea, { kind: 'site', mark: markOf(site), value: edited })).toMatchObject({
      kind: 'saved',
    });
    expect((await editor.read()).sites).toContainEqual(edited);
    expect(told).toEqual(['andrea site new', 'andrea site new']);
  });

  it('shows both versions to the second of two coordinators, and keeps the first', async () => {
    const { editor, told } = await editing();
    const mark = markOf(anna);
    const first = { ...anna, label: 'Anna A.' };
    await editor.save(andrea, { kind: 'psychologist', mark, value: first });
    const outcome = await editor.save(andrea, {
      kind: 'psychologist',
      mark,
      value: { ...anna, label: 'Anna B.' },
    });
    expect(outcome).toEqual({ kind: 'conflict', stored: first, wanted: { ...anna, label: 'Anna B.' } });
    expect((await editor.read()).psychologists).toEqual([first]);
    expect(told).toHaveLength(1);
  });

  it('does not bring back what somebody else removed, nor take a new entry for a known one', async () => {
    const { editor } = await editing();
    const ref = { kind: 'rule', id: 'rule', site: siteId('eae') } as const;
    expect(await editor.remove(andrea, { ...ref, mark: 'old' })).toMatchObject({ kind: 'conflict' });
    expect(await editor.save(andrea, { kind: 'rule', mark: '', value: aRule() })).toMatchObject({
      kind: 'conflict',
    });
    expect(await editor.remove(andrea, { ...ref, mark: markOf(aRule()) })).toEqual({ kind: 'removed' });
    expect(await editor.save(andrea, { kind: 'rule', mark: markOf(aRule()), value: aRule() })).toMatchObject({
      kind: 'conflict',
      stored: null,
    });
  });

  it('names the fields that will not do, and writes nothing', async () => {
    const { editor, told } = await editing();
    const save = (changes: object) =>
      editor.save(andrea, { kind: 'rule', mark: '', value: { ...aRule({ id: 'other' }), ...changes } });
    expect(await save({ from: '9h' })).toEqual({ kind: 'invalid', fields: ['from'] });
    expect(await save({ lastDate: '2025-12-31' })).toEqual({ kind: 'invalid', fields: ['lastDate'] });
    expect(await save({ site: 'nowhere', psychologist: 'nobody' })).toEqual({
      kind: 'invalid',
      fields: ['site', 'psychologist'],
    });
    expect(told).toEqual([]);
  });

  it('changes one occurrence once, by whoever saw the rule as it is', async () => {
    const { editor } = await editing();
    expect(await monday(editor)).toMatchObject({ kind: 'saved' });
    expect(await monday(editor)).toMatchObject({ kind: 'conflict', stored: { id: 'rule' } });
    const [rule] = (await editor.read()).rules;
    expect(rule?.exceptions).toEqual([{ date: '2026-03-09', hours: { from: '14:00', to: '17:00' } }]);
  });

  it('refuses hours that are none', async () => {
    const { editor } = await editing();
    const to = { date: '2026-03-09', from: '', to: '17:00' };
    expect(await monday(editor, { to, scope: 'onwards' })).toEqual({ kind: 'invalid', fields: ['from'] });
  });

  it('says which bookings would stand outside every opening, before anything is saved', async () => {
    const { editor, set } = await editing();
    const [slot] = await set.service.findSlots({ from: at('2026-03-09T08:00Z'), limit: 1 });
    await confirmed(set.service, slot);
    const uncovered = await editor.uncovered(movedMonday());
    expect(uncovered.map(({ start }) => isoOf(start))).toEqual(['2026-03-09T08:00Z']);
    const shorter = { ...movedMonday(), to: { date: '2026-03-09', from: '09:00', to: '10:00' } };
    expect(await editor.uncovered(shorter)).toEqual([]);
    const series = await editor.uncoveredBySeries(aRule({ lastDate: '2026-03-08' }));
    expect(series).toHaveLength(1);
    expect(await editor.uncoveredBySeries(aRule({ from: '08:30' }))).toEqual([]);
  });
});

describe('a week of the diary', () => {
  it('shows openings whole, with what closes them, on the clock of the place', () => {
    const reunion = aSite({ department: '974', zone: 'Indian/Reunion' });
    const once = { recurrence: { kind: 'once' } as const, lastDate: null, from: '10:00', to: '11:00' };
    const diary = aDiary({
      sites: [reunion],
      psychologists: [anna],
      rules: [aRule()],
      closures: [{ id: 'c', site: reunion.id, firstDate: '2026-03-09', ...once }],
    });
    const days = weekFrom('2026-03-11');
    const items = weekItems(diary, { filter: { site: reunion.id }, days, bookings: [] });
    expect(items).toMatchObject([
      { kind: 'opening', date: '2026-03-09', start: '2026-03-09T09:00', end: '2026-03-09T12:00' },
      { kind: 'closure', start: '2026-03-09T10:00', end: '2026-03-09T11:00' },
    ]);
  });

  it('begins on Monday, and shows the holidays of the department', () => {
    expect(weekFrom('2026-12-20')).toEqual({ from: dayNumber('2026-12-14'), to: dayNumber('2026-12-21') });
    const site = aSite({ department: '974', zone: 'Indian/Reunion' });
    const diary = aDiary({ sites: [site] });
    const days = weekFrom('2026-12-20');
    expect(weekItems(diary, { filter: { site: site.id }, days, bookings: [] })).toMatchObject([
      { kind: 'holiday', start: '2026-12-20T00:00', end: '2026-12-21T00:00' },
    ]);
  });
});
