/** Numbers everybody may know: hiding them would hide help. */
const PUBLIC_NUMBERS =
  /\b(?:116\s?(?:006|111|117|000)|3114|3919|3928|3018|3020|3676|0\s?800\s?\d{3}\s?\d{3})\b/g;

const MAIL = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,4}/gu;
const SPOKEN_MAIL =
  /[\p{L}\d._-]{1,40}(?: (?:point|tiret|underscore) [\p{L}\d_-]{1,30}){0,3} ?(?:arobase|arobas|\(at\)|\[at\]) ?[\p{L}\d-]{1,40}(?: ?(?:\.|point|tiret) ?[\p{L}\d-]{1,20}){1,3}/giu;
/** Staff identifier of the ministry: 2 digits, a letter, 7 digits, 3 letters. */
const NUMEN = /\b\d{2} ?[a-z] ?\d{7} ?[a-z]{3}\b/gi;
/** Social security number: 13 characters, 2A and 2B for Corsica, and its key of 2. */
const NIR = /\b[1-478](?:[ .-]?\d{2}){2}[ .-]?(?:\d{2}|2[ab])(?:[ .-]?\d{3}){2}(?:[ .-]{0,3}\d{2})?\b/gi;
/** School code: 7 digits and a letter. */
const UAI = /\b\d{7} ?[a-z]\b/gi;
const MONTHS =
  'janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|january|february|march|april|may|june|july|august|october|december';
const BIRTH_YEAR = '(?:19[3-9]\\d|200[0-9])';
const BIRTH_DATE = new RegExp(
  `\\b\\d{1,2}(?:er)?[ ./-]{1,3}(?:\\d{1,2}|(?:${MONTHS}))[ ./-]{1,3}${BIRTH_YEAR}\\b`,
  'giu',
);
const BORN = new RegExp(
  `(n[ée]e?s? (?:le|en)|born (?:on|in)|date de naissance(?: est| c'est| :)?)(?: le)? ((?:\\d{1,2}(?:er)?[ ./-]{1,2})?(?:\\d{1,2}|${MONTHS}|[\\p{L}-]{2,12})?[ ./-]{0,2}(?:mille neuf cent [\\p{L}-]{2,30}(?: [\\p{L}-]{2,12}){0,2}|\\d{2,4}))`,
  'giu',
);
/** Six digits or more, however they are spaced. */
const DIGITS = /(?:\+|\b)\d(?:[ .\-/()]{0,3}\d){5,24}/g;
const WORD =
  'z[ée]ro|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|huitante|nonante|one|two|three|four|five|seven|eight|nine|oh';
/** Five number words in a row or more: a number being dictated, not a quantity. */
const DICTATED = new RegExp(
  `(?<![\\p{L}])(?:(?:${WORD})(?:[ ,-]{1,3}(?:et )?)){4,40}(?:${WORD})(?![\\p{L}])`,
  'giu',
);

/** The day of an event, not of a birth. */
const RECENT_DATE = /^\d{1,2}[/.-]\d{1,2}[/.-]20[1-9]\d$/;
const CODE_DIGITS = 9;

export function maskNumbers(text: string): string {
  const [hidden, publicNumbers] = setAside(text);
  const masked = hidden
    .replace(MAIL, '[mail]')
    .replace(SPOKEN_MAIL, '[mail]')
    .replace(NUMEN, '[numen]')
    .replace(NIR, '[nir]')
    .replace(UAI, '[uai]')
    .replace(BORN, '$1 [date]')
    .replace(BIRTH_DATE, '[date]')
    .replace(DIGITS, tokenFor)
    .replace(DICTATED, '[tel]');
  return putBack(masked, publicNumbers);
}

/** A run of nine digits is a reference code: in a transcript it would lead to an appointment. */
const tokenFor = (digits: string): string => {
  if (RECENT_DATE.test(digits)) return digits;
  const count = digits.replace(/\D/g, '').length;
  return count === CODE_DIGITS && !digits.startsWith('+') ? '[code]' : '[tel]';
};

const MARK = '\u0001';

function setAside(text: string): [string, string[]] {
  const found: string[] = [];
  const hidden = text.replaceAll(MARK, '').replace(PUBLIC_NUMBERS, (number) => {
    found.push(number);
    return MARK;
  });
  return [hidden, found];
}

function putBack(text: string, found: readonly string[]): string {
  let next = 0;
  return text.replaceAll(MARK, () => found[next++] ?? '');
}
