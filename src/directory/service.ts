import { z } from 'zod';
import { ACADEMIES, COLLECTIVITIES } from '../kernel/academies.js';
import type { ServiceId } from '../kernel/ids.js';
import { NEEDS } from '../kernel/needs.js';
import { CORPS, POSITIONS } from './profile.js';
import { citationSchema, sourceSchema } from './source.js';

export const DEPARTMENT_CODES: readonly string[] = [
  ...ACADEMIES.flatMap(({ departments }) => departments.map(({ code }) => code)),
  ...COLLECTIVITIES.map(({ code }) => code),
];

/** What kind of service it is: the columns of the table académie × service. */
export const SERVICE_KINDS = [
  'pae',
  'cellule-rps',
  'cellule-cadres',
  'cellule-rh',
  'service-social',
  'crhp',
  'cmc',
  'medecine-prevention',
  'medecin-secteur',
  'correspondant-handicap',
  'gestion-personnels',
  'affaires-medicales',
  'centre-readaptation',
  'reseau-pas',
  'psychologues',
  'ecoute-psychologue',
  'accompagnement-etablissement',
  'actions-collectives',
  'interlocuteurs-institutionnels',
  'ems',
  'referent-laicite',
  'egalite',
  'protection-fonctionnelle',
  'securite-sante',
  'formation',
  'action-sociale',
  'teletravail',
  'fin-de-carriere',
  'stage-ressourcement',
  'equipements-speciaux',
  'aide-domicile',
  'vacances-adaptees',
  'medico-social',
  'mgen',
  'numero-national',
] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** Written `03 88 23 36 99`, or a short national number. */
const PHONE = /^(?:0\d(?: \d{2}){4}|\d{2,4}|116 \d{3})$/;

const contactSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('phone'),
    value: z.string().regex(PHONE, 'a phone is written 03 88 23 36 99'),
  }),
  z.strictObject({ kind: z.literal('email'), value: z.email() }),
  z.strictObject({
    kind: z.literal('url'),
    value: z.string().regex(/^(?:https:\/\/)?[\w.-]+\.[a-z]{2,}(?:\/\S*)?$/),
  }),
  z.strictObject({ kind: z.literal('address'), value: z.string().min(5).max(200) }),
  z.strictObject({ kind: z.literal('hours'), value: z.string().min(2).max(200) }),
]);

const entryShape = {
  id: z
    .string()
    .regex(/^[a-z0-9-]{2,80}$/)
    .transform((id) => id as ServiceId),
  kind: z.enum(SERVICE_KINDS),
  name: z.strictObject({ fr: z.string().min(2).max(160), en: z.string().min(2).max(160) }),
  /** What it does, for callers: plain words, short sentences. */
  what: z.strictObject({ fr: z.string().min(10).max(400), en: z.string().min(5).max(400) }),
  /** For whom, in French. */
  audience: z.string().min(3).max(200),
  academy: z.enum(['national', ...ACADEMIES.map(({ slug }) => slug)]),
  /** Only these departments of the académie; all of it when absent. */
  departments: z.array(z.enum(DEPARTMENT_CODES)).min(1).optional(),
  needs: z.array(z.enum(NEEDS)).min(1),
  /** Only for these; for all staff when absent. */
  corps: z.array(z.enum(CORPS)).min(1).optional(),
  positions: z.array(z.enum(POSITIONS)).min(1).optional(),
  contacts: z.array(contactSchema).max(12),
  /** Fixed by law or by the national numbering plan: it does not age with its document. */
  permanent: z.literal(true).optional(),
  /** ISO date by which a coordinator looks at it again; two years after the source when absent. */
  reviewBy: z.iso.date().optional(),
};

/** One entry of the directory: a service for one académie, or for everybody. */
export const serviceSchema = z.strictObject({ ...entryShape, source: sourceSchema });

/** An entry of the shipped files: its source is a document of `data/documents.json`. */
export const shippedServiceSchema = z.strictObject({ ...entryShape, source: citationSchema });

export type Service = z.infer<typeof serviceSchema>;
export type ShippedService = z.infer<typeof shippedServiceSchema>;
export type Contact = Service['contacts'][number];
