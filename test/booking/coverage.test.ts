import { describe, expect, it } from 'vitest';
import { createCoverage } from '../../src/booking/coverage.js';
import { rowsOf } from '../../src/booking/sheet-file.js';
import { dayNumber } from '../../src/kernel/days.js';
import { confirmed, desk } from './booking-support.js';
import { aRule, aSite, at, isoOf, siteId } from './builders.js';

describe('the coverage of a site', () => {
  it('counts what its openings have room for, what is taken, and the first free slot', async () => {
    const empty = aSite({ id: siteId('empty') });
    const { service, diary, store } = desk({ sites: [aSite(), empty], rules: [aRule()] });
    const [slot] = await service.findSlots({ from: at('2026-03-09T08:00Z'), limit: 1 });
    await confirmed(service, slot);
    const once = { recurrence: { kind: 'once' } as const, lastDate: null, from: '00:00', to: '24:00' };
    await diary.putClosure({ id: 'c', site: siteId('eae'), firstDate: '2026-03-16', ...once });
    const coverage = createCoverage({ diary, bookings: store, booking: service });
    const weeks = ['2026-03-02', '2026-03-09', '2026-03-16'].map(dayNumber);
    const [site, other] = await coverage.of(weeks);
    expect(site?.weeks.map(({ offered, taken }) => [offered, taken])).toEqual([
      [4, 0],
      [4, 1],
      [0, 0],
    ]);
    expect(isoOf(site?.first?.start ?? at('1970-01-01T00:00Z'))).toBe('2026-03-02T09:30Z');
    expect(other).toMatchObject({
      first: undefined,
      weeks: [{ offered: 0 }, { offered: 0 }, { offered: 0 }],
    });
  });
});

describe('a sheet as a spreadsheet saves it', () => {
  it.each([',', ';', '\t'])('is read with %j between its cells, and keeps short lines', (separator) => {
    const text = `\uFEFF${[`id${separator}label`, `a${separator}Anna`, 'b'].join('\r\n')}\r\n`;
    expect(rowsOf('psychologists', text)).toEqual([
      { line: 2, record: { id: 'a', label: 'Anna' } },
      { line: 3, record: { id: 'b' } },
    ]);
  });

  it('is refused when it is neither CSV nor a list', () => {
    expect(() => rowsOf('sites', '[{"id":')).toThrow(/neither/);
    expect(() => rowsOf('sites', 'id,name\n"a')).toThrow(/neither/);
  });
});
