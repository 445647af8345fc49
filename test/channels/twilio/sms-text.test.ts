import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inGsm, segmentsOf, toTexts } from '../../../src/channels/twilio/sms-text.js';

const FOLDER = path.resolve(import.meta.dirname, '../../../locales/fr');
const words = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(words);

describe('the words of a text message', () => {
  it.each([
    ['L’écoute est gratuite', "L'écoute est gratuite"],
    ['« À bientôt »', '"A bientot"'],
    ['ça ira, cœur à cœur… 10 €', 'ca ira, coeur à coeur... 10 €'],
    ['être là, où ? déjà', 'etre là, où ? déjà'],
    ['bonjour 🙂', 'bonjour '],
  ])('%s are written in the basic characters', (text, spelt) => {
    expect(inGsm(text)).toBe(spelt);
  });

  it('stay whole for every sentence of the service: no letter is lost', () => {
    const sentences = readdirSync(FOLDER).flatMap((name) =>
      words(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'))),
    );
    const bare = (text: string): string =>
      text
        .normalize('NFD')
        .replace(/œ/g, 'oe')
        .replace(/[^\p{L}\p{N}]/gu, '')
        .toLowerCase();
    for (const sentence of sentences) expect(bare(inGsm(sentence))).toBe(bare(sentence));
  });

  it('counts segments as carriers do: 160 alone, 153 each when joined, two places for €', () => {
    expect([160, 161, 306, 307].map((length) => segmentsOf('a'.repeat(length)))).toEqual([1, 2, 2, 3]);
    expect(segmentsOf(`${'a'.repeat(158)}€`)).toBe(1);
    expect(segmentsOf(`${'a'.repeat(159)}€`)).toBe(2);
  });

  it('are cut at a sentence or a word, into at most three texts of three segments', () => {
    const long = 'Une phrase de quelques mots. '.repeat(200);
    const texts = toTexts(long);
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(segmentsOf(text)).toBeLessThanOrEqual(3);
      expect(text).toMatch(/(mots\.|\(\.\.\.\))$/);
    }
    expect(texts[2]).toMatch(/\(\.\.\.\)$/);
    expect(toTexts('x'.repeat(5_000)).map(segmentsOf)).toEqual([3, 3, 3]);
    expect(toTexts('€'.repeat(5_000)).map(segmentsOf)).toEqual([3, 3, 3]);
    expect(toTexts('  ')).toEqual([]);
  });
});
