import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { withEdits } from '../directory/directory.js';
import { checkServices, importServices } from '../directory/import-services.js';
import { loadDirectory } from '../directory/load-directory.js';
import { csvToValues, servicesToCsv } from '../directory/service-csv.js';
import { systemClock } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { asId, type StaffId } from '../kernel/ids.js';
import { systemRandom } from '../kernel/random.js';
import { openStore } from '../storage/open-store.js';
import type { Stores } from '../storage/stores.js';
import { type CommandIo, type ExitCode, UsageError } from './command.js';

/** Who edited, in the history of an entry that came by a file. */
export const IMPORTER = asId<StaffId>('command-line');

/** Prints the directory as callers hear it: the shipped entries with the coordinators' edits. */
export async function exportDirectory(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { format } = read(args);
  if (format !== 'json' && format !== 'csv') throw new UsageError('--format is json or csv.');
  const services = await withStores(io, async ({ directoryEdits }) =>
    withEdits(loadDirectory().services, await directoryEdits.list()),
  );
  const text = format === 'csv' ? servicesToCsv(services) : JSON.stringify(services, null, 2);
  io.out(text.trimEnd());
  return 0;
}

/** Takes a file that `export` wrote, changed or not. */
export async function importDirectory(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { file, 'withdraw-missing': withdrawMissing } = read(args);
  if (file === undefined) throw new UsageError('--file is missing.');
  const checked = checkServices(readValues(file));
  if (checked.kind === 'invalid')
    throw new CodedError('invalid-input', `${checked.fault} Nothing was imported; correct the file.`);
  const counts = await withStores(io, ({ directoryEdits }) =>
    importServices(
      { clock: systemClock, shipped: loadDirectory().services, edits: directoryEdits },
      checked.services,
      { by: IMPORTER, withdrawMissing },
    ),
  );
  const { added, changed, withdrawn, unchanged, conflicts } = counts;
  io.out(`${added} added, ${changed} changed, ${withdrawn} withdrawn, ${unchanged} unchanged.`);
  if (conflicts === 0) return 0;
  io.error(`${conflicts} entries were edited by somebody else at the same moment; import the file again.`);
  return 1;
}

function readValues(file: string): unknown[] {
  const text = readText(file);
  try {
    const values: unknown = text.trimStart().startsWith('[') ? JSON.parse(text) : csvToValues(text);
    if (Array.isArray(values)) return values;
  } catch (cause) {
    throw new CodedError('invalid-input', `${file} is neither a JSON list nor CSV.`, { cause });
  }
  throw new CodedError('invalid-input', `${file} is neither a JSON list nor CSV.`);
}

/** The values of a file that holds a JSON list. */
export function readJsonList(file: string): unknown[] {
  try {
    const values: unknown = JSON.parse(readText(file));
    if (Array.isArray(values)) return values;
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
  }
  throw new CodedError('invalid-input', `${file} is not a JSON list.`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`The file ${file} cannot be read.`);
  }
}

function read(args: readonly string[]) {
  const options = {
    format: { type: 'string', default: 'json' },
    file: { type: 'string' },
    'withdraw-missing': { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new UsageError('One of these options is not known.');
  }
}

/** `--file` alone. */
export function readFileArguments(args: readonly string[]): { file?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: { file: { type: 'string' } } }).values;
  } catch {
    throw new UsageError('One of these options is not known.');
  }
}

/** Opens the store beside the service, for one action. */
export async function withStores<T>(
  { environment }: CommandIo,
  action: (stores: Stores) => Promise<T>,
): Promise<T> {
  const config = readConfig(environment, systemRandom);
  const stores = await openStore({ mongoUri: config.mongoUri, dataDir: config.dataDir, serving: false });
  try {
    return await action(stores);
  } finally {
    await stores.close();
  }
}
