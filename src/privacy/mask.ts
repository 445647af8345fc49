import { maskNames } from './mask-names.js';
import { maskNumbers } from './mask-numbers.js';
import { maskPlaces } from './mask-places.js';

/**
 * Replaces what could tell who is speaking by a token that is the same in every language: `[tel]`, `[mail]`,
 * `[nir]`, `[numen]`, `[uai]`, `[code]`, `[date]`, `[nom]`, `[adresse]`, `[ecole]` (product.md, "Anonymity",
 * rule 3). Numbers and addresses of mail without exception; names and places with the recall that
 * test/privacy/mask.test.ts measures. Masking twice changes nothing. Time is linear in the length.
 */
export function mask(text: string): string {
  return maskNames(maskPlaces(maskNumbers(text)));
}
