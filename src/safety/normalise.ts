import { respell } from './phonetic.js';
import { HOMOPHONES, SHORT_FORMS } from './spelling.js';

/** Words are told apart up to this length; longer runs of letters are noise. */
const LONGEST_WORD = 40;

/**
 * One form for what means the same: lower case, no accents, elisions as words, letters repeated for stress
 * once, text-message spelling written out, homophones of speech recognition and misspelt key words mended.
 * Time is proportional to the length.
 */
export function normalise(text: string): string {
  const words = text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z])\1{2,}/g, '$1')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => SHORT_FORMS.get(word) ?? respell(word.slice(0, LONGEST_WORD)));
  return HOMOPHONES.reduce((said, [heard, meant]) => said.replace(heard, meant), words.join(' '));
}
