import { describe, expect, it } from 'vitest';
import { dangerOf } from '../../src/safety/danger.js';
import { type Example, fitJudgement } from '../../src/triage/training/fit-judgement.js';

const example = (signs: readonly number[], danger: boolean, weight = 1): Example => ({
  signs,
  danger,
  weight,
});

/** Danger in three of four where the first sign is 1, in one of four where it is 0; the second says nothing. */
const EXAMPLES = [0, 1].flatMap((first) =>
  [0, 1].flatMap((second) =>
    [0, 1, 2, 3].map((number) => example([first, second], first === 1 ? number > 0 : number === 3)),
  ),
);

describe('how signs weigh together', () => {
  it('is the log-odds of danger', () => {
    const judgement = fitJudgement(EXAMPLES);
    expect(dangerOf(judgement, [1, 0.5])).toBeCloseTo(Math.log(3), 1);
    expect(dangerOf(judgement, [0, 0.5])).toBeCloseTo(-Math.log(3), 1);
  });

  it('lets an example count as often as its weight', () => {
    const twice = fitJudgement([...EXAMPLES, example([1, 0], false)]);
    const heavier = fitJudgement(EXAMPLES.map((own, index) => (index === 8 ? { ...own, weight: 2 } : own)));
    expect(heavier.bias).toBeCloseTo(twice.bias, 1);
  });

  it('is the same at every run, and finite when a sign never changes', () => {
    const still = EXAMPLES.map(({ signs, ...rest }) => ({ ...rest, signs: [...signs, 7] }));
    const judgement = fitJudgement(still);
    expect(judgement).toEqual(fitJudgement(still));
    expect([...judgement.weights, judgement.bias].every(Number.isFinite)).toBe(true);
  });
});
