import { z } from 'zod';
import { CodedError } from '../kernel/errors.js';
import { asId, type PsychologistId, type SiteId } from '../kernel/ids.js';
import { type Absence, type Closure, MODES, SITE_KINDS } from './booking.js';

const id = z.string().min(1).max(100);
const siteId = id.transform((value) => asId<SiteId>(value));
const psychologistId = id.transform((value) => asId<PsychologistId>(value));
const date = z.iso.date();
const clock = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'hours are written HH:MM, from 00:00 to 24:00');
const fiveMinutes = (most: number) => z.number().int().multipleOf(5).min(5).max(most);
const buffer = z.number().int().multipleOf(5).min(0).max(120);
const weekdays = z.array(z.number().int().min(1).max(7)).min(1).max(7);
const every = z.number().int().min(1).max(52);
const zone = z.string().max(60).refine(isZone, 'must be an IANA time zone: Europe/Paris');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const recurrence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once') }),
  z.strictObject({ kind: z.literal('daily'), every }),
  z.strictObject({ kind: z.literal('weekly'), every, weekdays }),
  z.strictObject({
    kind: z.literal('monthly'),
    every,
    weekdays,
    positions: z.array(z.number().int().min(-31).max(31)).min(1).max(10),
  }),
  z.strictObject({
    kind: z.literal('month-days'),
    every,
    days: z.array(z.number().int().min(-31).max(31)).min(1).max(31),
  }),
]);

const dates = { recurrence, firstDate: date, lastDate: date.nullable() };
const hours = { from: clock, to: clock };

const inOrder = ({ firstDate, lastDate }: { firstDate: string; lastDate: string | null }): boolean =>
  lastDate === null || lastDate >= firstDate;
const IN_ORDER = { message: 'the last date is before the first', path: ['lastDate'] };

export const siteSchema = z.strictObject({
  id: siteId,
  kind: z.enum(SITE_KINDS),
  name: z.string().min(1).max(120),
  department: z.string().max(3),
  address: z.string().max(300),
  accessibility: z.string().max(300),
  zone,
  goodFriday: z.boolean().optional(),
});

export const psychologistSchema = z.strictObject({ id: psychologistId, label: z.string().min(1).max(120) });

export const ruleSchema = z
  .strictObject({
    id,
    psychologist: psychologistId,
    site: siteId,
    modes: z.array(z.enum(MODES)).min(1).max(MODES.length),
    ...dates,
    ...hours,
    durations: z.array(fiveMinutes(480)).min(1).max(10),
    exceptions: z
      .array(z.strictObject({ date, hours: z.strictObject(hours).nullable() }))
      .max(500)
      .optional(),
    worksOnHolidays: z.boolean().optional(),
    bufferBefore: buffer.optional(),
    bufferAfter: buffer.optional(),
    step: fiveMinutes(480).optional(),
    align: fiveMinutes(120).optional(),
    noticeMinutes: z.number().int().min(0).max(40_000).optional(),
    horizonDays: z.number().int().min(1).max(99).optional(),
    operatorShare: z
      .strictObject({
        everyNth: z.number().int().min(1).max(20),
        releasedHoursBefore: z.number().int().min(0).max(720),
      })
      .optional(),
  })
  .refine(inOrder, IN_ORDER);

export const absenceSchema = z
  .strictObject({ id, psychologist: psychologistId, zone, ...dates, ...hours })
  .refine(inOrder, IN_ORDER);

export const closureSchema = z
  .strictObject({ id, site: siteId, ...dates, ...hours })
  .refine(inOrder, IN_ORDER);

/**
 * What came from a form or a file, checked.
 * @throws CodedError `invalid-input` that names the first field at fault
 */
export const readAbsence = (input: unknown): Absence => checked(absenceSchema, input);
export const readClosure = (input: unknown): Closure => checked(closureSchema, input);

function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CodedError(
    'invalid-input',
    `${issue?.path.join('.') ?? 'input'}: ${issue?.message ?? 'is wrong'}.`,
  );
}
