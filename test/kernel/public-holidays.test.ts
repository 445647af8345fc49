import { describe, expect, it } from 'vitest';
import { easter, publicHolidays } from '../../src/kernel/public-holidays.js';

const isHoliday = (date: string, department: string): boolean =>
  publicHolidays(Number(date.slice(0, 4)), department).has(date);

describe('Easter', () => {
  it.each(['1961-04-02', '2000-04-23', '2008-03-23', '2024-03-31', '2025-04-20', '2026-04-05', '2038-04-25'])(
    'falls on %s',
    (date) => {
      expect(easter(Number(date.slice(0, 4))).toString()).toBe(date);
    },
  );
});

describe('public holidays', () => {
  it('are the eleven days of the labour code in a department without its own', () => {
    expect([...publicHolidays(2026, '84')].sort()).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ]);
  });

  it.each(['57', '67', '68'])('add Good Friday and 26 December in Alsace-Moselle (%s)', (department) => {
    expect(isHoliday('2026-04-03', department)).toBe(true);
    expect(isHoliday('2026-12-26', department)).toBe(true);
  });

  it('leave Good Friday and 26 December open next door', () => {
    expect(isHoliday('2026-04-03', '54')).toBe(false);
    expect(isHoliday('2026-12-26', '54')).toBe(false);
  });

  it.each([
    ['971', '2026-05-27'],
    ['972', '2026-05-22'],
    ['973', '2026-06-10'],
    ['974', '2026-12-20'],
    ['976', '2026-04-27'],
    ['977', '2026-10-09'],
    ['978', '2026-05-28'],
  ])('add the abolition of slavery in %s on %s, and nowhere else', (department, date) => {
    expect(isHoliday(date, department)).toBe(true);
    expect(isHoliday(date, '75')).toBe(false);
  });

  it.each([
    ['986', '2026-07-29'],
    ['987', '2026-11-20'],
    ['988', '2026-09-24'],
  ])('add the days of the Pacific collectivities (%s, %s)', (department, date) => {
    expect(isHoliday(date, department)).toBe(true);
  });

  it('are the national ones for a site without a department', () => {
    expect(publicHolidays(2026, '')).toEqual(publicHolidays(2026, '75'));
  });
});
