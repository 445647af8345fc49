import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mask } from '../../src/privacy/mask.js';

interface Identifier {
  kind: string;
  text: string;
  secrets: string[];
}

const cases = readFileSync(new URL('./identifiers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Identifier);

const hides = ({ text, secrets }: Identifier): boolean => {
  const masked = mask(text);
  return secrets.every((secret) => !masked.includes(secret));
};

/** Structured identifiers without exception; the others with the recall of product.md, rule 3. */
const TARGETS: readonly [string, number][] = [
  ['phone', 1],
  ['email', 1],
  ['nir', 1],
  ['numen', 1],
  ['uai', 1],
  ['code', 1],
  ['name', 0.9],
  ['address', 0.9],
  ['school', 0.9],
  ['birth', 0.9],
];

describe('masking', () => {
  it.each(TARGETS)('hides %s with a recall of at least %f', (kind, target) => {
    const ofKind = cases.filter((entry) => entry.kind === kind);
    const missed = ofKind.filter((entry) => !hides(entry)).map(({ text }) => text);
    const recall = 1 - missed.length / ofKind.length;
    expect(recall, `missed: ${missed.join(' | ')}`).toBeGreaterThanOrEqual(target);
  });

  it.each([
    'appelez le 3114, le 15, le 112, le 119, le 3919 ou le 116 006',
    'j’ai 32 ans et 24 élèves en CM2, salle 104',
    'le rendez-vous du mardi 3 mars à 14 h 30',
    'monsieur le recteur et madame la principale',
    'je suis au collège depuis deux ans et au lycée avant',
    'les cours de maths ont lieu sur place',
    'je suis à 50 % depuis le 12/03/2026',
    'mon collège est loin de chez moi',
  ])('leaves what identifies nobody: %s', (text) => {
    expect(mask(text)).toBe(text);
  });

  it('changes nothing when it is done twice', () => {
    for (const { text } of cases) expect(mask(mask(text))).toBe(mask(text));
  });

  it.each([
    'a'.repeat(2_000),
    '1 '.repeat(1_000),
    'rue '.repeat(500),
    "je m'appelle ".repeat(150),
    'deux '.repeat(400),
    'a@'.repeat(1_000),
    'madame a '.repeat(220),
    'école de '.repeat(220),
  ])('comes to an end on the longest message allowed, whatever the text (%#)', (piece) => {
    const longest = piece.repeat(Math.ceil(131_072 / piece.length));
    expect(mask(longest).length).toBeGreaterThan(0);
  });
});
