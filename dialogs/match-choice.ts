import type { Choice } from './dialog.js';

const ORDINALS: readonly (readonly string[])[] = [
  ['1', 'un', 'une', 'premier', 'premiere', 'one', 'first'],
  ['2', 'deux', 'deuxieme', 'second', 'seconde', 'two'],
  ['3', 'trois', 'troisieme', 'three', 'third'],
  ['4', 'quatre', 'quatrieme', 'four', 'fourth'],
  ['5', 'cinq', 'cinquieme', 'five', 'fifth'],
  ['6', 'six', 'sixieme', 'sixth'],
];
/** Longer answers are sentences, not the name of a choice. */
const SHORT_ANSWER = 60;

/** Lower case, without accents, punctuation and repeated blanks: also what speech recognition adds goes. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The choice meant by an answer: a key, its position ("la deuxième"), its title, or one of its words.
 * @param titles of the choices, in the same order, in the caller's language
 */
export function matchChoice(
  answer: string,
  choices: readonly Choice[],
  titles: readonly string[],
): string | undefined {
  const said = fold(answer);
  if (said === '' || said.length > SHORT_ANSWER) return undefined;
  const byTitle = choices.findIndex((_, index) => fold(titles[index] ?? '') === said);
  const byWord = choices.findIndex((choice) =>
    (choice.words ?? []).some((word) => containsWords(said, word)),
  );
  const position = [byTitle, byWord, byOrdinal(said)].find((index) => index >= 0 && index < choices.length);
  return position === undefined ? undefined : choices[position]?.value;
}

const containsWords = (said: string, words: string): boolean => ` ${said} `.includes(` ${fold(words)} `);

function byOrdinal(said: string): number {
  const words = said.replace(/^(la|le|l|the|tapez|touche|choix|option|numero)\s+/, '').replace(/\s+one$/, '');
  return ORDINALS.findIndex((names) => names.includes(words));
}
