import type { z } from 'zod';
import type { Absence, AvailabilityRule, Closure, Psychologist, Site } from './booking.js';
import { columnOf, type SheetKind } from './diary-columns.js';
import { absenceSchema, closureSchema, psychologistSchema, ruleSchema, siteSchema } from './diary-schemas.js';
import { DIARY_LIMITS, type Diary, type DiaryStore } from './diary-store.js';

/** One record of a file. `line` is where it stands: a line of a CSV file, a place in a JSON list, from 1. */
export interface SheetRow {
  line: number;
  record: unknown;
}

/** Why a row is not taken. `expected` says more, in the words of the file. */
export interface RowError {
  line: number;
  /** Column of the CSV file, or field of the record. */
  field: string;
  fault:
    | 'missing'
    | 'unknown-column'
    | 'not-one-of'
    | 'not-a-number'
    | 'too-small'
    | 'too-large'
    | 'not-a-multiple'
    | 'wrong-form'
    | 'unknown-site'
    | 'unknown-psychologist'
    | 'twice'
    | 'too-many';
  expected: string;
}

export interface Records {
  sites: Site;
  psychologists: Psychologist;
  availability: AvailabilityRule;
  absences: Absence;
  closures: Closure;
}

export interface CheckedSheet<Kind extends SheetKind> {
  accepted: Records[Kind][];
  /** At most one for each field of a row, 200 in all. */
  errors: RowError[];
}

const SCHEMAS: Readonly<Record<SheetKind, z.ZodType>> = {
  sites: siteSchema,
  psychologists: psychologistSchema,
  availability: ruleSchema,
  absences: absenceSchema,
  closures: closureSchema,
};
const MOST: Readonly<Record<SheetKind, number>> = {
  sites: DIARY_LIMITS.sites,
  psychologists: DIARY_LIMITS.psychologists,
  availability: DIARY_LIMITS.rules,
  absences: DIARY_LIMITS.absences,
  closures: DIARY_LIMITS.closures,
};
const MOST_ERRORS = 200;

/**
 * Rows of a file or a form against the diary they would go into: what is good, and line by line what is not and what is
 * expected there. Nothing is written.
 */
export function checkSheet<Kind extends SheetKind>(
  kind: Kind,
  rows: readonly SheetRow[],
  diary: Pick<Diary, 'sites' | 'psychologists'>,
): CheckedSheet<Kind> {
  if (rows.length > MOST[kind])
    return {
      accepted: [],
      errors: [{ line: MOST[kind] + 1, field: '', fault: 'too-many', expected: `${MOST[kind]}` }],
    };
  const known = {
    sites: new Set<string>(diary.sites.map(({ id }) => id)),
    psychologists: new Set<string>(diary.psychologists.map(({ id }) => id)),
    lines: new Map<string, number>(),
  };
  const accepted: Records[Kind][] = [];
  const errors: RowError[] = [];
  for (const { line, record } of rows) {
    const parsed = SCHEMAS[kind].safeParse(record);
    const found = parsed.success
      ? crossFaults(parsed.data as Referring, line, known)
      : parsed.error.issues.flatMap((issue) => shapeFaults(kind, line, issue));
    if (found.length === 0) accepted.push(parsed.data as Records[Kind]);
    for (const error of oneForEachField(found)) if (errors.length < MOST_ERRORS) errors.push(error);
  }
  return { accepted, errors };
}

const oneForEachField = (errors: readonly RowError[]): RowError[] =>
  errors.filter((error, index) => errors.findIndex(({ field }) => field === error.field) === index);

type Referring = { id: string; site?: string; psychologist?: string };

