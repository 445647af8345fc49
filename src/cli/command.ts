/** What a command may touch of the process, so that it can be run whole in a test. */
export interface CommandIo {
  stdin: NodeJS.ReadableStream;
  out(line: string): void;
  /** As they are: for commands that write a lot. */
  write(bytes: Uint8Array): void;
  error(line: string): void;
  environment: Readonly<Record<string, string | undefined>>;
  /** Aborted on SIGINT or SIGTERM. */
  signal: AbortSignal;
}

/** 0 done, 1 failed, 2 wrong use (interfaces.md, "Command line"). */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  name: string;
  summary: string;
  /** Lines shown by `--help` under the summary. */
  usage: string;
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>;
}

/** Thrown for wrong arguments: printed in one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
