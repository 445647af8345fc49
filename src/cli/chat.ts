import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ChatSession } from './chat-session.js';
import { type Command, type CommandIo, type ExitCode, UsageError } from './command.js';
import { parseScript, SCRIPT_USAGE, unmet } from './script.js';

const DEFAULT_PORT = '3978';
/** How often a person's answer is looked for while the caller writes nothing. */
const LOOK_MS = 2_000;

export const chat: Command = {
  name: 'chat',
  summary: 'a chat in the terminal, through Direct Line',
  usage: [
    `  --url ADDRESS    of the running service (http://127.0.0.1:${DEFAULT_PORT})`,
    '  --lang fr|en',
    '  --script FILE    plays its lines and prints what is answered',
    SCRIPT_USAGE,
  ].join('\n'),
  async run(args, io) {
    const { url, lang, script } = readArguments(args);
    const session = new ChatSession(url ?? `http://127.0.0.1:${io.environment.PORT ?? DEFAULT_PORT}`, io);
    const steps = script === undefined ? undefined : parseScript(readScript(script));
    await session.open(lang ?? 'fr');
    return steps === undefined ? talk(session, io) : play(session, io, steps);
  },
};

function readArguments(args: readonly string[]) {
  const options = { url: { type: 'string' }, lang: { type: 'string' }, script: { type: 'string' } } as const;
  const { values } = parse(() => parseArgs({ args: [...args], options }));
  if (values.lang !== undefined && values.lang !== 'fr' && values.lang !== 'en')
    throw new UsageError('--lang is fr or en.');
  if (values.url !== undefined && !/^https?:\/\/[^/]/.test(values.url))
    throw new UsageError('--url is an address that begins with http:// or https://.');
  return values;
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new UsageError('chat does not know one of these options.');
  }
}

function readScript(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`The script ${file} cannot be read.`);
  }
}

async function play(
  session: ChatSession,
  io: CommandIo,
  steps: ReturnType<typeof parseScript>,
): Promise<ExitCode> {
  for (const step of steps) {
    if (step.kind === 'hang-up' || io.signal.aborted) return 0;
    if (step.kind === 'silence') await session.read();
    if (step.kind === 'keys') await session.say(session.heard.fill(step.keys));
    if (step.kind === 'say') await session.say(session.heard.fill(step.text));
    if (step.kind === 'expect' && !session.heard.meets(step)) {
      io.error(unmet(step));
      return 1;
    }
  }
  return 0;
}

/** Until the caller closes the input, or the service the conversation. */
async function talk(session: ChatSession, io: CommandIo): Promise<ExitCode> {
  const lines = createInterface({ input: io.stdin, signal: io.signal });
  const look = setInterval(() => {
    // A service that is away is told of by the next message, not every two seconds.
    session.read().then(
      () => session.over && lines.close(),
      () => undefined,
    );
  }, LOOK_MS);
  try {
    for await (const line of lines) {
      if (line.trim() !== '') await session.say(line);
      if (session.over) break;
    }
  } finally {
    clearInterval(look);
  }
  return 0;
}
