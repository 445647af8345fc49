/** Longer texts hold more than a code. */
const LONGEST_TEXT = 200;
/** "neuf cent quatre vingt dix neuf" has six words. */
const LONGEST_PHRASE = 6;

const FRENCH = [
  ...['zero', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'],
  ...['onze', 'douze', 'treize', 'quatorze', 'quinze', 'seize', 'dix sept', 'dix huit', 'dix neuf'],
];
const FRENCH_TENS = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante'];
const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const PHRASES: ReadonlyMap<string, string> = new Map([
  ...Array.from({ length: 1000 }, (_, number) => [inFrench(number), String(number)] as const),
  ...ENGLISH.map((word, digit) => [word, String(digit)] as const),
  ['oh', '0'],
]);

function inFrench(number: number): string {
  if (number < 100) return belowHundred(number);
  const hundreds = Math.floor(number / 100);
  const words = hundreds === 1 ? 'cent' : `${belowTwenty(hundreds)} cent`;
  return number % 100 === 0 ? words : `${words} ${belowHundred(number % 100)}`;
}

/** French counts 60 to 79 and 80 to 99 by twenties. */
function belowHundred(number: number): string {
  if (number < 20) return belowTwenty(number);
  if (number === 80) return 'quatre vingt';
  if (number > 80) return `quatre vingt ${belowTwenty(number - 80)}`;
  const tens = Math.min(6, Math.floor(number / 10));
  return withUnits(FRENCH_TENS[tens] ?? '', number - 10 * tens);
}

function withUnits(tens: string, units: number): string {
  if (units === 0) return tens;
  return units === 1 || units === 11 ? `${tens} et ${belowTwenty(units)}` : `${tens} ${belowTwenty(units)}`;
}

function belowTwenty(number: number): string {
  return FRENCH[number] ?? '';
}

/**
 * Ways to read `length` digits out of a text, the most natural first: figures in any grouping, French number
 * words up to 999 ("quarante-deux" is 42, or else 40 then 2), English digit words. Other words are skipped.
 * Empty when the text holds fewer or more digits, or is longer than 200 characters.
 */
export function digitReadings(text: string, length: number): string[] {
  if (text.length > LONGEST_TEXT) return [];
  const found: string[] = [];
  readFrom({ words: wordsOf(text), length, found }, 0, '');
  return found;
}

interface Reading {
  words: readonly string[];
  length: number;
  found: string[];
}

/** Each step takes a word at least and a digit at least: the digits wanted bound the branches. */
function readFrom(reading: Reading, at: number, digits: string): void {
  if (digits.length > reading.length) return;
  if (at >= reading.words.length) {
    if (digits.length === reading.length) reading.found.push(digits);
    return;
  }
  const numbers = numbersAt(reading.words, at);
  if (numbers.length === 0) readFrom(reading, at + 1, digits);
  for (const number of numbers) readFrom(reading, number.next, digits + number.digits);
}

function numbersAt(words: readonly string[], at: number): { digits: string; next: number }[] {
  const first = words[at] ?? '';
  if (/^\d/.test(first)) return [{ digits: first, next: at + 1 }];
  const lengths = Array.from({ length: LONGEST_PHRASE }, (_, index) => LONGEST_PHRASE - index);
  return lengths.flatMap((size) => {
    const digits = at + size <= words.length ? PHRASES.get(words.slice(at, at + size).join(' ')) : undefined;
    return digits === undefined ? [] : [{ digits, next: at + size }];
  });
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  return (plain.match(/[a-z]+|[0-9]+/g) ?? []).map((word) => PLAIN_FORMS[word] ?? word);
}

const PLAIN_FORMS: Readonly<Record<string, string>> = { une: 'un', cents: 'cent', vingts: 'vingt' };
