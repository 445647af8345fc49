import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CodedError } from '../kernel/errors.js';
import { type Command, type CommandIo, type ExitCode, UsageError } from './command.js';
import { Heard, readScript, SCRIPT_USAGE, unmet } from './script.js';

const DEFAULT_PORT = '3978';
const TIMEOUT_MS = 15_000;

const tokenSchema = z.object({ token: z.string(), conversationId: z.string() });
const setSchema = z.object({
  watermark: z.string(),
  activities: z.array(
    z.object({
      type: z.string(),
      text: z.string().optional(),
      from: z.object({ role: z.string().optional() }).optional(),
      suggestedActions: z.object({ actions: z.array(z.object({ title: z.string() })) }).optional(),
    }),
  ),
});

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
    const base = url ?? `http://127.0.0.1:${io.environment.PORT ?? DEFAULT_PORT}`;
    const session = new ChatSession(base, io);
    await session.open(lang ?? 'fr');
    return script === undefined ? talk(session, io) : play(session, io, script);
  },
};

function readArguments(args: readonly string[]) {
  const options = { url: { type: 'string' }, lang: { type: 'string' }, script: { type: 'string' } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.lang !== undefined && values.lang !== 'fr' && values.lang !== 'en')
      throw new UsageError('--lang is fr or en.');
    return values;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('chat does not know one of these options.');
  }
}

async function play(session: ChatSession, io: CommandIo, file: string): Promise<ExitCode> {
  for (const step of readScript(file)) {
    if (step.kind === 'expect') {
      if (session.heard.meets(step)) continue;
      io.error(unmet(step));
      return 1;
    }
    if (step.kind === 'hang-up') return 0;
    if (step.kind === 'silence') continue;
    await session.say(session.heard.fill(step.kind === 'keys' ? step.keys : step.text));
  }
  return 0;
}

async function talk(session: ChatSession, io: CommandIo): Promise<ExitCode> {
  for await (const line of createInterface({ input: io.stdin })) {
    if (io.signal.aborted) break;
    if (line.trim() !== '') await session.say(line);
  }
  return 0;
}

/** One conversation; each message waits for its answer. */
class ChatSession {
  readonly heard = new Heard();
  readonly #base: string;
  readonly #io: CommandIo;
  #token = '';
  #path = '';
  #watermark = '';

  constructor(base: string, io: CommandIo) {
    this.#base = base;
    this.#io = io;
  }

  async open(language: string): Promise<void> {
    const { token, conversationId } = tokenSchema.parse(
      await this.#call('POST', '/api/chat/token', { language }),
    );
    this.#token = token;
    this.#path = `/v3/directline/conversations/${conversationId}/activities`;
    await this.#read();
  }

  async say(text: string): Promise<void> {
    this.#io.out(`> ${text}`);
    this.heard.clear();
    const channelData = { clientActivityID: randomUUID() };
    await this.#call('POST', this.#path, { type: 'message', text, channelData });
    await this.#read();
  }

  async #read(): Promise<void> {
    const set = setSchema.parse(await this.#call('GET', `${this.#path}?watermark=${this.#watermark}`));
    this.#watermark = set.watermark;
    for (const { text, from, suggestedActions } of set.activities) {
      if (text === undefined || from?.role === 'user') continue;
      this.heard.add(text);
      this.#io.out(text);
      const titles = suggestedActions?.actions.map(({ title }) => `[${title}]`) ?? [];
      if (titles.length > 0) this.#io.out(`  ${titles.join(' ')}`);
      this.heard.add(titles.join(' '));
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#fetch(path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new CodedError('unavailable', `The service answered ${response.status} to ${method}.`);
    return response.json();
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.#base}${path}`, init);
    } catch (cause) {
      throw new CodedError('unavailable', `No service answers at ${this.#base}; start it: npm run demo.`, {
        cause,
      });
    }
  }
}
