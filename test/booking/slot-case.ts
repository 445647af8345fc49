import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Cases from the test suites of other booking systems; each names its source and the policy it supposes. */
const time = z.string().max(40);
const range = z.object({ start: time, end: time });
const availability = range.extend({ rrule: z.string().max(300).optional() });

const optionsSchema = z.strictObject({
  holidays: z.array(z.string()).optional(),
  holidayZone: z.string().optional(),
  alignMinutes: z.number().optional(),
  stepMinutes: z.number().optional(),
  minNoticeMinutes: z.number().optional(),
  maxHorizonDays: z.number().optional(),
  endToleranceSeconds: z.number().optional(),
  bufferBeforeMinutes: z.number().optional(),
  bufferAfterMinutes: z.number().optional(),
  bufferPolicy: z.string().optional(),
  overrides: z.array(z.object({ date: z.string(), start: z.string(), end: z.string() })).optional(),
  me: z.string().optional(),
  holds: z.array(range.extend({ owner: z.string(), expiresAt: time })).optional(),
  nowRounding: z.string().optional(),
  roundNowToMinutes: z.number().optional(),
  nonexistentTime: z.string().optional(),
  teamMode: z.string().optional(),
});

const caseSchema = z.object({
  name: z.string().max(120),
  source: z.string(),
  timezone: z.string(),
  availability: z.array(availability),
  absences: z.array(availability),
  existing: z.array(range),
  durationMinutes: z.number(),
  query: z.object({ from: time, to: time }),
  expectedSlots: z.array(time).max(500),
  kind: z.enum(['slots', 'occurrences']),
  now: time.optional(),
  options: optionsSchema.optional(),
});

export type SlotCase = z.infer<typeof caseSchema>;
export type Window = z.infer<typeof availability>;

export const readSlotCases = (file: string): SlotCase[] =>
  z
    .array(caseSchema)
    .max(5_000)
    .parse(JSON.parse(readFileSync(file, 'utf8')));
