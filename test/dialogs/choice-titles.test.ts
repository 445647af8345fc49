import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/log.js';
import { loadScreen } from '../../src/safety/load-screen.js';

const LOCALES = path.resolve(import.meta.dirname, '../../locales');

const titles = (language: string): string[] =>
  ['booking', 'manage'].flatMap((name) => {
    const file = JSON.parse(readFileSync(path.join(LOCALES, language, `${name}.json`), 'utf8'));
    const words = Object.values<string>({ ...file.choice, ...file.day });
    return words.filter((title) => !title.includes('{{'));
  });

describe('the choices of the booking dialogs', () => {
  const screen = loadScreen(createLogger('silent'));

  // A caller who presses a choice sends its title: it must not raise the question of danger by itself.
  it.each(['fr', 'en'])('are clear to the screen in %s', (language) => {
    const unclear = titles(language).filter(
      (title) => screen(title, { asked: 'choice', before: [] }).level !== 'clear',
    );
    expect(unclear).toEqual([]);
  });
});
