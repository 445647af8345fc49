import { describe, expect, it } from 'vitest';
import { dangerOf, SAFETY_HEADS, signsOf } from '../../src/safety/danger.js';

const scores = (given: Readonly<Record<string, number>>): number[] =>
  SAFETY_HEADS.map((name) => given[name] ?? -1);

describe('the signs of danger', () => {
  it('are the same whichever danger is the strongest', () => {
    const frequent = signsOf(scores({ 'to-oneself': 0.5, plan: 0.8 }), 30);
    const rare = signsOf(scores({ 'of-violence': 0.5, 'danger-to-others': 0.8 }), 30);
    expect(rare).toEqual(frequent);
  });

  it('tell a need that explains the words from one that does not', () => {
    const explained = signsOf(scores({ plan: 0.2, social_financier: 1.4 }), 30);
    const unexplained = signsOf(scores({ plan: 0.2 }), 30);
    expect(explained).not.toEqual(unexplained);
  });

  it('weigh by what was learned, the bias beside them', () => {
    const signs = signsOf(scores({ risk: 0.5 }), 0);
    const weights = signs.map((_, index) => (index === 0 ? 2 : 0));
    expect(dangerOf({ weights, bias: -0.25 }, signs)).toBeCloseTo(0.75);
  });
});
