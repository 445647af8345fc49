import { describe, expect, it } from 'vitest';
import type { Need } from '../../src/triage/need.js';
import type { CorpusRow } from '../../src/triage/training/corpus.js';
import { authorFolds, authorGroups, duplicateFolds } from '../../src/triage/training/folds.js';
import { type Judged, measure, proportion, quantile } from '../../src/triage/training/measures.js';

const row = (changes: Partial<CorpusRow>): CorpusRow => ({
  text: 'texte',
  need: 'ecoute_psy',
  also: [],
  urgency: 'normale',
  author: 'a',
  family: 'base',
  channel: 'chat',
  ...changes,
});
const judged = (
  changes: Partial<CorpusRow>,
  said: { level?: Judged['level']; need?: Need; choices?: Need[]; confidence?: number },
): Judged => {
  const { level = 'clear', need = 'ecoute_psy', choices, confidence = 1 } = said;
  const ask = choices === undefined ? null : { choices };
  const ranked = [{ need, confidence }];
  const understanding = { need, also: [], urgency: 'normale' as const, confidence, ask, slots: {}, ranked };
  return { row: row(changes), level, reason: undefined, understanding };
};
const VITAL = { need: 'crise', urgency: 'vital' } as const;

describe('what the evaluation counts', () => {
  it('counts alerts and questions on danger, and what is touched of the rest', () => {
    const measures = measure([
      judged(VITAL, { level: 'vital' }),
      judged(VITAL, { level: 'unsure' }),
      judged(VITAL, {}),
      judged({}, { level: 'vital' }),
      judged({}, { level: 'unsure' }),
      judged({}, {}),
    ]);
    expect(measures.alerted).toMatchObject({ count: 1, of: 3 });
    expect(measures.alertedOrAsked).toMatchObject({ count: 2, of: 3 });
    expect(measures.falseAlarms).toMatchObject({ count: 1, of: 3 });
    expect(measures.touched).toMatchObject({ count: 2, of: 3 });
  });

  it('accepts the main need or one beside it, and what one question offers', () => {
    const measures = measure([
      judged({ also: ['sante_poste'] }, { need: 'sante_poste' }),
      judged({}, { need: 'info_rdv', choices: ['info_rdv', 'ecoute_psy'], confidence: 0.3 }),
      judged({ need: 'parler_humain' }, { need: 'info_rdv', choices: ['info_rdv'], confidence: 0.3 }),
      judged({}, { need: 'info_rdv', level: 'vital' }),
    ]);
    expect(measures.accepted).toMatchObject({ count: 1, of: 4 });
    expect(measures.acceptedAfterQuestion).toMatchObject({ count: 3, of: 4 });
  });

  it('measures how far confidence is from being right', () => {
    const sure = (right: boolean) =>
      judged({}, { need: right ? 'ecoute_psy' : 'info_rdv', confidence: 0.75 });
    expect(measure([sure(true), sure(true), sure(true), sure(false)]).calibrationError).toBeCloseTo(0);
    expect(measure([sure(false)]).calibrationError).toBeCloseTo(0.75);
  });

  it('gives Wilson’s interval', () => {
    const { low, high } = proportion(8, 10);
    expect(low).toBeCloseTo(0.49, 2);
    expect(high).toBeCloseTo(0.943, 2);
    expect(proportion(0, 0)).toMatchObject({ low: 0, high: 1 });
    expect(quantile([3, 1, 2, 4], 0.5)).toBe(3);
  });
});

describe('folds', () => {
  const rows = ['a', 'b', 'c', 'd'].flatMap((author) =>
    [1, 2, 3].map((number) =>
      row({ author, text: `${author} dit une chose toute différente, numéro ${number}` }),
    ),
  );
  it('never learn from a hand that they judge', () => {
    for (const { train, test } of authorFolds(rows, { judged: ['b', 'c', 'd'], count: 2 })) {
      const judgedHands = new Set(test.map(({ author }) => author));
      expect(train.some(({ author }) => judgedHands.has(author))).toBe(false);
      expect(train.some(({ author }) => author === 'a')).toBe(true);
    }
    expect(new Set(authorGroups(rows, 2).slice(0, 3)).size).toBe(1);
  });

  it('keep near-duplicates on one side', () => {
    const alike = [...rows, { ...(rows[0] as CorpusRow), text: `${rows[0]?.text} !` }];
    for (const { train, test } of duplicateFolds(alike, 4)) {
      const here = test.filter(({ text }) => text.startsWith(rows[0]?.text ?? '-')).length;
      const there = train.filter(({ text }) => text.startsWith(rows[0]?.text ?? '-')).length;
      expect(here === 0 || there === 0).toBe(true);
    }
  });
});
