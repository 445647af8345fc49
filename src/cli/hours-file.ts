import { createAudit } from '../accounts/audit.js';
import { systemClock } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { createHoursEditor } from '../opening-hours/hours-editor.js';
import { loadOpeningHours } from '../opening-hours/load-hours.js';
import type { Stores } from '../storage/stores.js';
import { type CommandIo, type ExitCode, UsageError } from './command.js';
import { IMPORTER, readFileArguments, readJsonList, withStores } from './directory-file.js';

const editorOf = ({ hours, audit }: Stores) =>
  createHoursEditor({
    ...{ clock: systemClock, shipped: loadOpeningHours(), store: hours },
    changed: async (_by, { service, territory }) => {
      const log = createAudit({ clock: systemClock, store: audit });
      await log.record({ by: 'command-line', act: 'opening-hours-changed', on: `${service}:${territory}` });
    },
  });

/** Prints the opening hours as they stand: the shipped ones with the edits. */
export async function exportHours(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  if (args.length > 0) throw new UsageError('export hours has no options.');
  const entries = await withStores(io, (stores) => editorOf(stores).list());
  io.out(
    JSON.stringify(
      entries.flatMap(({ hours }) => hours ?? []),
      null,
      2,
    ),
  );
  return 0;
}

/** Takes a file that `export hours` wrote, changed or not. */
export async function importHours(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { file } = readFileArguments(args);
  if (file === undefined) throw new UsageError('--file is missing.');
  const values = readJsonList(file);
  const imported = await withStores(io, (stores) => editorOf(stores).importAll(values, IMPORTER));
  if (imported.kind === 'invalid')
    throw new CodedError('invalid-input', `${imported.fault} Nothing was imported; correct the file.`);
  io.out(`${imported.changed} changed, ${imported.unchanged} unchanged.`);
  if (imported.conflicts === 0) return 0;
  io.error(`${imported.conflicts} entries were edited by somebody else at the same moment; import again.`);
  return 1;
}
