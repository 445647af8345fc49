/** The basic characters of GSM 03.38: a text of only these has 160 to a segment, any other 70. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Two places each. */
const EXTENDED = new Set('^{}\\[~]|€');
const SPELT: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  œ: 'oe',
  Œ: 'OE',
  '•': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** Places of one segment of a text that is cut in several (3GPP TS 23.040: six octets go to the joining). */
const SEGMENT = 153;
const ALONE = 160;
const SEGMENTS_A_TEXT = 3;
const TEXTS = 3;
const CUT = ' (...)';

/** The same words in the basic characters: what has none is written without its accent, or left out. */
export function inGsm(text: string): string {
  const plain = text.normalize('NFC').replace(/«\s*/g, '"').replace(/\s*»/g, '"');
  const spelt = [...plain].map((character) => SPELT[character] ?? character);
  return spelt.map((word) => [...word].map((one) => (isGsm(one) ? one : bare(one))).join('')).join('');
}

const isGsm = (character: string): boolean => BASIC.has(character) || EXTENDED.has(character);

const bare = (character: string): string =>
  [...character.normalize('NFD')].filter((part) => isGsm(part)).join('');

const places = (text: string): number =>
  [...text].reduce((sum, character) => sum + (EXTENDED.has(character) ? 2 : 1), 0);

/** How many segments a carrier counts. */
export const segmentsOf = (text: string): number =>
  places(text) <= ALONE ? 1 : Math.ceil(places(text) / SEGMENT);

/**
 * A message as texts of at most three segments, at most three of them: cut at a line, a sentence or a word. What is
 * longer ends with (...).
 */
export function toTexts(message: string): string[] {
  const texts: string[] = [];
  let rest = inGsm(message).trim();
  while (rest !== '' && texts.length < TEXTS) {
    const [text, after] = cut(rest, SEGMENTS_A_TEXT * SEGMENT - CUT.length);
    texts.push(text);
    rest = after;
  }
  const last = texts.pop();
  if (last !== undefined) texts.push(rest === '' ? last : last + CUT);
  return texts;
}

function cut(text: string, limit: number): [string, string] {
  if (places(text) <= limit) return [text, ''];
  let end = 0;
  for (let used = 0; end < text.length && used < limit; end += 1) used += places(text[end] ?? '');
  const head = text.slice(0, end - 1);
  const at = [head.lastIndexOf('\n'), head.lastIndexOf('. ') + 1, head.lastIndexOf(' ')].find(
    (place) => place > limit / 2,
  );
  const where = at ?? head.length;
  return [text.slice(0, where).trim(), text.slice(where).trim()];
}
