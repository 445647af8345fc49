import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Suffixes that i18next or the ear adds to a key: `_voice`, `_sms`, and the plural forms. */
const SUFFIX = /_(voice|sms|one|many|other)$/;

function keysOf(language: string): string[] {
  const folder = path.join(ROOT, 'locales', language);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => flatten(JSON.parse(readFileSync(path.join(folder, name), 'utf8')), name.slice(0, -5)));
}

function flatten(value: unknown, prefix: string): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${prefix}.${key}`));
}

const bases = (language: string): Set<string> =>
  new Set(keysOf(language).map((key) => key.replace(SUFFIX, '')));

function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder)).flatMap((name) => {
    const file = `${folder}/${name}`;
    if (statSync(path.join(ROOT, file)).isDirectory()) return sources(file);
    return name.endsWith('.ts') ? [readFileSync(path.join(ROOT, file), 'utf8')] : [];
  });
}

const code = ['src', 'dialogs'].flatMap(sources);
const files = readdirSync(path.join(ROOT, 'locales/fr')).map((name) => name.slice(0, -5));
const TEMPLATE = String.raw`[\w.-]*(?:\$\{[^}]+\}[\w.-]*)*`;
const KEY = new RegExp(`['"\`]((?:${files.join('|')})\\.(?!css|js)${TEMPLATE})['"\`]`, 'g');
/** Pages whose words all come from one file name them without it: `t('send')` is `chat.send`. */
const PAGES = { chat: 'src/channels/web-chat' } as const;
const SHORT_KEY = new RegExp(`['"\`](${TEMPLATE})['"\`]`, 'g');
const ASKED_SHORT = new RegExp(`\\b(?:t|word)\\(['"\`](${TEMPLATE})['"\`]`, 'g');

const matches = (texts: readonly string[], pattern: RegExp): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));

const shortKeys = (pattern: RegExp): string[] =>
  Object.entries(PAGES).flatMap(([file, folder]) =>
    matches(sources(folder), pattern)
      .filter((key) => !/^\$\{[^}]+\}$/.test(key))
      .map((key) => `${file}.${key}`),
  );

const isWholeFile = (key: string): boolean => /^chat\.\$\{[^}]+\}$/.test(key);

/** Keys that the code asks for; one put together (`triage.choice.${need}`) stands for all it may become. */
const asked = [...matches(code, KEY), ...shortKeys(ASKED_SHORT)];
const patterns = [...new Set([...asked, ...shortKeys(SHORT_KEY)])]
  .filter((key) => !isWholeFile(key))
  .map((key) => new RegExp(`^${key.replace(/[.-]/g, '\\$&').replace(/\$\{[^}]+\}/g, '[\\w-]+')}$`));

describe('the words of the service', () => {
  it('has the same keys in French and in English', () => {
    expect([...bases('en')].sort()).toEqual([...bases('fr')].sort());
  });

  it('has every key that the code uses', () => {
    const known = bases('fr');
    const missing = asked.filter((key) => !key.includes('${') && !known.has(key));
    expect(missing).toEqual([]);
  });

  it('has no key that the code does not use', () => {
    const unused = [...bases('fr')].filter((key) => !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it('leaves no value empty and no parameter of one language out of the other', () => {
    const read = (language: string): Map<string, string> => new Map(entriesOf(language));
    const french = read('fr');
    const english = read('en');
    const parameters = (text: string): string =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)]
        .map(([, name]) => name)
        .sort()
        .join();
    const faults = [...french].filter(([key, text]) => {
      const other = english.get(key);
      return text.trim() === '' || (other !== undefined && parameters(other) !== parameters(text));
    });
    expect(faults.map(([key]) => key)).toEqual([]);
  });
});

function entriesOf(language: string): [string, string][] {
  const folder = path.join(ROOT, 'locales', language);
  const entries = (value: unknown, prefix: string): [string, string][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => entries(inner, `${prefix}.${key}`))
      : [[prefix, String(value)]];
  return readdirSync(folder).flatMap((name) =>
    entries(JSON.parse(readFileSync(path.join(folder, name), 'utf8')), name.slice(0, -5)),
  );
}
