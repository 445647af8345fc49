import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { recordedIo } from '../support/command-io.js';
import { runningService, type TestService } from '../support/running-service.js';

const FOLDER = new URL('../scripts/', import.meta.url).pathname;
const scripts = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const NETWORK_PORT = '39790';

let running: TestService;
beforeAll(async () => {
  running = await runningService({ TWILIO_API_BASE_URL: `http://127.0.0.1:${NETWORK_PORT}` });
});
afterAll(() => running.remove());

describe('the terminal clients, against the running service', () => {
  it.each(scripts.filter((name) => name.startsWith('chat-')))('chat plays %s to its end', async (name) => {
    const io = recordedIo(running.environment);
    const code = await runCommand(['chat', '--url', running.url, '--script', FOLDER + name], io);
    expect([code, ...io.failed]).toEqual([0]);
  });

  it.each(scripts.filter((name) => !name.startsWith('chat-')))('call plays %s to its end', async (name) => {
    const io = recordedIo(running.environment);
    const args = ['call', '--url', running.url, '--listen', NETWORK_PORT, '--script', FOLDER + name];
    const code = await runCommand(args, io);
    expect([code, ...io.failed]).toEqual([0]);
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
