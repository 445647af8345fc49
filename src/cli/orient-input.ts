import { z } from 'zod';
import { CORPS, MEASURES, POSITIONS, type Profile, STATUSES } from '../directory/profile.js';
import { filledBy } from '../directory/read-words.js';
import { DEPARTMENT_CODES } from '../directory/service.js';
import { ACADEMIES, academyBySlug } from '../kernel/academies.js';
import { NEEDS, type Need } from '../kernel/needs.js';
import { UsageError } from './command.js';

const SLUGS = ACADEMIES.map(({ slug }) => slug);
const LONGEST_TEXT = 131_072;
const LONGEST_CAREER = 50;

const inputSchema = z.strictObject({
  id: z.union([z.string().max(200), z.number()]).optional(),
  need: z.enum(NEEDS),
  academy: z.enum(SLUGS).optional(),
  department: z.enum(DEPARTMENT_CODES).optional(),
  corps: z.enum(CORPS).optional(),
  status: z.enum(STATUSES).optional(),
  position: z.enum(POSITIONS).optional(),
  rqth: z.boolean().optional(),
  pacdYears: z.int().min(0).max(LONGEST_CAREER).optional(),
  paldEnds: z.iso.date().optional(),
  wishes: z.array(z.enum(MEASURES)).max(MEASURES.length).optional(),
  text: z.string().max(LONGEST_TEXT).optional(),
  date: z.iso.date().optional(),
});
type Input = z.infer<typeof inputSchema>;
type Field = keyof typeof inputSchema.shape;

/** What may stand in each field, told when something else does. */
const ALLOWED: Readonly<Record<Field, string>> = {
  id: 'a text of at most 200 characters, or a number',
  need: NEEDS.join(', '),
  academy: SLUGS.join(', '),
  department: DEPARTMENT_CODES.join(', '),
  corps: CORPS.join(', '),
  status: STATUSES.join(', '),
  position: POSITIONS.join(', '),
  rqth: 'true, false',
  pacdYears: `a whole number from 0 to ${LONGEST_CAREER}`,
  paldEnds: 'an ISO date: 2027-08-31',
  wishes: `a list of ${MEASURES.join(', ')}`,
  text: `a text of at most ${LONGEST_TEXT} characters`,
  date: 'an ISO date: 2026-03-02',
};

export interface OrientInput {
  id: string | number | undefined;
  need: Need;
  profile: Profile;
  /** ISO date of "today", when it is given. */
  date: string | undefined;
}

/**
 * One question of `orient`. A field that is `null` is not known.
 * @param where names the question in an error: "Line 3"
 * @throws UsageError with the field, the value and the allowed values
 */
export function parseOrientInput(value: unknown, where: string): OrientInput {
  const parsed = inputSchema.safeParse(withoutNulls(value));
  if (!parsed.success) throw new UsageError(`${where}: ${describe(parsed.error.issues[0], value)}`);
  checkPlace(parsed.data, where);
  const { id, need, text, date, ...profile } = parsed.data;
  return { id, need, profile: filledBy(profile, text), date };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withoutNulls(value: unknown): unknown {
  if (!isObject(value) || !Object.values(value).includes(null)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}

function describe(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  if (!isObject(value)) return 'a question is an object: {"need":"sante_poste"}.';
  if (issue?.code === 'unrecognized_keys')
    return `unknown field ${shown(issue.keys[0])}; the fields are ${Object.keys(ALLOWED).join(', ')}.`;
  const field = String(issue?.path[0] ?? '') as Field;
  if (value[field] === undefined || value[field] === null)
    return `${field} is missing; allowed: ${ALLOWED[field]}.`;
  return `${field} cannot be ${shown(faulty(value[field], issue?.path[1]))}; allowed: ${ALLOWED[field]}.`;
}

const faulty = (given: unknown, index: PropertyKey | undefined): unknown =>
  Array.isArray(given) && typeof index === 'number' ? given[index] : given;

const SHOWN = 60;
const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, SHOWN) ?? '';

/** A department of another académie is a mistake, not something to choose between. */
function checkPlace({ academy, department }: Input, where: string): void {
  if (academy === undefined || department === undefined) return;
  const codes = academyBySlug(academy)?.departments.map(({ code }) => code) ?? [];
  if (codes.includes(department)) return;
  throw new UsageError(
    `${where}: department cannot be ${shown(department)} in ${academy}; allowed: ${codes.join(', ')}.`,
  );
}
