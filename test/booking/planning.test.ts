import { describe, expect, it } from 'vitest';
import type { Absence } from '../../src/booking/booking.js';
import { createPlanning, type Planning } from '../../src/booking/planning.js';
import { DAY } from '../../src/kernel/clock.js';
import { confirmed, desk, other } from './booking-support.js';
import { aSite, at, everyDay, isoOf, psychologistId, siteId } from './builders.js';

const anna = psychologistId('anna');

/** Away from the 3rd to the 4th of March. */
const absence = (changes: Partial<Absence> = {}): Absence => ({
  ...{ id: 'away', psychologist: anna, zone: 'Europe/Paris', from: '00:00', to: '24:00' },
  ...{ recurrence: { kind: 'daily', every: 1 }, firstDate: '2026-03-03', lastDate: '2026-03-04' },
  ...changes,
});

/** Booked at 9 on the 3rd, at 9:45 on the 3rd and at 9 on the 6th. */
async function booked() {
  const set = desk({ sites: [aSite(), aSite({ id: siteId('elsewhere') })] });
  const planning: Planning = createPlanning(set);
  const codes: string[] = [];
  for (const start of ['2026-03-03T08:00Z', '2026-03-03T08:45Z', '2026-03-06T08:00Z']) {
    const [slot] = await set.service.findSlots({ from: at(start), limit: 1 });
    codes.push((await confirmed(set.service, slot)).code);
  }
  return { ...set, planning, codes };
}

const times = (found: Awaited<ReturnType<Planning['worklist']>>): string[] =>
  found.map(
    ({ start, proposed }) => `${isoOf(start)} -> ${proposed === null ? 'nothing' : isoOf(proposed.start)}`,
  );

const MOVED = ['2026-03-03T08:00Z -> 2026-03-05T08:00Z', '2026-03-03T08:45Z -> 2026-03-05T08:45Z'];

describe('an absence over appointments', () => {
  it('shows which are hit, and what would be proposed, before anything is saved', async () => {
    const { planning, service, diary } = await booked();
    expect(times(await planning.previewAbsence(absence()))).toEqual(MOVED);
    expect((await diary.read()).absences).toEqual([]);
    expect(await planning.worklist()).toEqual([]);
    expect(await service.findSlots({ limit: 1 })).toHaveLength(1);
  });

  it('keeps another time for each and flags its code, while the old time stays staffed', async () => {
    const { planning, service, codes } = await booked();
    const saved = await planning.saveAbsence(absence());
    expect(times(saved)).toEqual(MOVED);
    expect(saved.every(({ mustBeThere }) => mustBeThere)).toBe(true);
    expect(await service.byCode(codes[0] ?? '')).toMatchObject({
      booking: { start: at('2026-03-03T08:00Z') },
      proposed: { start: at('2026-03-05T08:00Z') },
    });
    expect(await service.byCode(codes[2] ?? '')).toMatchObject({ proposed: null });
    const [slot] = await service.findSlots({ limit: 1 });
    expect(isoOf(slot?.start ?? at('2026-01-01T00:00Z'))).toBe('2026-03-02T09:30Z');
  });

  it('stays on the list until the caller has answered', async () => {
    const { planning, service, codes } = await booked();
    await planning.saveAbsence(absence());
    await service.answerProposal(codes[0] ?? '', 'accept');
    expect(times(await planning.worklist())).toEqual(MOVED.slice(1));
    await service.answerProposal(codes[1] ?? '', 'refuse');
    expect(times(await planning.worklist())).toEqual(['2026-03-03T08:45Z -> nothing']);
    await service.cancel(codes[1] ?? '');
    expect(await planning.worklist()).toEqual([]);
  });

  it('is still told at the booked time, where somebody is', async () => {
    const { planning, service, codes, clock } = await booked();
    await planning.saveAbsence(absence());
    clock.set(at('2026-03-05T06:00Z') - 2 * DAY - 1);
    expect(times(await planning.worklist())).toEqual(MOVED);
    clock.set(at('2026-03-03T08:44Z'));
    expect(times(await planning.worklist())).toEqual(MOVED);
    expect(await service.byCode(codes[0] ?? '')).toMatchObject({ kind: 'found', proposed: {} });
  });

  it('gives way to whoever books the proposed time first', async () => {
    const { planning, service } = await booked();
    const [slot] = await service.findSlots({ from: at('2026-03-05T08:00Z'), limit: 1 });
    if (slot === undefined) throw new Error('a slot was expected');
    await service.hold(slot, other);
    expect(times(await planning.saveAbsence(absence()))).toEqual([
      '2026-03-03T08:00Z -> 2026-03-05T08:45Z',
      '2026-03-03T08:45Z -> 2026-03-05T09:30Z',
    ]);
  });

  it('proposes nothing with another psychologist', async () => {
    const set = await booked();
    for (const rule of everyDay({ id: 'b', psychologist: psychologistId('bea') }))
      await set.diary.putRule(rule);
    const forever = absence({ firstDate: '2026-03-02', lastDate: null });
    expect(times(await set.planning.saveAbsence(forever))).toEqual([
      '2026-03-03T08:00Z -> nothing',
      '2026-03-03T08:45Z -> nothing',
      '2026-03-06T08:00Z -> nothing',
    ]);
  });

  it('counts to the minute', async () => {
    const { planning } = await booked();
    const touching = absence({ firstDate: '2026-03-03', lastDate: '2026-03-03', from: '09:45', to: '10:30' });
    expect((await planning.previewAbsence(touching)).map(({ start }) => isoOf(start))).toEqual([
      '2026-03-03T08:45Z',
    ]);
  });

  it('is refused with the field at fault', async () => {
    const { planning } = await booked();
    await expect(planning.saveAbsence({ ...absence(), from: '25:00' })).rejects.toThrow(
      /^from: hours are written/,
    );
    await expect(planning.saveAbsence({ ...absence(), zone: 'Mars' })).rejects.toThrow(
      /^zone: must be an IANA/,
    );
    await expect(planning.saveAbsence(absence({ lastDate: '2026-03-01' }))).rejects.toThrow(/^lastDate/);
    await expect(planning.saveAbsence({})).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('the closure of a site', () => {
  it('hits what is booked there', async () => {
    const { planning } = await booked();
    const closure = {
      ...{ id: 'strike', site: siteId('eae'), recurrence: { kind: 'once' }, from: '00:00', to: '24:00' },
      ...{ firstDate: '2026-03-06', lastDate: null },
    };
    expect(times(await planning.previewClosure(closure))).toEqual(['2026-03-06T08:00Z -> 2026-03-07T08:00Z']);
    expect(await planning.previewClosure({ ...closure, site: 'elsewhere' })).toEqual([]);
    expect(times(await planning.saveClosure(closure))).toHaveLength(1);
    expect(times(await planning.worklist())).toEqual(['2026-03-06T08:00Z -> 2026-03-07T08:00Z']);
  });
});
