import { describe, expect, it } from 'vitest';
import { createCalendarFeeds } from '../../src/booking/calendar-feeds.js';
import { readBusyTimes } from '../../src/booking/calendar-file.js';
import { DAY, type Instant, instant } from '../../src/kernel/clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';
import { confirmed, desk } from './booking-support.js';
import { at, isoOf, psychologistId, startsOf } from './builders.js';

const NOW = at('2026-03-02T07:00Z');
const window = { from: NOW, to: instant(NOW + 60 * DAY) };

const file = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//FR', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string =>
  ['BEGIN:VEVENT', 'UID:one', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');

const busy = (text: string, zone = 'Europe/Paris'): string[] =>
  readBusyTimes(text, { window, zone }).map(
    ({ from, to }: { from: Instant; to: Instant }) => `${isoOf(from)} ${isoOf(to)}`,
  );

/** Paris under the name that Outlook gives it. */
const ROMANCE = [
  'BEGIN:VTIMEZONE',
  'TZID:Romance Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
].join('\r\n');

describe('busy times in a calendar file', () => {
  it.each([
    ['in UTC', 'DTSTART:20260303T080000Z', 'DTEND:20260303T090000Z'],
    [
      'in a named zone',
      'DTSTART;TZID=Europe/Paris:20260303T090000',
      'DTEND;TZID=Europe/Paris:20260303T100000',
    ],
    ['without a zone', 'DTSTART:20260303T090000', 'DURATION:PT1H'],
  ])('are read %s', (_, ...lines) => {
    expect(busy(file(event(...lines)))).toEqual(['2026-03-03T08:00Z 2026-03-03T09:00Z']);
  });

  it('are read in a zone that the file describes, over a change of the clock', () => {
    const weekly = event(
      'DTSTART;TZID=Romance Standard Time:20260323T090000',
      'DTEND;TZID=Romance Standard Time:20260323T100000',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    );
    expect(busy(file(ROMANCE, weekly))).toEqual([
      '2026-03-23T08:00Z 2026-03-23T09:00Z',
      '2026-03-30T07:00Z 2026-03-30T08:00Z',
    ]);
  });

  it('are whole days where no hour is given', () => {
    const days = event('DTSTART;VALUE=DATE:20260303', 'DTEND;VALUE=DATE:20260305');
    expect(busy(file(days))).toEqual(['2026-03-02T23:00Z 2026-03-04T23:00Z']);
    expect(busy(file(days), 'Indian/Reunion')).toEqual(['2026-03-02T20:00Z 2026-03-04T20:00Z']);
  });

  it('come back as the file says, without what was moved or called off', () => {
    const weekly = event(
      'DTSTART;TZID=Europe/Paris:20250106T090000',
      'DTEND;TZID=Europe/Paris:20250106T100000',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
      'EXDATE;TZID=Europe/Paris:20260309T090000',
    );
    const moved = event(
      'RECURRENCE-ID;TZID=Europe/Paris:20260316T090000',
      'DTSTART;TZID=Europe/Paris:20260317T140000',
      'DTEND;TZID=Europe/Paris:20260317T150000',
    );
    const calledOff = event(
      'RECURRENCE-ID;TZID=Europe/Paris:20260323T090000',
      'DTSTART;TZID=Europe/Paris:20260323T090000',
      'DTEND;TZID=Europe/Paris:20260323T100000',
      'STATUS:CANCELLED',
    );
    expect(busy(file(weekly, moved, calledOff)).slice(0, 3)).toEqual([
      '2026-03-02T08:00Z 2026-03-02T09:00Z',
      '2026-03-17T13:00Z 2026-03-17T14:00Z',
      '2026-03-30T07:00Z 2026-03-30T08:00Z',
    ]);
  });

  it.each(['TRANSP:TRANSPARENT', 'STATUS:CANCELLED'])('are none where the event says %s', (line) => {
    expect(busy(file(event('DTSTART:20260303T080000Z', 'DTEND:20260303T090000Z', line)))).toEqual([]);
  });

  it('stay inside the window', () => {
    const far = event('DTSTART:20300303T080000Z', 'DTEND:20300303T090000Z');
    const past = event('DTSTART:20200303T080000Z', 'DTEND:20200303T090000Z');
    expect(busy(file(far, past))).toEqual([]);
  });

  it.each(['', 'bonjour', '<html>', 'BEGIN:VCARD\r\nEND:VCARD\r\n'])(
    'are refused in what is no calendar: %j',
    (text) => {
      expect(() => busy(text)).toThrow(/no calendar file/);
    },
  );

  it('are refused in what has no bound', () => {
    expect(() => busy('x'.repeat(2_000_001))).toThrow(/too large/);
    const secondly = event('DTSTART:20260303T080000Z', 'DTEND:20260303T080100Z', 'RRULE:FREQ=MINUTELY');
    expect(() => busy(file(secondly))).toThrow(/too large/);
  });
});

async function feeding() {
  const set = desk();
  const { stores, remove } = await temporaryStore();
  const feeds = createCalendarFeeds({
    ...{
      clock: set.clock,
      random: seededRandom(),
      store: stores.feeds,
      bookings: set.store,
      diary: set.diary,
    },
  });
  return { ...set, feeds, remove };
}
const anna = psychologistId('anna');

describe('the calendar of a psychologist', () => {
  it('says when they are busy and nothing else, at a secret address', async () => {
    const { service, feeds, remove } = await feeding();
    const { code } = await confirmed(service);
    const text = (await feeds.read(await feeds.open(anna))) ?? '';
    expect(text).toContain('SUMMARY:Occupé');
    expect(text).toContain('DTSTART:20260302T093000Z');
    expect(text).toContain('DTEND:20260302T101500Z');
    expect(text).not.toContain(code);
    expect(text).not.toMatch(/Espace|LOCATION|DESCRIPTION/);
    await remove();
  });

  it('is closed to an old or an invented address', async () => {
    const { feeds, remove } = await feeding();
    const old = await feeds.open(anna);
    const current = await feeds.open(anna);
    expect([await feeds.read(old), await feeds.read('guess'), await feeds.read('x'.repeat(101))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await feeds.read(current)).toContain('BEGIN:VCALENDAR');
    await feeds.revoke(anna);
    expect(await feeds.read(current)).toBeUndefined();
    await remove();
  });

  it('is not read back as somebody else’s appointments', async () => {
    const { service, feeds, remove } = await feeding();
    await confirmed(service);
    const text = (await feeds.read(await feeds.open(anna))) ?? '';
    expect(await feeds.importBusy(anna, { text, zone: 'Europe/Paris' })).toBe(0);
    await remove();
  });

  it('takes the times of another calendar out of what is offered, until they are forgotten', async () => {
    const { service, feeds, remove } = await feeding();
    const text = file(event('DTSTART:20260302T080000Z', 'DTEND:20260302T110000Z'));
    expect(await feeds.importBusy(anna, { text, zone: 'Europe/Paris' })).toBe(1);
    expect(startsOf(await service.findSlots({ limit: 1 }))).toEqual(['2026-03-03T08:00Z']);
    await feeds.forgetImported(anna);
    expect(startsOf(await service.findSlots({ limit: 1 }))).toEqual(['2026-03-02T09:30Z']);
    await remove();
  });
});

describe('the calendar file of an appointment', () => {
  it('has the time and no code, and stays the same event when it moves', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    const uid = async (): Promise<string> => {
      const found = await service.calendarOf(code);
      if (found.kind !== 'found') throw new Error('a file was expected');
      expect(found.file).not.toContain(code);
      return /UID:(.*)/.exec(found.file.replaceAll('\r\n ', ''))?.[1] ?? '';
    };
    const before = await uid();
    const [slot] = await service.slotsToMove(code, { from: at('2026-03-05T08:00Z'), limit: 1 });
    await service.move(code, slot as never);
    expect(await uid()).toBe(before);
    expect(await service.calendarOf('572457246')).toEqual({ kind: 'not-found' });
  });
});
