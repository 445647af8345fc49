import { z } from 'zod';
import { CORPS, MEASURES, POSITIONS, STATUSES } from './profile.js';
import { citationSchema } from './source.js';

/** The place of a fact: a line of the set's document, or an article of the law. */
const place = { line: z.int().positive().optional(), article: z.string().min(3).max(60).optional() };
const placed = <T extends z.ZodRawShape>(shape: T) =>
  z
    .strictObject({ ...shape, ...place })
    .refine((fact) => 'line' in fact || 'article' in fact, 'a fact names its line or its article');

/** All of it must hold; a field that is not known may or may not. */
const guardSchema = z.strictObject({
  position: z.array(z.enum(POSITIONS)).optional(),
  status: z.array(z.enum(STATUSES)).optional(),
  corps: z.array(z.enum(CORPS)).optional(),
  department: z.array(z.string()).optional(),
  rqth: z.array(z.boolean()).optional(),
});
export type Guard = z.infer<typeof guardSchema>;

const factSchema = placed({ text: z.string().min(5).max(400), when: guardSchema.optional() });
export type Fact = z.infer<typeof factSchema>;

const requirementShape = {
  /** It asks nothing of those to whom this does not apply. */
  when: guardSchema.optional(),
  /** Why the measure is not open, in one sentence. */
  closed: z.string().min(10).max(300),
  /** The condition told when the field is not known; none where it goes without saying. */
  unknown: z.string().min(5).max(300).optional(),
};

/** What a profile must be for a measure to stay open. */
const requirementSchema = z.union([
  placed({
    ...requirementShape,
    field: z.enum(['corps', 'status', 'position', 'rqth']),
    is: z.array(z.union([z.string(), z.boolean()])).min(1),
  }),
  placed({
    ...requirementShape,
    field: z.enum(['corps', 'status', 'position']),
    not: z.array(z.string()).min(1),
  }),
  placed({ ...requirementShape, field: z.literal('pacdYears'), below: z.int().positive() }),
  /** Ends on the last day of August of the campaign, or before. */
  placed({ ...requirementShape, field: z.literal('paldEnds'), by: z.literal('campaign') }),
]);
export type Requirement = z.infer<typeof requirementSchema>;

const sendSchema = placed({
  what: z.string().min(5),
  to: z.string().min(5),
  how: z.string().min(5),
  when: guardSchema.optional(),
});
const deadlineSchema = placed({ what: z.string().min(5), date: z.iso.date() });

/** The papers of a request, where they go and when. */
const fileSchema = z.strictObject({
  administrative: z.array(factSchema),
  medical: z.array(factSchema),
  send: z.array(sendSchema),
  deadlines: z.array(deadlineSchema),
});
export type RequestFile = z.infer<typeof fileSchema>;

const measureSchema = z.strictObject({
  id: z.enum(MEASURES),
  name: z.string().min(3).max(120),
  /** What it is for, in one sentence. */
  why: z.string().min(10).max(300),
  /** Ways in: one of them, all of whose requirements hold. */
  access: z.array(z.array(requirementSchema).min(1)).min(1),
  conditions: z.array(factSchema),
  duration: z.string().min(5).max(200),
  effects: z.strictObject({ post: z.string().min(5), pay: z.string().min(5) }),
  file: z.string(),
  /** Exit, duties, contradictions of the document: told with the measure when it is open. */
  notes: z.array(factSchema),
  source: citationSchema,
});
export type MeasureRule = z.infer<typeof measureSchema>;

/** The measures of one document; without `appliesTo`, those of everybody else. */
export const ruleSetSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    document: z.string(),
    appliesTo: placed({
      /** Whom it is for, told when several sets may apply. */
      label: z.string().min(3).max(80),
      academy: z.string(),
      departments: z.array(z.string()).optional(),
      corps: z.array(z.enum(CORPS)).min(1),
      /** Conditions told when the field is not known. */
      unknown: z.strictObject({ corps: z.string(), department: z.string().optional() }),
    }).optional(),
    campaign: placed({ name: z.string(), paldEndsBy: z.iso.date() }).optional(),
    /** Asked of every measure. */
    requires: z.array(requirementSchema),
    files: z.record(z.string(), fileSchema),
    measures: z.array(measureSchema).length(MEASURES.length),
    notes: z.array(factSchema),
  })
  .refine(
    ({ files, measures }) => measures.every(({ file }) => file in files),
    'a measure names a file that is not there',
  )
  .refine(
    ({ measures }) => new Set(measures.map(({ id }) => id)).size === MEASURES.length,
    'each measure stands once',
  );
export type RuleSet = z.infer<typeof ruleSetSchema>;