/** What one row cannot know of itself: other rows, and the diary. */
function crossFaults(
  { id, site, psychologist }: Referring,
  line: number,
  known: { sites: Set<string>; psychologists: Set<string>; lines: Map<string, number> },
): RowError[] {
  const key = `${site ?? ''}|${id}`;
  const before = known.lines.get(key);
  known.lines.set(key, before ?? line);
  return [
    ...(before === undefined ? [] : [{ line, field: 'id', fault: 'twice', expected: `${before}` } as const]),
    ...(site === undefined || known.sites.has(site)
      ? []
      : [{ line, field: 'site', fault: 'unknown-site', expected: '' } as const]),
    ...(psychologist === undefined || known.psychologists.has(psychologist)
      ? []
      : [{ line, field: 'psychologist', fault: 'unknown-psychologist', expected: '' } as const]),
  ];
}

function shapeFaults(kind: SheetKind, line: number, issue: z.core.$ZodIssue): RowError[] {
  const field = columnOf(kind, issue.path.join('.'));
  const error = (fault: RowError['fault'], expected = ''): RowError[] => [{ line, field, fault, expected }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        ...{ line, fault: 'unknown-column', expected: '' },
        field: columnOf(kind, [...issue.path, key].join('.')),
      }));
    case 'invalid_type':
      if (issue.input === undefined) return error('missing');
      return issue.expected === 'number' || issue.expected === 'int'
        ? error('not-a-number')
        : error('wrong-form', issue.expected);
    case 'invalid_value':
      return error('not-one-of', issue.values.join(', '));
    case 'invalid_union':
      return columnOf(kind, 'recurrence.kind') === field || field === 'recurrence'
        ? error('not-one-of', 'once, daily, weekly, monthly, month-days')
        : error('wrong-form');
    case 'too_small':
      return issue.origin === 'string' ? error('missing') : error('too-small', `${issue.minimum}`);
    case 'too_big':
      return error('too-large', `${issue.maximum}`);
    case 'not_multiple_of':
      return error('not-a-multiple', `${issue.divisor}`);
    case 'invalid_format':
      return error('wrong-form', issue.format === 'date' ? '2026-03-31' : 'HH:MM');
    default:
      return error('wrong-form', issue.message);
  }
}

/** Error in one sentence that says what to do, for whoever reads a terminal. */
export function errorSentence({ line, field, fault, expected }: RowError): string {
  const what: Readonly<Record<RowError['fault'], string>> = {
    missing: 'is missing; fill it in.',
    'unknown-column': 'is not known here; leave it out.',
    'not-one-of': `must be one of: ${expected}.`,
    'not-a-number': 'must be a whole number.',
    'too-small': `must be ${expected} or more.`,
    'too-large': `must be ${expected} or less.`,
    'not-a-multiple': `must be a multiple of ${expected}.`,
    'wrong-form':
      expected === '' ? 'is not written as it should be.' : `must be written like this: ${expected}.`,
    'unknown-site': 'is no site of the diary; import the sites first, or correct it.',
    'unknown-psychologist': 'is no psychologist of the diary; import the psychologists first, or correct it.',
    twice: `stands already on line ${expected}; keep one of them.`,
    'too-many': `at most ${expected} rows are taken; split the file.`,
  };
  return `line ${line}${field === '' ? '' : `, ${field}`}: ${what[fault]}`;
}

type Put = Pick<DiaryStore, 'putSite' | 'putPsychologist' | 'putRule' | 'putAbsence' | 'putClosure'>;

/**
 * Writes rows that `checkSheet` accepted, each in place of the one with its id. A process that dies in between leaves
 * whole rows: the same file again completes it.
 */
export async function writeSheet<Kind extends SheetKind>(
  store: Put,
  kind: Kind,
  accepted: readonly Records[Kind][],
): Promise<void> {
  const put: { [K in SheetKind]: (record: Records[K]) => Promise<void> } = {
    sites: (site) => store.putSite(site),
    psychologists: (psychologist) => store.putPsychologist(psychologist),
    availability: (rule) => store.putRule(rule),
    absences: (absence) => store.putAbsence(absence),
    closures: (closure) => store.putClosure(closure),
  };
  for (const record of accepted) await put[kind](record);
}

/** What a sheet shows of the diary. */
export const recordsOf = (kind: SheetKind, diary: Diary): readonly object[] =>
  kind === 'availability' ? diary.rules : diary[kind];
