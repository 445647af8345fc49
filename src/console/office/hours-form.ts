import {
  type HoursException,
  type HoursKey,
  type OpeningHours,
  rangesSchema,
  WEEKDAYS,
  type WeeklyHours,
} from '../../opening-hours/opening-hours.js';

type Values = Readonly<Record<string, string>>;

/** "09:00-12:30, 14:00-18:00" as a form shows and takes it. */
export const rangesText = (ranges: readonly string[]): string => ranges.join(', ');

/** What people write for it: "9h-12h30 et 14h à 18h". What cannot be read stays, and the schema refuses it. */
export const readRanges = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[,;]|\bet\b/)
    .map((range) =>
      range
        .replaceAll(/\s/g, '')
        .split(/[-–—à]/)
        .map(clockOf)
        .join('-'),
    )
    .filter((range) => range !== '');

function clockOf(text: string): string {
  const found = /^(\d{1,2})(?:[h:](\d{2})?)?$/.exec(text);
  return found === null ? text : `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`;
}

export function hoursValues({ zone, weekly, holidays }: OpeningHours): Record<string, string> {
  const mode = weekly === null ? 'unknown' : weekly === 'always' ? 'always' : 'week';
  const days = WEEKDAYS.map((day) => [
    day,
    weekly === null || weekly === 'always' ? '' : rangesText(weekly[day]),
  ]);
  return { zone, mode, holidays, ...Object.fromEntries(days) };
}

export type ReadHours = { kind: 'read'; hours: OpeningHours } | { kind: 'faults'; fields: string[] };

/** The week of a form; the exceptions are those that stand. */
export function readHours(values: Values, key: HoursKey, exceptions: HoursException[]): ReadHours {
  const { zone = '', mode, holidays } = values;
  const week = WEEKDAYS.map((day) => ({ day, read: rangesSchema.safeParse(readRanges(values[day] ?? '')) }));
  const fields = week.flatMap(({ day, read }) => (read.success ? [] : [day as string]));
  if (mode === 'week' && fields.length > 0) return { kind: 'faults', fields };
  const days = Object.fromEntries(week.map(({ day, read }) => [day, read.data ?? []])) as WeeklyHours;
  const weekly = mode === 'always' ? 'always' : mode === 'unknown' ? null : days;
  return {
    kind: 'read',
    hours: {
      ...{ service: key.service, territory: key.territory, zone, weekly, exceptions },
      holidays: holidays === 'as-usual' ? 'as-usual' : 'closed',
    },
  };
}
