import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../src/triage/training/corpus.js';
import { authorsOf } from '../../src/triage/training/folds.js';
import { groupsOfAlike, nearDuplicates } from '../../src/triage/training/near-duplicates.js';

const { rows } = readCorpus(new URL('../../src/triage/corpus', import.meta.url).pathname);
const words = rows.map(({ text }) => text.trim().split(/\s+/).length).sort((a, b) => a - b);
const shareOf = (test: (row: (typeof rows)[number]) => boolean): number =>
  rows.filter(test).length / rows.length;

describe('the corpus', () => {
  it('is large, of many hands, with enough danger and near misses', () => {
    expect(rows.length).toBeGreaterThanOrEqual(6_000);
    expect(authorsOf(rows).length).toBeGreaterThanOrEqual(12);
    expect(rows.filter(({ urgency }) => urgency === 'vital').length).toBeGreaterThanOrEqual(700);
    expect(rows.filter(({ family }) => /^(proche|nm|dnear)/.test(family)).length).toBeGreaterThanOrEqual(
      1_500,
    );
  });

  it('is long as people are, and half spoken', () => {
    expect(words[Math.floor(words.length / 2)]).toBeGreaterThanOrEqual(20);
    expect(words[Math.floor(words.length * 0.75)]).toBeGreaterThanOrEqual(35);
    const spoken = shareOf(({ channel }) => channel === 'voice');
    expect(spoken).toBeGreaterThan(0.4);
    expect(spoken).toBeLessThan(0.6);
  });

  it('calls danger one thing only: vital is `crise`, and nothing else is', () => {
    expect(rows.filter(({ need, urgency }) => (need === 'crise') !== (urgency === 'vital'))).toEqual([]);
  });

  it('holds no two utterances that are nearly the same', () => {
    expect(nearDuplicates(rows.map(({ text }) => text))).toEqual([]);
  }, 120_000);
});

describe('near-duplicates', () => {
  const text = 'bonjour, je voudrais savoir si mon dossier de mutation est bien arrivé au rectorat de Nancy';
  it('are found through small changes, and joined in groups', () => {
    const texts = [
      text,
      'ma salle de classe est au troisième étage et je ne peux plus monter les escaliers',
      text.replace('Nancy', 'Metz').toUpperCase(),
      text.replace('bonjour', 'bonsoir'),
    ];
    expect(nearDuplicates(texts).map(({ first, second }) => [first, second])).toEqual([
      [0, 2],
      [0, 3],
      [2, 3],
    ]);
    const groups = groupsOfAlike(texts);
    expect(groups[2]).toBe(groups[0]);
    expect(groups[1]).not.toBe(groups[0]);
  });
});
