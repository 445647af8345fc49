import { describe, expect, it } from 'vitest';
import { normalise, PIECE_LENGTH, pieces } from '../../src/safety/normalise.js';

describe('normalising', () => {
  it.each([
    ['J’EN PEUX PLUUUUS !!!', 'j en peux plus'],
    ['jpp de la vie', 'je n en peux plus de la vie'],
    ['Éléonore, ça va ?', 'eleonore ca va'],
    ['   ', ''],
  ])('gives « %s » as « %s »', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it('cuts long text into bounded pieces and loses nothing', () => {
    const text = 'Une phrase assez courte. '.repeat(400);
    const cut = pieces(text);
    expect(cut.join('')).toBe(text);
    expect(Math.max(...cut.map(({ length }) => length))).toBeLessThanOrEqual(PIECE_LENGTH);
    expect(pieces('x'.repeat(PIECE_LENGTH * 3)).join('')).toHaveLength(PIECE_LENGTH * 3);
  });
});
