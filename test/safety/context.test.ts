import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';
import { NO_CONTEXT } from '../../src/safety/screen.js';
import { seededRandom } from '../support/seeded-random.js';

const log = createLogger('silent');
const screen = loadScreen(log);

describe('the screen looks at what was said and asked before', () => {
  it('asks about « je ne veux plus » when nothing practical was asked, and not about Tuesday', () => {
    expect(screen('je ne veux plus', { asked: 'open', before: [] }).level).toBe('unsure');
    expect(screen('je ne veux plus', { asked: 'life', before: [] }).level).toBe('vital');
    expect(screen('je ne veux plus', { asked: 'choice', before: [] }).level).toBe('clear');
  });

  it('puts two messages together', () => {
    expect(screen('lundi', { asked: 'open', before: [] }).level).toBe('clear');
    expect(screen('mourir', { asked: 'open', before: ['je veux'] }).level).toBe('vital');
  });

  it('does not hold an earlier message, already judged, against a calm one', () => {
    const before = ['je veux mourir'];
    expect(screen('à Strasbourg', { asked: 'open', before }).level).toBe('clear');
  });

  it('hears English', () => {
    expect(screen('i just want to die', NO_CONTEXT).level).toBe('vital');
    expect(screen('I would like to move my appointment to Thursday', NO_CONTEXT).level).toBe('clear');
  });
});

describe('a model that cannot be trusted', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'numero-unique-model-'));
  const damaged = (name: string, change: (text: string) => string) => {
    const file = path.join(folder, name);
    writeFileSync(
      file,
      change(readFileSync(new URL('../../src/safety/model.json', import.meta.url), 'utf8')),
    );
    return loadScreen(log, pathToFileURL(file));
  };

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2)],
    ['with other weights', (text: string) => text.replace(/"digest":"./, '"digest":"x')],
    ['empty', () => '{}'],
  ])('is %s: nothing is clear, and open words still raise the alert', (name, change) => {
    const guarded = damaged(`${name}.json`, change);
    expect(guarded('bonjour', NO_CONTEXT)).toEqual({ level: 'unsure', reason: 'unclear' });
    expect(guarded('je veux mourir', NO_CONTEXT).level).toBe('vital');
  });
});

describe('no text makes the screen slow or fail', () => {
  const random = seededRandom();
  const WORDS =
    'je me tuer il elle a la porte plus envie de vivre mourir pas jamais film avec sans y ans ca et'.split(
      ' ',
    );
  const pick = <T>(list: readonly T[]): T => list[Math.floor(fraction() * list.length)] as T;
  const fraction = (): number => random.bytes(4).readUInt32BE() / 2 ** 32;

  it.each([
    ['one letter', () => 'a'.repeat(20_000)],
    ['blanks', () => ' '.repeat(20_000)],
    ['the same word', () => 'je '.repeat(6_600)],
    ['the beginnings of every pattern', () => Array.from({ length: 5_000 }, () => pick(WORDS)).join(' ')],
    ['signs', () => '!?’"*()[]\\^$.|'.repeat(1_400)],
    ['accents piled up', () => `e${'\u0301'.repeat(19_000)}`],
    ['emojis and surrogates', () => '🙂\ud83d'.repeat(6_000)],
    [
      'anything',
      () => String.fromCodePoint(...Array.from({ length: 20_000 }, () => Math.floor(fraction() * 0xd7ff))),
    ],
  ])('%s', (_name, text) => {
    for (let round = 0; round < 5; round += 1)
      expect(['vital', 'unsure', 'clear']).toContain(screen(text(), NO_CONTEXT).level);
  });
});
