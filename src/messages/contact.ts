import { digitReadings } from '../kernel/spoken-digits.js';
import type { MessageWay } from './messenger.js';

const LONGEST = 254;
const MAIL = /^[^\s@<>",;:\\]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,4}$/i;
/** Mobile numbers as they are dialled in France, overseas included. */
const FRENCH_MOBILE = /^(?:\+33|0033|0)([67]\d{8})$/;
const FRENCH_DIGITS = 10;
const INTERNATIONAL = /^(?:\+|00)([1-9]\d{7,14})$/;
/**
 * Prefixes dialled with a 0 that have a country code of their own (ARCEP's numbering plan): Guadeloupe, Guyane,
 * Martinique, La Réunion, Mayotte. 0639 98 is kept for fiction.
 */
const OVERSEAS: readonly (readonly [RegExp, string])[] = [
  [/^69[01]/, '590'],
  [/^694/, '594'],
  [/^69[67]/, '596'],
  [/^69[23]/, '262'],
  [/^639(?!98)/, '262'],
];

/**
 * A mobile number or an e-mail address given on purpose, typed, keyed or said, as it is dialled or written.
 * `undefined` for anything else, land lines included: they hear no text message.
 */
export function readContact(text: string): { way: MessageWay; to: string } | undefined {
  const given = text.trim().slice(0, LONGEST + 1);
  if (given.length <= LONGEST && MAIL.test(given)) return { way: 'email', to: given };
  const digits = given.replace(/[\s.\-/()]/g, '').replace(/#$/, '');
  const mobile = FRENCH_MOBILE.exec(digits)?.[1] ?? saidMobile(given);
  if (mobile !== undefined) return { way: 'sms', to: `+${countryOf(mobile)}${mobile}` };
  const abroad = INTERNATIONAL.exec(digits)?.[1];
  return abroad === undefined || abroad.startsWith('33') ? undefined : { way: 'sms', to: `+${abroad}` };
}

const countryOf = (mobile: string): string => OVERSEAS.find(([prefix]) => prefix.test(mobile))?.[1] ?? '33';

const FRENCH_PHONE = /^(?:\+33|0033|0)([1-79]\d{8})$/;
/** Land lines that have a country code of their own, beside the mobiles. */
const OVERSEAS_LAND: readonly (readonly [RegExp, string])[] = [
  [/^590/, '590'],
  [/^594/, '594'],
  [/^596/, '596'],
  [/^26[29]/, '262'],
];

/**
 * A number that somebody can be called on, typed, keyed or said: land lines too, none that costs.
 * @returns E.164
 */
export function readPhone(text: string): string | undefined {
  const mobile = readContact(text);
  if (mobile !== undefined) return mobile.way === 'sms' ? mobile.to : undefined;
  const digits = text
    .trim()
    .slice(0, LONGEST)
    .replace(/[\s.\-/()]/g, '')
    .replace(/#$/, '');
  const said = digitReadings(text.slice(0, LONGEST), FRENCH_DIGITS).filter((one) => FRENCH_PHONE.test(one));
  const number = FRENCH_PHONE.exec(digits)?.[1] ?? (said.length === 1 ? said[0]?.slice(1) : undefined);
  if (number === undefined) return undefined;
  const country = OVERSEAS_LAND.find(([prefix]) => prefix.test(number))?.[1] ?? '33';
  return `+${country}${number}`;
}

/** "zéro six, trente-neuf…": one reading only, or it is asked for again. */
function saidMobile(text: string): string | undefined {
  if (/[@+]/.test(text)) return undefined;
  const mobiles = digitReadings(text, FRENCH_DIGITS).flatMap(
    (digits) => FRENCH_MOBILE.exec(digits)?.[1] ?? [],
  );
  return mobiles.length === 1 ? mobiles[0] : undefined;
}
