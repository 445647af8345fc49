import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { createCalendarFeeds } from '../booking/calendar-feeds.js';
import { columnNames, type SheetKind, toCells } from '../booking/diary-columns.js';
import { checkSheet, errorSentence, recordsOf, type SheetRow, writeSheet } from '../booking/diary-import.js';
import { rowsOf } from '../booking/sheet-file.js';
import { systemClock } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { asId, type PsychologistId } from '../kernel/ids.js';
import { systemRandom } from '../kernel/random.js';
import type { Stores } from '../storage/stores.js';
import { type CommandIo, type ExitCode, UsageError } from './command.js';
import { withStores } from './directory-file.js';

const LARGEST_FILE = 20_000_000;

/** Prints one sheet of the diary: sites, psychologists, availability, absences or closures. */
export async function exportSheet(
  kind: SheetKind,
  args: readonly string[],
  io: CommandIo,
): Promise<ExitCode> {
  const { format = 'csv' } = read(args, ['format']);
  if (format !== 'json' && format !== 'csv') throw new UsageError('--format is json or csv.');
  const records = await withStores(io, async ({ diary }) => recordsOf(kind, await diary.read()));
  const text =
    format === 'json'
      ? JSON.stringify(records, null, 2)
      : stringify(
          records.map((record) => toCells(kind, record)),
          { header: true, columns: columnNames(kind), bom: true },
        );
  io.out(text.trimEnd());
  return 0;
}

/** Takes a sheet that `export` wrote, changed or not: all of it, or nothing and what to correct. */
export async function importSheet(
  kind: SheetKind,
  args: readonly string[],
  io: CommandIo,
): Promise<ExitCode> {
  const { file } = read(args, ['file']);
  if (file === undefined) throw new UsageError('--file is missing.');
  const rows = rowsIn(kind, file);
  return withStores(io, async ({ diary }) => {
    const { accepted, errors } = checkSheet(kind, rows, await diary.read());
    if (errors.length > 0) {
      for (const error of errors) io.error(`${file}, ${errorSentence(error)}`);
      io.error(
        `Nothing was imported: ${accepted.length} rows are good; correct the others and import again.`,
      );
      return 1;
    }
    await writeSheet(diary, kind, accepted);
    io.out(`${accepted.length} ${kind} imported.`);
    return 0;
  });
}

/** Prints when a psychologist is booked, as a calendar file that says "Occupé" and nothing else. */
export async function exportCalendar(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { psychologist } = read(args, ['psychologist']);
  if (psychologist === undefined) throw new UsageError('--psychologist is missing.');
  const file = await withStores(io, async (stores) =>
    feedsOf(stores).fileOf(await knownPsychologist(stores, psychologist)),
  );
  io.out(file.trimEnd());
  return 0;
}

/** Takes the busy times out of a psychologist's own calendar file, in place of what was imported before. */
export async function importCalendar(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { psychologist, file, zone = 'Europe/Paris' } = read(args, ['psychologist', 'file', 'zone']);
  if (psychologist === undefined) throw new UsageError('--psychologist is missing.');
  if (file === undefined) throw new UsageError('--file is missing.');
  const text = readText(file);
  const count = await withStores(io, async (stores) =>
    feedsOf(stores).importBusy(await knownPsychologist(stores, psychologist), { text, zone }),
  );
  io.out(`${count} busy times imported for the next three months.`);
  return 0;
}

const feedsOf = ({ feeds, bookings, diary }: Stores) =>
  createCalendarFeeds({ clock: systemClock, random: systemRandom, store: feeds, bookings, diary });

async function knownPsychologist({ diary }: Stores, id: string): Promise<PsychologistId> {
  const { psychologists, rules } = await diary.read();
  const isKnown =
    psychologists.some((one) => one.id === id) || rules.some(({ psychologist }) => psychologist === id);
  if (isKnown) return asId<PsychologistId>(id);
  throw new CodedError('not-found', `There is no psychologist ${id}; export psychologists lists them.`);
}

function rowsIn(kind: SheetKind, file: string): SheetRow[] {
  const text = readText(file);
  try {
    return rowsOf(kind, text);
  } catch (cause) {
    throw new CodedError('invalid-input', `${file} is neither a JSON list nor CSV; nothing was imported.`, {
      cause,
    });
  }
}

function readText(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`The file ${file} cannot be read.`);
  }
  if (text.length > LARGEST_FILE) throw new UsageError(`The file ${file} is larger than 20 MB; split it.`);
  return text;
}

function read<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...args], options }).values as Partial<Record<Name, string>>;
  } catch {
    throw new UsageError('One of these options is not known.');
  }
}
