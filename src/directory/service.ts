import { z } from 'zod';
import { ACADEMIES } from '../kernel/academies.js';
import type { ServiceId } from '../kernel/ids.js';
import { NEEDS } from '../kernel/needs.js';

const SLUGS = ACADEMIES.map(({ slug }) => slug);

/** Written `03 88 23 36 99`, or a short national number. */
const PHONE = /^(?:0\d(?: \d{2}){4}|\d{2,4}|116 \d{3})$/;

const contactSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), value: z.string().regex(PHONE) }),
  z.object({ kind: z.literal('email'), value: z.email() }),
  z.object({
    kind: z.literal('url'),
    value: z.string().regex(/^(?:https:\/\/)?[\w.-]+\.[a-z]{2,}(?:\/\S*)?$/),
  }),
  z.object({ kind: z.literal('address'), value: z.string().min(5).max(200) }),
  z.object({ kind: z.literal('hours'), value: z.string().min(2).max(200) }),
]);

export const CORPS = [
  'premier_degre',
  'second_degre',
  'direction',
  'inspection',
  'administratif',
  'aesh_aed',
  'sante_social',
  'autre',
] as const;

/** One entry of the directory: a service for one académie, or for everybody. */
export const serviceSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .transform((id) => id as ServiceId),
  name: z.strictObject({ fr: z.string().min(2).max(120), en: z.string().min(2).max(120) }),
  /** What it does, for callers: plain French, short sentences. */
  what: z.string().min(10).max(400),
  academy: z.enum(['national', ...SLUGS]),
  /** Only these departments of the académie; all of it when absent. */
  departments: z.array(z.string()).optional(),
  needs: z.array(z.enum(NEEDS)).min(1),
  /** Only for these; for all staff when absent. */
  corps: z.array(z.enum(CORPS)).optional(),
  contacts: z.array(contactSchema),
  source: z.strictObject({
    document: z.string().min(3),
    /** ISO date of the document; `null` when it has none. */
    date: z.iso.date().nullable(),
    /** The words of the document that the entry rests on. */
    quote: z.string().min(3),
  }),
});

export type Service = z.infer<typeof serviceSchema>;
export type Contact = Service['contacts'][number];
export type Corps = (typeof CORPS)[number];
