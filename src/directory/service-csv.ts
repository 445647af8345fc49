import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Service } from './service.js';

const CONTACTS = ['phone', 'email', 'url', 'address', 'hours'] as const;
/** Between several values of one cell: none of them holds it. */
const BETWEEN = ' | ';
const COLUMNS = [
  'id',
  'kind',
  'name_fr',
  'name_en',
  'what_fr',
  'what_en',
  'audience',
  'academy',
  'departments',
  'needs',
  'corps',
  'positions',
  ...CONTACTS,
  'permanent',
  'review_by',
  'source_document',
  'source_date',
  'source_line',
  'source_quote',
] as const;
type Row = Record<(typeof COLUMNS)[number], string>;

export const servicesToCsv = (services: readonly Service[]): string =>
  stringify(services.map(toRow), { header: true, columns: [...COLUMNS], bom: true });

function toRow(service: Service): Row {
  const values = (kind: string): string =>
    service.contacts
      .filter((contact) => contact.kind === kind)
      .map(({ value }) => value)
      .join(BETWEEN);
  return {
    id: service.id,
    kind: service.kind,
    name_fr: service.name.fr,
    name_en: service.name.en,
    what_fr: service.what.fr,
    what_en: service.what.en,
    audience: service.audience,
    academy: service.academy,
    departments: (service.departments ?? []).join(BETWEEN),
    needs: service.needs.join(BETWEEN),
    corps: (service.corps ?? []).join(BETWEEN),
    positions: (service.positions ?? []).join(BETWEEN),
    phone: values('phone'),
    email: values('email'),
    url: values('url'),
    address: values('address'),
    hours: values('hours'),
    permanent: service.permanent ? 'true' : '',
    review_by: service.reviewBy ?? '',
    source_document: service.source.document,
    source_date: service.source.date ?? '',
    source_line: String(service.source.line ?? ''),
    source_quote: service.source.quote,
  };
}

/**
 * Rows as values to be checked by `serviceSchema`. An empty cell is left out.
 * @throws an error of the parser, with the line, when it is no CSV
 */
export function csvToValues(text: string): unknown[] {
  const rows = parse(text, {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
  }) as Partial<Row>[];
  return rows.map(toValue);
}

function toValue(row: Partial<Row>): unknown {
  const list = (cell: string | undefined): string[] =>
    (cell ?? '').split(BETWEEN.trim()).flatMap((value) => (value.trim() === '' ? [] : [value.trim()]));
  const optional = (name: string, values: string[]): object =>
    values.length === 0 ? {} : { [name]: values };
  return {
    id: row.id,
    kind: row.kind,
    name: { fr: row.name_fr, en: row.name_en },
    what: { fr: row.what_fr, en: row.what_en },
    audience: row.audience,
    academy: row.academy,
    ...optional('departments', list(row.departments)),
    needs: list(row.needs),
    ...optional('corps', list(row.corps)),
    ...optional('positions', list(row.positions)),
    contacts: CONTACTS.flatMap((kind) => list(row[kind]).map((value) => ({ kind, value }))),
    ...(row.permanent === 'true' ? { permanent: true } : {}),
    ...(row.review_by ? { reviewBy: row.review_by } : {}),
    source: {
      document: row.source_document,
      date: row.source_date || null,
      line: row.source_line ? Number(row.source_line) : null,
      quote: row.source_quote,
    },
  };
}
