import { Temporal } from 'temporal-polyfill';

/** Days off everywhere, `MM-DD` (code du travail, L3133-1). */
const NATIONAL = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];

/** Easter Monday, Ascension and Whit Monday, in days after Easter. */
const NATIONAL_AFTER_EASTER = [1, 39, 50];

const GOOD_FRIDAY = -2;

interface LocalDays {
  fixed: readonly string[];
  afterEaster: readonly number[];
}

/** Good Friday is due in the communes that have a Protestant or a mixed church (L3134-13). */
const ALSACE_MOSELLE: LocalDays = { fixed: ['12-26'], afterEaster: [GOOD_FRIDAY] };

const fixed = (...days: string[]): LocalDays => ({ fixed: days, afterEaster: [] });

/** Abolition of slavery (L3422-2), and the territories' own days. */
const LOCAL: Readonly<Record<string, LocalDays>> = {
  '57': ALSACE_MOSELLE,
  '67': ALSACE_MOSELLE,
  '68': ALSACE_MOSELLE,
  '971': fixed('05-27'),
  '972': fixed('05-22'),
  '973': fixed('06-10'),
  '974': fixed('12-20'),
  '976': fixed('04-27'),
  '977': fixed('10-09'),
  '978': fixed('05-28'),
  '986': fixed('04-28', '07-29'),
  // Since 2025 Matari'i (20 November) takes the place of 29 June.
  '987': { fixed: ['03-05', '11-20'], afterEaster: [GOOD_FRIDAY] },
  '988': fixed('09-24'),
};

/** Easter Sunday of the Gregorian calendar, by the anonymous computus (Meeus, "Astronomical Algorithms", ch. 8). */
export function easter(year: number): Temporal.PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  return new Temporal.PlainDate(year, Math.floor(days / 31), (days % 31) + 1);
}

/**
 * Public holidays of a year in a department, as ISO dates.
 * @param department code (`67`, `974`, `987`); one without days of its own, or '', has the national ones
 * @param commune in Alsace-Moselle, `goodFriday: false` for a commune that works that day
 */
export function publicHolidays(
  year: number,
  department: string,
  commune: { goodFriday?: boolean } = {},
): ReadonlySet<string> {
  const local = LOCAL[department] ?? fixed();
  const sunday = easter(year);
  const works = local === ALSACE_MOSELLE && commune.goodFriday === false;
  const moving = [...NATIONAL_AFTER_EASTER, ...(works ? [] : local.afterEaster)];
  return new Set([
    ...[...NATIONAL, ...local.fixed].map((day) => `${sunday.year}-${day}`),
    ...moving.map((days) => sunday.add({ days }).toString()),
  ]);
}
