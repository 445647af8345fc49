import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/safety/normalise.js';

describe('normalising', () => {
  it.each([
    ['J’EN PEUX PLUUUUS !!!', 'j en peux plus'],
    ['jpp de la vie', 'je n en peux plus de la vie'],
    ['Éléonore, ça va ?', 'eleonore ca va'],
    ['   ', ''],
  ])('gives « %s » as « %s »', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });
});
