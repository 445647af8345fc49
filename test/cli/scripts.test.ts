import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { recordedIo } from '../support/command-io.js';
import {
  readmeSection,
  sectionOf,
  type Transcript,
  writeReadmeSection,
} from '../support/readme-transcripts.js';
import { runningService, type TestService } from '../support/running-service.js';
import { testDatabases } from '../support/test-databases.js';

const FOLDER = new URL('../scripts/', import.meta.url).pathname;
const scripts = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const NETWORK_PORT = '39790';

const commandOf = (name: string): 'chat' | 'call' => (name.startsWith('chat-') ? 'chat' : 'call');
/** The first line of a script says what it is. */
const titleOf = (name: string): string =>
  (readFileSync(FOLDER + name, 'utf8').split('\n')[0] ?? '').replace(/^\/\/\s*/, '');

/** Each store that this machine has: the same words, the same answers. */
const STORES: readonly [string, Record<string, string>][] = [
  ['the embedded store', {}],
  ...testDatabases().map(({ uri }): [string, Record<string, string>] => ['MongoDB', { MONGODB_URI: uri }]),
];

describe.each(STORES)('the terminal clients, against the running service on %s', (_store, environment) => {
  let running: TestService;
  beforeAll(async () => {
    running = await runningService({
      TWILIO_API_BASE_URL: `http://127.0.0.1:${NETWORK_PORT}`,
      ...environment,
    });
  });
  afterAll(() => running.remove());

  const transcripts: Transcript[] = [];

  it.each(scripts)('%s is played to its end', async (name) => {
    const io = recordedIo(running.environment);
    const command = commandOf(name);
    const options = command === 'call' ? ['--listen', NETWORK_PORT] : [];
    const code = await runCommand([command, '--url', running.url, ...options, '--script', FOLDER + name], io);
    expect([code, ...io.failed]).toEqual([0]);
    const shown = `npx numero-unique ${command} --script test/scripts/${name}`;
    transcripts.push({ command: shown, title: titleOf(name), lines: io.printed });
  });

  it('the README shows what they print', () => {
    const section = sectionOf(transcripts);
    if (process.env.UPDATE_README === '1') writeReadmeSection(section);
    expect(readmeSection()).toBe(section);
  });

  it('a check that is not met ends the script with the line and code 1', async () => {
    const io = recordedIo(running.environment);
    const file = new URL('../support/unmet-script.txt', import.meta.url).pathname;
    expect(await runCommand(['chat', '--url', running.url, '--script', file], io)).toBe(1);
    expect(io.failed).toEqual(['Line 2: « ceci ne sera jamais dit » was not heard.']);
  });

  it('hears an appointment and an operator offered when no psychologist answers', async () => {
    const io = recordedIo(running.environment);
    const file = new URL('../support/nobody-script.txt', import.meta.url).pathname;
    const args = ['call', '--url', running.url, '--listen', NETWORK_PORT, '--script', file];
    const clock = setInterval(() => running.clock.advance(5_000), 50);
    const code = await runCommand([...args, '--psychologist', 'no-answer'], io);
    clearInterval(clock);
    expect([code, ...io.failed]).toEqual([0]);
  });
});
