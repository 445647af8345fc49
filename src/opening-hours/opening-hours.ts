import { z } from 'zod';
import { ACADEMIES, academyBySlug, academyOfDepartment, COLLECTIVITIES } from '../kernel/academies.js';

/** Who answers on the line, each with hours of its own. */
export const LINE_SERVICES = ['assistant', 'psychologists', 'operators', 'callbacks'] as const;
export type LineService = (typeof LINE_SERVICES)[number];

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `national`, the slug of an académie, or the code of a department or a collectivity. */
export const TERRITORIES: readonly string[] = [
  'national',
  ...ACADEMIES.map(({ slug }) => slug),
  ...ACADEMIES.flatMap(({ departments }) => departments.map(({ code }) => code)),
  ...COLLECTIVITIES.map(({ code }) => code),
];

const RANGE = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const MOST_RANGES = 6;
export const MOST_EXCEPTIONS = 200;

/** Days one exception may cover: no closure is announced for longer. */
const LONGEST_EXCEPTION = 366;
const DAY_MS = 86_400_000;

/** The hours of one day, in any order. */
export const rangesSchema = z
  .array(z.string().regex(RANGE, 'hours are written 09:00-12:30'))
  .max(MOST_RANGES)
  .refine((ranges) => ranges.every((range) => range.slice(0, 5) !== range.slice(6)), 'a range is empty');

const dateSchema = z.iso.date();

export const exceptionSchema = z
  .strictObject({ from: dateSchema, to: dateSchema, hours: rangesSchema })
  .refine(({ from, to }) => from <= to, 'the last day is before the first')
  .refine(
    ({ from, to }) => Date.parse(to) - Date.parse(from) < LONGEST_EXCEPTION * DAY_MS,
    `at most ${LONGEST_EXCEPTION} days`,
  );

const ofWeekday = Object.fromEntries(
  WEEKDAYS.map((day) => [day, rangesSchema.default([])]),
) as unknown as Record<Weekday, z.ZodDefault<typeof rangesSchema>>;

/**
 * When one service answers in one territory. Hours are wall clock of `zone`, `09:00-12:30`; a range that ends
 * before it begins ends the day after and belongs to the day it begins on.
 */
export const openingHoursSchema = z.strictObject({
  service: z.enum(LINE_SERVICES),
  territory: z.string().refine((place) => TERRITORIES.includes(place), 'no such territory'),
  /** IANA time zone. */
  zone: z.string().refine(isZone, 'no such time zone'),
  /** `always`: day and night, holidays too. `null`: to be filled in; callers are told no hours. */
  weekly: z.union([z.literal('always'), z.null(), z.strictObject(ofWeekday)]),
  holidays: z.enum(['closed', 'as-usual']),
  /** Of the days from `from` to `to`, whatever the week and the holidays say; no hours: closed. The last counts. */
  exceptions: z.array(exceptionSchema).max(MOST_EXCEPTIONS),
});
export type OpeningHours = z.infer<typeof openingHoursSchema>;
export type HoursException = OpeningHours['exceptions'][number];
export type WeeklyHours = Exclude<OpeningHours['weekly'], 'always' | null>;

export type HoursKey = Pick<OpeningHours, 'service' | 'territory'>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Where the holidays of a territory are looked up: an académie goes by its first department. */
export const departmentOf = (territory: string): string =>
  academyBySlug(territory)?.departments[0]?.code ?? (territory === 'national' ? '' : territory);

export interface Place {
  /** Slug of the académie. */
  academy?: string | undefined;
  /** Code of the department or the collectivity. */
  department?: string | undefined;
}

/** Territories whose hours may apply at a place, the narrowest first. */
export function territoriesOf({ academy, department }: Place): string[] {
  const slug = academy ?? academyOfDepartment(department ?? '')?.slug;
  return [
    ...(department === undefined ? [] : [department]),
    ...(slug === undefined ? [] : [slug]),
    'national',
  ];
}
