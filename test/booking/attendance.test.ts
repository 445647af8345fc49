import { describe, expect, it } from 'vitest';
import { createAttendanceDesk } from '../../src/booking/attendance.js';
import { createBookingDesk } from '../../src/booking/booking-desk.js';
import { createCodeHasher } from '../../src/booking/code.js';
import { countPastBookings } from '../../src/jobs/count-past-bookings.job.js';
import { DAY, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { confirmed, desk, firstSlot, NOW } from './booking-support.js';
import { aRule, aSite, at, everyDay, psychologistId, siteId } from './builders.js';

const EAE = siteId('eae');

async function atTheDoor() {
  const sites = [aSite(), aSite({ id: siteId('reunion'), zone: 'Indian/Reunion' })];
  const set = desk({ sites, rules: [...everyDay(), aRule({ id: 'r', site: siteId('reunion') })] });
  const hashOf = createCodeHasher(Buffer.alloc(32, 7));
  const { clock, store, diary } = set;
  const staff = createAttendanceDesk({
    clock,
    store,
    hashOf,
    desk: createBookingDesk({ clock, store, diary }),
  });
  const slot = await firstSlot(set.service);
  return { ...set, staff, slot, ...(await confirmed(set.service, slot)) };
}

describe('who is expected', () => {
  it('is shown as time, mode and session number, by psychologist and by site', async () => {
    const { staff, slot, booking, code } = await atTheDoor();
    const window = { from: at(NOW), to: instant(at(NOW) + 7 * DAY) };
    const entry = {
      ...{ booking, psychologist: 'anna', site: 'eae', mode: 'face_to_face', session: 1, attendance: null },
      ...{ start: slot.start, end: slot.end },
    };
    expect(await staff.expected({ psychologist: psychologistId('anna'), ...window })).toEqual([entry]);
    expect(await staff.expected({ site: EAE, ...window })).toEqual([entry]);
    expect(await staff.expected({ site: siteId('reunion'), ...window })).toEqual([]);
    expect(JSON.stringify(await staff.expected(window))).not.toContain(code);
  });

  it('says their code at the door: here and today, elsewhere, or not found', async () => {
    const { staff, service, clock, slot, code } = await atTheDoor();
    expect(await staff.checkIn(code, EAE)).toMatchObject({ kind: 'expected', entry: { start: slot.start } });
    expect(await staff.checkIn(code, siteId('reunion'))).toMatchObject({
      kind: 'elsewhere',
      booking: { start: slot.start, site: { id: 'eae' } },
    });
    clock.set(slot.start - DAY);
    expect((await staff.checkIn(code, EAE)).kind).toBe('elsewhere');
    clock.set(slot.start);
    for (const wrong of ['572457246', '123', ''])
      expect(await staff.checkIn(wrong, EAE)).toEqual({ kind: 'not-found' });
    await service.cancel(code);
    expect(await staff.checkIn(code, EAE)).toEqual({ kind: 'not-found' });
  });

  it('never waits, however many wrong codes came', async () => {
    const { staff, service, code, waited } = await atTheDoor();
    for (let index = 0; index < 60; index += 1) await service.byCode('572457246');
    const before = waited.length;
    expect((await staff.checkIn(code, EAE)).kind).toBe('expected');
    expect(waited).toHaveLength(before);
  });
});

describe('who came', () => {
  it('is marked from half an hour before the start on, and may be corrected', async () => {
    const { staff, clock, slot, booking } = await atTheDoor();
    clock.set(slot.start - 30 * MINUTE - 1);
    expect(await staff.mark(booking, 'attended')).toBe('too-early');
    clock.advance(1);
    expect(await staff.mark(booking, 'missed')).toBe('marked');
    expect(await staff.mark(booking, 'attended')).toBe('marked');
    const [entry] = await staff.expected({ site: EAE, from: slot.start, to: slot.end });
    expect(entry?.attendance).toBe('attended');
    expect(await staff.mark(booking, null)).toBe('marked');
    expect(await staff.mark(asId('nothing'), 'missed')).toBe('unknown');
  });

  it.each([
    ['missed', 'missed|eae'],
    ['attended', 'held|eae'],
    [null, 'held|eae'],
  ] as const)(
    'marked %s is counted so after 30 days, and takes nothing from the code',
    async (mark, counter) => {
      const { staff, service, store, clock, slot, booking, code } = await atTheDoor();
      clock.set(slot.end);
      await staff.mark(booking, mark);
      expect((await service.followUp(code)).kind).toBe('allowed');
      clock.set(slot.end + 30 * DAY);
      const added: object[] = [];
      const counts = {
        add: async (_day: string, counted: object) => {
          added.push(counted);
          return 'added';
        },
      } as never;
      await countPastBookings({ clock, bookings: store, counts, placeOf: async () => 'eae' }).run();
      expect(added).toEqual([{ [counter]: 1 }]);
    },
  );
});
