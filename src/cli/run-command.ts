import { CodedError, StartError } from '../kernel/errors.js';
import { backup, move, restore } from './backup.js';
import { call } from './call.js';
import { chat } from './chat.js';
import { check } from './check.js';
import { type Command, type CommandIo, type ExitCode, UsageError } from './command.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { orient } from './orient.js';
import { report as yearlyReport } from './report.js';
import { serve } from './serve.js';
import { triage } from './triage.js';
import { user } from './user.js';

const COMMANDS: readonly Command[] = [
  serve,
  check,
  chat,
  call,
  triage,
  orient,
  importCommand,
  exportCommand,
  user,
  yearlyReport,
  backup,
  restore,
  move,
];

/** Runs one command. Errors are one sentence on stderr, with what to do. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name = '--help', ...rest] = args;
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) return overview(name, io);
  if (rest.includes('--help')) {
    io.out(`numero-unique ${command.name}: ${command.summary}`);
    io.out(command.usage);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    return report(error, command, io);
  }
}

function overview(name: string, io: CommandIo): ExitCode {
  const asked = name === '--help' || name === 'help';
  const print = asked ? io.out : io.error;
  if (!asked) print(`There is no command ${name}. Commands:`);
  for (const { name: known, summary } of COMMANDS) print(`  numero-unique ${known.padEnd(8)} ${summary}`);
  return asked ? 0 : 2;
}

function report(error: unknown, command: Command, io: CommandIo): ExitCode {
  if (error instanceof UsageError) {
    io.error(`${error.message} See numero-unique ${command.name} --help.`);
    return 2;
  }
  if (error instanceof StartError || error instanceof CodedError) {
    io.error(error.message);
    return 1;
  }
  io.error('Something went wrong that should not have; please report it with these lines.');
  io.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
