import { Readable } from 'node:stream';
import type { CommandIo } from '../../src/cli/command.js';

export interface RecordedIo extends CommandIo {
  printed: string[];
  failed: string[];
}

export function recordedIo(environment: Record<string, string> = {}, stdin = ''): RecordedIo {
  const printed: string[] = [];
  const failed: string[] = [];
  return {
    stdin: Readable.from([stdin]),
    out: (line) => printed.push(line),
    write: (bytes) => printed.push(Buffer.from(bytes).toString().trimEnd()),
    error: (line) => failed.push(line),
    environment,
    signal: new AbortController().signal,
    printed,
    failed,
  };
}
