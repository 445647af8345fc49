import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { recordedIo } from '../support/command-io.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const io = recordedIo({ DATA_DIR: folder });
  const code = await runCommand(args, io);
  return { code, printed: io.printed.join('\n'), failed: io.failed.join('\n') };
}

const file = (value: unknown): string => {
  const target = path.join(folder, 'hours.json');
  writeFileSync(target, typeof value === 'string' ? value : JSON.stringify(value));
  return target;
};

describe('opening hours in a file', () => {
  it('are given, changed and taken back, and the check says which are missing', async () => {
    expect((await run('check')).printed).toContain('to be filled in for psychologists, operators, callbacks');
    const shipped = JSON.parse((await run('export', 'hours')).printed) as object[];
    const filled = shipped.map((entry) => ({ ...entry, weekly: 'always' }));
    expect((await run('import', 'hours', '--file', file(filled))).printed).toBe('3 changed, 1 unchanged.');
    expect(JSON.parse((await run('export', 'hours')).printed)).toEqual(filled);
    expect((await run('check')).printed).toContain('opening hours: filled in');
  });

  it.each([
    ['not json', 1, 'is not a JSON list'],
    [[{ service: 'psychologists' }], 1, 'Entry 1, territory'],
  ])('with a fault are refused: %j', async (value, code, fault) => {
    const refused = await run('import', 'hours', '--file', file(value));
    expect(refused.code).toBe(code);
    expect(refused.failed).toContain(fault);
  });

  it('need a file, and no other option', async () => {
    expect((await run('import', 'hours')).code).toBe(2);
    expect((await run('export', 'hours', '--format', 'csv')).code).toBe(2);
  });
});
