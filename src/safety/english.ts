import { ENGLISH_WORDS } from './english-words.js';

const GLOSS: ReadonlyMap<string, readonly string[]> = new Map(
  ENGLISH_WORDS.trim()
    .split(/\s+/)
    .map((entry) => {
      const [english = '', french = ''] = entry.split('=');
      return [english.replaceAll('_', ' '), french.split('_')] as const;
    })
    .reverse(),
);
/** Words of the longest expression. */
const LONGEST = 5;

/** Small words that French does not have. */
const ENGLISH_ONLY = new Set(
  'the and my is was with have has this that they he she you your not of for are been just can would want know it to at from what there because about when who how will'.split(
    ' ',
  ),
);
const FRENCH_ONLY = new Set(
  'le la les je il elle et est de du des que qui ne pas une vous nous dans pour avec ce mon ma mes au suis ai y en'.split(
    ' ',
  ),
);
/** Enough to tell, wherever the language changes later. */
const LOOKED_AT = 200;

/** Whether a text is mostly English. */
export function isEnglish(words: readonly string[]): boolean {
  const looked = words.slice(0, LOOKED_AT);
  const english = looked.filter((word) => ENGLISH_ONLY.has(word) || word === 'i').length;
  const french = looked.filter((word) => FRENCH_ONLY.has(word)).length;
  return english > 0 && english > 2 * french;
}

/** English words in French, one after the other; words of any other text as they are. */
export function inFrench(words: readonly string[]): readonly string[] {
  if (!isEnglish(words)) return words;
  const french: string[] = [];
  for (let at = 0; at < words.length; ) {
    const length = longestKnown(words, at);
    const known = GLOSS.get(words.slice(at, at + length).join(' '));
    french.push(...(known ?? words.slice(at, at + 1)));
    at += length;
  }
  return french;
}

function longestKnown(words: readonly string[], at: number): number {
  for (let length = Math.min(LONGEST, words.length - at); length > 1; length -= 1)
    if (GLOSS.has(words.slice(at, at + length).join(' '))) return length;
  return 1;
}
