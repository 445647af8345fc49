import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demonstrationDiary, fillDiary } from '../../src/booking/demonstration-diary.js';
import { SHEET_KINDS } from '../../src/booking/diary-columns.js';
import type { Diary } from '../../src/booking/diary-store.js';
import { runCommand } from '../../src/cli/run-command.js';
import { openStore } from '../../src/storage/open-store.js';
import type { Stores } from '../../src/storage/stores.js';
import { recordedIo } from '../support/command-io.js';

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-'));
  await inStore(({ diary }) => fillDiary(diary, demonstrationDiary('2026-03-02')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function inStore<T>(action: (stores: Stores) => Promise<T>): Promise<T> {
  const stores = await openStore({ mongoUri: undefined, dataDir: folder, serving: false });
  try {
    return await action(stores);
  } finally {
    await stores.close();
  }
}
const diary = (): Promise<Diary> => inStore((stores) => stores.diary.read());

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

describe('import and export of the diary', () => {
  it.each(SHEET_KINDS.flatMap((kind) => [['json', kind] as const, ['csv', kind] as const]))(
    'takes back as %s what it gave of %s, without a change',
    async (format, kind) => {
      const before = await diary();
      const { printed } = await run('export', kind, '--format', format);
      const again = await run('import', kind, '--file', file(`sheet.${format}`, printed));
      expect([again.code, again.failed]).toEqual([0, '']);
      expect(await diary()).toEqual(before);
    },
  );

  it('adds and replaces by id', async () => {
    const { sites } = await diary();
    const name = 'Un autre nom';
    const changed = [
      { ...sites[0], name },
      { ...sites[0], id: 'nouveau', zone: 'Indian/Reunion' },
    ];
    expect((await run('import', 'sites', '--file', file('s.json', JSON.stringify(changed)))).printed).toBe(
      '2 sites imported.',
    );
    const after = await diary();
    expect(after.sites).toHaveLength(sites.length + 1);
    expect(after.sites.find(({ id }) => id === sites[0]?.id)?.name).toBe(name);
  });

  it('imports nothing of a file with faults, and names each line, field and what to do', async () => {
    const before = await diary();
    const { printed } = await run('export', 'availability');
    const [head = '', good = ''] = printed.split('\n');
    const columns = head.replace('\uFEFF', '').split(',');
    const with_ = (changes: Record<string, string>): string =>
      good
        .split(',')
        .map((cell, index) => changes[columns[index] ?? ''] ?? cell)
        .join(',');
    const rows = [
      with_({ id: 'new' }),
      with_({ id: 'a', from: '9h' }),
      with_({ id: 'b', site: 'nowhere', psychologist: 'nobody' }),
      with_({ id: 'c', recurrence: 'often' }),
      with_({ id: 'd', durations: '47' }),
      with_({ id: 'new' }),
      with_({ id: '' }),
    ];
    const { code, failed } = await run(
      'import',
      'availability',
      '--file',
      file('a.csv', [head, ...rows].join('\n')),
    );
    expect(code).toBe(1);
    const faults = failed.split('\n').map((line) => line.replace(/^.*a\.csv, /, ''));
    expect(faults).toEqual([
      'line 3, from: must be written like this: HH:MM.',
      'line 4, site: is no site of the diary; import the sites first, or correct it.',
      'line 4, psychologist: is no psychologist of the diary; import the psychologists first, or correct it.',
      'line 5, recurrence: must be one of: once, daily, weekly, monthly, month-days.',
      'line 6, durations: must be a multiple of 5.',
      'line 7, id: stands already on line 2; keep one of them.',
      'line 8, id: is missing; fill it in.',
      'Nothing was imported: 1 rows are good; correct the others and import again.',
    ]);
    expect(await diary()).toEqual(before);
  });

  it('refuses a column it does not know, and a file that is none', async () => {
    const { printed } = await run('export', 'sites', '--format', 'csv');
    const [head, row] = printed.split('\n');
    const odd = await run('import', 'sites', '--file', file('s.csv', `${head},colour\n${row},blue`));
    expect([odd.code, odd.failed]).toEqual([1, expect.stringContaining('line 2, colour: is not known here')]);
    const none = await run('import', 'sites', '--file', file('t.json', '[{'));
    expect([none.code, none.failed]).toEqual([1, expect.stringContaining('neither a JSON list nor CSV')]);
    expect((await run('import', 'sites')).code).toBe(2);
    expect((await run('import', 'sites', '--file', path.join(folder, 'none'))).code).toBe(2);
  });

  it('gives a calendar file that says nothing but busy, and reads one back', async () => {
    const [rule] = (await diary()).rules;
    const person = rule?.psychologist ?? '';
    const { code, printed } = await run('export', 'calendar', '--psychologist', person);
    expect([code, printed]).toEqual([0, expect.stringMatching(/^BEGIN:VCALENDAR[\s\S]*END:VCALENDAR$/)]);
    const start = new Date(Date.now() + 86_400_000).toISOString().replace(/[-:]|\.\d+/g, '');
    const own = [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', `DTSTART:${start}`],
      ...['DURATION:PT1H', 'SUMMARY:Dentiste', 'END:VEVENT', 'END:VCALENDAR'],
    ].join('\r\n');
    const read = await run('import', 'calendar', '--psychologist', person, '--file', file('own.ics', own));
    expect([read.code, read.printed]).toEqual([0, '1 busy times imported for the next three months.']);
    const { importedBusy } = await diary();
    expect(importedBusy).toMatchObject([{ psychologist: person, times: [{}] }]);
    expect(JSON.stringify(importedBusy)).not.toContain('Dentiste');
    expect((await run('export', 'calendar', '--psychologist', 'nobody')).code).toBe(1);
  });
});
