import { parse } from 'csv-parse/sync';
import { CodedError } from '../kernel/errors.js';
import { fromCells, type SheetKind } from './diary-columns.js';
import type { SheetRow } from './diary-import.js';

/**
 * The rows of a sheet, each with the line it stands on: a CSV file as spreadsheets save it (commas, semicolons or tabs,
 * with or without a byte order mark), or a JSON list. A line with too few cells is kept: what is missing is said there.
 * @throws CodedError `invalid-input` for what is neither
 */
export function rowsOf(kind: SheetKind, text: string): SheetRow[] {
  try {
    if (text.trimStart().startsWith('[')) {
      const values: unknown = JSON.parse(text);
      if (Array.isArray(values)) return values.map((record, index) => ({ line: index + 1, record }));
    } else {
      const options = {
        ...{ columns: true, bom: true, skip_empty_lines: true, trim: true, info: true },
        ...{ relax_column_count: true, delimiter: delimiterOf(text) },
      } as const;
      const rows = parse(text, options) as unknown as {
        record: Record<string, string>;
        info: { lines: number };
      }[];
      return rows.map(({ record, info }) => ({ line: info.lines, record: fromCells(kind, record) }));
    }
  } catch (cause) {
    throw new CodedError('invalid-input', 'This is neither a JSON list nor CSV; nothing was imported.', {
      cause,
    });
  }
  throw new CodedError('invalid-input', 'This is neither a JSON list nor CSV; nothing was imported.');
}

/** The headings tell: none of them holds a separator. */
function delimiterOf(text: string): string {
  const [heading = ''] = text.split(/\r?\n/, 1);
  return [';', '\t'].find((one) => heading.includes(one)) ?? ',';
}
