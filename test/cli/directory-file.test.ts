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

const file = (name: string, text: string): string => {
  const target = path.join(folder, name);
  writeFileSync(target, text);
  return target;
};

describe('import and export of the directory', () => {
  it.each(['json', 'csv'])('takes back as %s what it gave, without a change', async (format) => {
    const { printed } = await run('export', 'directory', '--format', format);
    const again = await run('import', 'directory', '--file', file(`services.${format}`, printed));
    expect([again.code, again.failed]).toEqual([0, '']);
    expect(again.printed).toMatch(/^0 added, 0 changed, 0 withdrawn, \d\d unchanged\.$/);
  });

  it('changes, adds and withdraws, and gives the new state back', async () => {
    const services = JSON.parse((await run('export', 'directory')).printed);
    const [first, second, ...others] = services;
    const changed = { ...first, name: { ...first.name, fr: 'Un autre nom' }, reviewBy: '2027-09-01' };
    const added = { ...second, id: 'lille-service-social', academy: 'lille' };
    const wanted = file('services.json', JSON.stringify([changed, added, ...others]));
    const imported = await run('import', 'directory', '--file', wanted, '--withdraw-missing');
    expect(imported.printed).toContain('1 added, 1 changed, 1 withdrawn');
    const { printed } = await run('export', 'directory', '--format', 'csv');
    expect(printed).toContain('Un autre nom');
    expect(printed).toContain('lille-service-social');
    expect(printed).not.toContain(`\n${second.id},`);
    expect((await run('import', 'directory', '--file', wanted)).printed).toMatch(/^0 added, 0 changed/);
  });

  it('takes nothing of a file with a fault, and names the entry and the field', async () => {
    const services = JSON.parse((await run('export', 'directory')).printed);
    services[1].contacts = [{ kind: 'phone', value: '0388233699' }];
    const faulty = await run('import', 'directory', '--file', file('s.json', JSON.stringify(services)));
    expect(faulty.code).toBe(1);
    expect(faulty.failed).toContain('Entry 2, contacts.0.value: a phone is written 03 88 23 36 99.');
    const twice = await run(
      'import',
      'directory',
      '--file',
      file('t.json', JSON.stringify([services[0], services[0]])),
    );
    expect(twice.failed).toContain('stands twice');
    expect((await run('import', 'directory', '--file', file('u.txt', '{"a":1}'))).code).toBe(1);
  });

  it('answers wrong use with code 2', async () => {
    for (const args of [
      ['export', 'people'],
      ['import'],
      ['import', 'directory'],
      ['import', 'directory', '--file', '/nowhere'],
      ['export', 'directory', '--format', 'xml'],
      ['export', 'directory', '--fast'],
    ])
      expect((await run(...args)).code, args.join(' ')).toBe(2);
  });
});
