import type { RuleException } from './booking.js';

export const SHEET_KINDS = ['sites', 'psychologists', 'availability', 'absences', 'closures'] as const;
/** One sheet of a diary, as a file or a form shows it. */
export type SheetKind = (typeof SHEET_KINDS)[number];

type Form = 'text' | 'number' | 'numbers' | 'words' | 'yes-no' | 'no-end' | 'exceptions';

/** One column of a CSV file: where its value stands in the record, and how it is written in a cell. */
interface Column {
  name: string;
  path: string;
  form: Form;
}

const column = (name: string, path: string = name, form: Form = 'text'): Column => ({ name, path, form });

const DATES: readonly Column[] = [
  column('recurrence', 'recurrence.kind'),
  column('every', 'recurrence.every', 'number'),
  column('weekdays', 'recurrence.weekdays', 'numbers'),
  column('positions', 'recurrence.positions', 'numbers'),
  column('days', 'recurrence.days', 'numbers'),
  column('first_date', 'firstDate'),
  column('last_date', 'lastDate', 'no-end'),
  column('from'),
  column('to'),
];

const COLUMNS: Readonly<Record<SheetKind, readonly Column[]>> = {
  sites: [
    ...['id', 'kind', 'name', 'department', 'address', 'accessibility', 'zone'].map((name) => column(name)),
    column('good_friday', 'goodFriday', 'yes-no'),
  ],
  psychologists: [column('id'), column('label')],
  availability: [
    ...[column('id'), column('psychologist'), column('site'), column('modes', 'modes', 'words')],
    ...DATES,
    column('durations', 'durations', 'numbers'),
    column('exceptions', 'exceptions', 'exceptions'),
    column('works_on_holidays', 'worksOnHolidays', 'yes-no'),
    column('buffer_before', 'bufferBefore', 'number'),
    column('buffer_after', 'bufferAfter', 'number'),
    column('step', 'step', 'number'),
    column('align', 'align', 'number'),
    column('notice_minutes', 'noticeMinutes', 'number'),
    column('horizon_days', 'horizonDays', 'number'),
    column('operators_every_nth', 'operatorShare.everyNth', 'number'),
    column('released_hours_before', 'operatorShare.releasedHoursBefore', 'number'),
  ],
  absences: [column('id'), column('psychologist'), column('zone'), ...DATES],
  closures: [column('id'), column('site'), ...DATES],
};

/** A cell has at most so many values. */
const MOST_VALUES = 500;
/** Texts that must be there, if only as an empty one. */
const MAY_BE_EMPTY = new Set(['department', 'address', 'accessibility']);

export const columnNames = (kind: SheetKind): string[] => COLUMNS[kind].map(({ name }) => name);

/** The column that holds a field: `recurrence.weekdays.0` stands in `weekdays`. */
export function columnOf(kind: SheetKind, path: string): string {
  const found = COLUMNS[kind].find((one) => path === one.path || path.startsWith(`${one.path}.`));
  const inside = COLUMNS[kind].find((one) => one.path.startsWith(`${path}.`));
  return found?.name ?? inside?.name ?? path;
}

type Cells = Readonly<Record<string, string | undefined>>;

/**
 * The record that a row of cells means, still to be checked. Empty cells are left out; columns that are not known are
 * kept under their own name, so that they are refused.
 */
export function fromCells(kind: SheetKind, cells: Cells): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const { name, path, form } of COLUMNS[kind]) {
    const value = fromCell(form, cells[name]?.trim() ?? '', name);
    if (value !== undefined) put(record, path, value);
  }
  const { recurrence } = record as { recurrence?: { kind?: unknown; every?: unknown } };
  if (recurrence !== undefined && recurrence.kind !== 'once') recurrence.every ??= 1;
  const known = new Set(columnNames(kind));
  for (const [name, cell] of Object.entries(cells))
    if (!known.has(name) && (cell ?? '').trim() !== '') record[name] = cell;
  return record;
}

/** The other way round: `fromCells` reads it back as it was. */
export function toCells(kind: SheetKind, record: object): Record<string, string> {
  return Object.fromEntries(
    COLUMNS[kind].map(({ name, path, form }) => [name, toCell(form, valueAt(record, path))]),
  );
}

function fromCell(form: Form, cell: string, name: string): unknown {
  if (form === 'no-end') return cell === '' ? null : cell;
  if (cell === '') return form === 'text' && MAY_BE_EMPTY.has(name) ? '' : undefined;
  const values = cell.split(/[\s,;|]+/, MOST_VALUES);
  switch (form) {
    case 'number':
      return numberOf(cell);
    case 'numbers':
      return values.map(numberOf);
    case 'words':
      return values;
    case 'yes-no':
      return YES_NO[cell.toLowerCase()] ?? cell;
    case 'exceptions':
      return values.map(exceptionOf);
    default:
      return cell;
  }
}

const YES_NO: Readonly<Record<string, boolean>> = {
  ...{ yes: true, true: true, oui: true, '1': true },
  ...{ no: false, false: false, non: false, '0': false },
};

const numberOf = (text: string): number | string => (/^-?\d{1,9}$/.test(text) ? Number(text) : text);

/** `2026-05-01` is off; `2026-05-02=10:00-12:00` has other hours. */
function exceptionOf(text: string): RuleException {
  const [date = '', hours] = text.split('=', 2);
  if (hours === undefined) return { date, hours: null };
  const [from = '', to = ''] = hours.split('-', 2);
  return { date, hours: { from, to } };
}

function toCell(form: Form, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (form === 'yes-no') return value === true ? 'yes' : 'no';
  if (form === 'exceptions')
    return (value as readonly RuleException[])
      .map(({ date, hours }) => (hours === null ? date : `${date}=${hours.from}-${hours.to}`))
      .join(' ');
  return Array.isArray(value) ? value.join(' ') : String(value);
}

function put(record: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', second] = path.split('.', 2);
  if (second === undefined) {
    record[first] = value;
    return;
  }
  record[first] = { ...(record[first] as object | undefined), [second]: value };
}

const valueAt = (record: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], record);
