/** Words that must be recognised however they are spelt; all fold to a key that no common word shares. */
const KEY_WORDS = [
  'suicide',
  'suicider',
  'suicidaire',
  'mourir',
  'disparaitre',
  'reveiller',
  'medicaments',
  'comprimes',
  'etrangler',
  'etrangle',
  'couteau',
  'scarifier',
  'psychologue',
  'harcelement',
  'harcele',
  'agression',
  'agresse',
  'mutation',
  'depression',
  'desespoir',
  'fardeau',
  'overdose',
  'pistolet',
  'inconscient',
  'confidentiel',
  'anonyme',
  'demission',
  'handicap',
  'surendettement',
  'protection',
] as const;

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/[sc]h/g, 'H'],
  [/h/g, ''],
  [/tion/g, 'sion'],
  [/eau|au/g, 'o'],
  [/ai|ei|er$|ez$/g, 'e'],
  [/sc(?=[eiy])|c(?=[eiy])/g, 's'],
  [/qu|q|k|c/g, 'k'],
  [/ge(?=[ao])|g(?=[eiy])/g, 'j'],
  [/y/g, 'i'],
  [/z/g, 's'],
  [/[ae][nm](?=[^aeiounm]|$)/g, 'A'],
  [/(.)\1+/g, '$1'],
  [/(?:e|s|t|d|x|es|ent)$/g, ''],
];
/** Shorter words sound like too many others. */
const SHORTEST = 6;
const LONGEST = 20;

/** How a word sounds, roughly: two spellings of one French word give the same key. */
export function phoneticKey(word: string): string {
  return SOUNDS.reduce((sound, [pattern, by]) => sound.replace(pattern, by), word);
}

const KEYS: ReadonlyMap<string, string> = new Map(KEY_WORDS.map((word) => [phoneticKey(word), word]));
const KNOWN: ReadonlySet<string> = new Set(KEY_WORDS);

/** The key word that a misspelt word sounds like, or the word itself. */
export function respell(word: string): string {
  if (word.length < SHORTEST || word.length > LONGEST || KNOWN.has(word)) return word;
  return KEYS.get(phoneticKey(word)) ?? word;
}
