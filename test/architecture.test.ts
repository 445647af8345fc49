import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * What each part may import (docs/decisions/0002-parts-and-imports.md). A port file is one whose name ends in
 * `-store`, `-log` or is listed in PORTS; types of a part live beside its ports.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/kernel': [],
  'src/safety': ['src/kernel'],
  'src/directory': ['src/kernel'],
  'src/opening-hours': ['src/kernel'],
  'src/privacy': ['src/kernel'],
  'src/messages': ['src/kernel', 'src/privacy'],
  'src/reporting': ['src/kernel'],
  'src/accounts': ['src/kernel'],
  'src/triage': ['src/kernel', 'src/safety'],
  'src/conversations': ['src/kernel', 'src/privacy'],
  'src/booking': ['src/kernel', 'src/privacy', 'src/messages'],
  'src/phone-line': ['src/kernel', 'src/privacy', 'src/messages'],
  'src/handoff': ['src/kernel', 'src/privacy', 'src/safety', 'src/conversations'],
  locales: ['src/kernel'],
  dialogs: [
    'src/kernel',
    'src/safety',
    'src/triage',
    'src/directory',
    'src/opening-hours',
    'src/booking',
    'src/phone-line',
    'src/handoff',
    'src/conversations',
    'src/privacy',
    'src/reporting',
    'locales',
    'src/messages',
  ],
  'src/voice': ['src/kernel', 'dialogs', 'src/phone-line', 'locales'],
  'src/storage': [
    'src/kernel',
    'src/conversations',
    'src/booking',
    'src/phone-line',
    'src/handoff',
    'src/directory',
    'src/opening-hours',
    'src/privacy',
    'src/reporting',
    'src/accounts',
    'src/jobs',
    'src/messages',
  ],
  'src/channels': [
    'src/kernel',
    'dialogs',
    'src/voice',
    'src/handoff',
    'src/phone-line',
    'src/conversations',
    'src/booking',
    'src/directory',
    'src/privacy',
    'src/web',
    'locales',
    'src/messages',
  ],
  'src/console': [
    'src/kernel',
    'src/accounts',
    'src/handoff',
    'src/conversations',
    'src/booking',
    'src/phone-line',
    'src/directory',
    'src/opening-hours',
    'src/privacy',
    'src/reporting',
    'src/jobs',
    'src/web',
    'locales',
  ],
  'src/jobs': [
    'src/kernel',
    'src/conversations',
    'src/privacy',
    'src/booking',
    'src/phone-line',
    'src/handoff',
    'src/accounts',
    'src/reporting',
    'src/messages',
  ],
  'src/web': ['src/kernel'],
  'src/local-phone': ['src/kernel', 'src/web'],
  'src/operations': [
    'src/kernel',
    'src/accounts',
    'src/booking',
    'src/phone-line',
    'src/privacy',
    'src/reporting',
    'src/directory',
    'src/opening-hours',
    'src/safety',
    'src/triage',
    'src/jobs',
    'src/conversations',
    'src/handoff',
    'src/storage',
    'locales',
  ],
};

/** Files at the top of src, and the command line, may import everything. */
const EVERYTHING = new Set([
  'src/app.ts',
  'src/compose.ts',
  'src/compose',
  'src/main.ts',
  'src/config.ts',
  'src/cli',
]);
/** Composition is imported by the process and the command line only. */
const COMPOSITION = 'src/compose.ts';
const COMPOSERS = ['src/main.ts', 'src/cli'];

/** Packages only adapters may use: a domain part knows no web server, carrier, database or clockwork. */
const ADAPTER_PACKAGES = ['express', 'botbuilder', 'twilio', 'mongoose', 'lmdb', 'node-cron', 'ws', 'helmet'];
const DOMAIN = [
  'src/kernel',
  'src/safety',
  'src/triage',
  'src/directory',
  'src/opening-hours',
  'src/privacy',
  'src/messages',
  'src/reporting',
  'src/accounts',
  'src/conversations',
  'src/booking',
  'src/phone-line',
  'src/handoff',
  'dialogs',
  'src/voice',
];
/** Inside the dialogs, only the door is for others (architecture.md, rule 1). */
const DIALOG_DOORS = ['dialogs/turn.ts', 'dialogs/turn-types.ts'];

const files = ['src', 'dialogs', 'locales'].flatMap(typescriptFiles);

function typescriptFiles(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder)).flatMap((name) => {
    const file = `${folder}/${name}`;
    if (statSync(path.join(ROOT, file)).isDirectory()) return typescriptFiles(file);
    return name.endsWith('.ts') ? [file] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

const projectImports = (file: string): string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.join(path.dirname(file), name).replace(/\.js$/, '.ts'));

/** The part a file belongs to: `src/<folder>`, `dialogs`, `locales`, or the file itself at the top of src. */
function partOf(file: string): string {
  const [top = '', folder = ''] = file.split('/');
  return top === 'src' ? `src/${folder}` : top;
}

describe('the direction of dependency', () => {
  it('knows every part', () => {
    const known = new Set([...Object.keys(MAY_IMPORT), ...EVERYTHING]);
    const unknown = [...new Set(files.map(partOf))].filter((part) => !known.has(part));
    expect(unknown).toEqual([]);
  });

  it('lets a part import only what the table lists', () => {
    const forbidden = files.flatMap((file) => {
      const part = partOf(file);
      if (EVERYTHING.has(part)) return [];
      const allowed = new Set([part, ...(MAY_IMPORT[part] ?? [])]);
      return projectImports(file)
        .filter((target) => !allowed.has(partOf(target)))
        .map((target) => `${file} -> ${target}`);
    });
    expect(forbidden).toEqual([]);
  });

  it('lets only the process and the command line compose', () => {
    const composers = files
      .filter((file) => projectImports(file).includes(COMPOSITION))
      .filter((file) => !COMPOSERS.includes(partOf(file)));
    expect(composers).toEqual([]);
  });

  it('opens the dialogs to channels and voice by their door only', () => {
    const around = files
      .filter((file) => ['src/voice', 'src/channels'].includes(partOf(file)))
      .flatMap((file) =>
        projectImports(file)
          .filter((target) => partOf(target) === 'dialogs' && !DIALOG_DOORS.includes(target))
          .map((target) => `${file} -> ${target}`),
      );
    expect(around).toEqual([]);
  });

  it('keeps web servers, carriers, databases and clockwork out of the domain', () => {
    const leaks = files
      .filter((file) => DOMAIN.includes(partOf(file)))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => ADAPTER_PACKAGES.includes(name))
          .map((name) => `${file} -> ${name}`),
      );
    expect(leaks).toEqual([]);
  });

  it('calls the safety screen in one place, and reads the environment in one place', () => {
    const reading = (pattern: RegExp): string[] =>
      files.filter((file) => pattern.test(readFileSync(path.join(ROOT, file), 'utf8')));
    expect(reading(/process\.env/)).toEqual(['src/config.ts']);
    expect(reading(/\.screen\(/)).toEqual(['dialogs/screen-input.ts']);
  });
});
