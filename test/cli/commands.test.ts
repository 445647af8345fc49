import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { parseScript } from '../../src/cli/script.js';
import { recordedIo } from '../support/command-io.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line', () => {
  it('lists its commands, and answers --help of each', async () => {
    const io = recordedIo();
    expect(await runCommand(['--help'], io)).toBe(0);
    expect(io.printed.join('\n')).toMatch(/serve[\s\S]*chat[\s\S]*call[\s\S]*triage[\s\S]*user/);
    for (const name of [
      'serve',
      'check',
      'chat',
      'call',
      'triage',
      'user',
      'report',
      'backup',
      'restore',
      'move',
    ])
      expect(await runCommand([name, '--help'], recordedIo())).toBe(0);
  });

  it('answers wrong use with code 2 and one sentence', async () => {
    for (const args of [
      ['nothing'],
      ['chat', '--lang', 'de'],
      ['user', 'dance'],
      ['serve', '--fast'],
      ['call', '--psychologist', 'x'],
      ['report'],
      ['report', '--year', '26'],
      ['report', '--year', '2026', '--format', 'pdf'],
      ['backup'],
      ['restore', '--from', 'x'],
      ['move', '--to', 'http://x'],
      ['check', '--fast'],
    ]) {
      const io = recordedIo();
      expect(await runCommand(args, io), args.join(' ')).toBe(2);
      expect(io.failed.length).toBeGreaterThan(0);
    }
  });

  it('says what to do when no service answers', async () => {
    const io = recordedIo({ DATA_DIR: folder });
    expect(await runCommand(['chat', '--url', 'http://127.0.0.1:9'], io)).toBe(1);
    expect(io.failed).toEqual(['No service answers at http://127.0.0.1:9; start it: npm run demo.']);
    expect(await runCommand(['call', '--url', 'http://127.0.0.1:9'], recordedIo())).toBe(1);
  });

  it('adds an account, shows its password once, refuses the login twice, and disables it', async () => {
    const environment = { DATA_DIR: folder };
    const io = recordedIo(environment);
    expect(await runCommand(['user', 'add', '--login', 'Camille', '--role', 'operator'], io)).toBe(0);
    expect(io.printed[0]).toMatch(/^Camille may sign in with this password, shown once: \S{16}$/);
    const again = recordedIo(environment);
    expect(await runCommand(['user', 'add', '--login', 'camille', '--role', 'operator'], again)).toBe(1);
    expect(again.failed).toEqual(['The login camille exists already.']);
    expect(await runCommand(['user', 'disable', '--login', 'camille'], recordedIo(environment))).toBe(0);
    const list = recordedIo(environment);
    await runCommand(['user', 'list'], list);
    expect(list.printed).toEqual(['camille\toperator\tdisabled']);
    expect(await runCommand(['user', 'reset', '--login', 'nobody'], recordedIo(environment))).toBe(1);
  });

  it('prints the bilan of a year in each format', async () => {
    const environment = { DATA_DIR: folder };
    const printed = async (format: string): Promise<string> => {
      const io = recordedIo(environment);
      expect(await runCommand(['report', '--year', '2025', '--format', format], io)).toBe(0);
      return io.printed.join('');
    };
    expect(JSON.parse(await printed('json'))).toMatchObject({ year: 2025, provisional: false });
    expect(await printed('csv')).toContain('Contacts par canal;Chat;0');
    expect(await printed('html')).toContain('Bilan d’activité 2025');
  });

  it('answers one line of triage for each line given', async () => {
    const lines = [
      { id: 'a', text: 'je veux mourir', channel: 'chat' },
      { id: 'b', text: 'je voudrais un rendez-vous avec un psychologue', channel: 'voice' },
    ];
    const io = recordedIo({}, lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(await runCommand(['triage'], io)).toBe(0);
    const [vital, calm] = io.printed.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(vital).toEqual({ id: 'a', need: 'crise', also: [], urgency: 'vital', confidence: 1, ask: null });
    expect(calm).toMatchObject({ id: 'b', need: 'ecoute_psy', ask: null });
    const broken = recordedIo({}, '{"id":1}');
    expect(await runCommand(['triage'], broken)).toBe(1);
    expect(broken.failed[0]).toBe('Line 1 is not {"id","text","channel"} as JSON.');
  });
});

describe('what stops a start', () => {
  const serve = async (environment: Record<string, string>): Promise<string[]> => {
    const io = recordedIo({ DATA_DIR: folder, LOG_LEVEL: 'silent', ...environment });
    expect(await runCommand(['serve'], io)).toBe(1);
    return io.failed;
  };

  it('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await serve({ PORT: String(port) })).toEqual([
      `PORT: ${port} is in use; stop what uses it, or set PORT to another.`,
    ]);
    await new Promise((resolve) => other.close(resolve));
  });

  it('a folder that cannot be written', async () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    expect(await serve({ DATA_DIR: path.join(file, 'data') })).toEqual([
      `DATA_DIR: ${file}/data cannot be used; choose a folder this account may write.`,
    ]);
  });

  it('missing secrets, all named at once', async () => {
    const faults = await serve({ PUBLIC_URL: 'https://ecoute.example.fr' });
    expect(faults.join('\n')).toMatch(/SECRET_KEY:.*\nCODE_KEY:/);
  });

  it('a MongoDB that cannot be reached', async () => {
    const [fault] = await serve({
      MONGODB_URI: 'mongodb://u:secret@127.0.0.1:1/x?serverSelectionTimeoutMS=200',
    });
    expect(fault).toMatch(/^MONGODB_URI: MongoDB cannot be reached/);
    expect(fault).not.toContain('secret');
  });
});

describe('scripts', () => {
  it('tell keys, words, silence, hanging up and checks apart', () => {
    const kinds = parseScript('// note\n1\n{code}\nbonjour\n(silence)\n? oui\n!? non\n(raccroche)\n').map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['keys', 'keys', 'say', 'silence', 'expect', 'expect', 'hang-up']);
  });
});
