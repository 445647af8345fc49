import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { systemClock } from '../kernel/clock.js';
import { type CommandIo, type ExitCode, UsageError } from './command.js';
import { withStores } from './directory-file.js';

/** Counts from 1 to 4 are not told apart (product.md, "Anonymity", rule 5). */
const FEW = 5;
const COLUMNS = ['month', 'place', 'need', 'count'];

/** Prints, for coordinators, the needs that an académie or a collectivity had no entry of its own for. */
export async function exportGaps(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const month = readMonth(args) ?? new Date(systemClock.now()).toISOString().slice(0, 7);
  const gaps = await withStores(io, ({ directoryGaps }) => directoryGaps.ofMonth(month));
  const rows = gaps.map((gap) => ({ ...gap, count: gap.count < FEW ? `< ${FEW}` : gap.count }));
  io.out(stringify(rows, { header: true, columns: COLUMNS }).trimEnd());
  return 0;
}

function readMonth(args: readonly string[]): string | undefined {
  const month = parse(args);
  if (month === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return month;
  throw new UsageError('--month is a month: 2026-03.');
}

function parse(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { month: { type: 'string' } } }).values.month;
  } catch {
    throw new UsageError('One of these options is not known.');
  }
}
