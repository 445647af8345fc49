import { createHmac } from 'node:crypto';
import { StartError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { digitReadings } from '../kernel/spoken-digits.js';

/** Nine digits, the last a Damm check digit; leading zeros count (product.md, "Anonymity", rule 6). */
export type BookingCode = Id<'booking-code'>;

/** Keyed hash of a code: the only form of it that is stored. 64 hexadecimal characters. */
export type CodeHasher = (code: BookingCode) => string;

const LENGTH = 9;
const SHORTEST_KEY = 16;

/** Damm's quasigroup of order 10 (thesis, 2004): every wrong digit and every swap of neighbours shows. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** Check digit of a row of digits; '0' for a row that already ends in its check digit. */
export function dammDigit(digits: string): string {
  return [...digits].reduce((interim, digit) => DAMM[Number(interim)]?.[Number(digit)] ?? 'x', '0');
}

/** A fresh code of eight random digits and the check digit. */
export function newCode(random: Random): BookingCode {
  const digits = Array.from({ length: LENGTH - 1 }, () => random.integer(10)).join('');
  return (digits + dammDigit(digits)) as BookingCode;
}

/**
 * A code out of what was typed, keyed or said (spaces, dots, groups, number words; see `digitReadings`).
 * `undefined` when there is none: callers answer as for an unknown code.
 */
export function parseCode(text: string): BookingCode | undefined {
  return digitReadings(text, LENGTH).find((digits) => dammDigit(digits) === '0') as BookingCode | undefined;
}

/** In groups of three, as it is shown and said: `123 456 789`. */
export const formatCode = (code: BookingCode): string =>
  `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`;

/**
 * HMAC-SHA256 with CODE_KEY: without the key, trying all codes against the stored hashes gives nothing.
 * @throws StartError when the key has fewer than 16 bytes
 */
export function createCodeHasher(key: Buffer): CodeHasher {
  if (key.length < SHORTEST_KEY) throw new StartError('CODE_KEY needs at least 16 bytes.');
  return (code) => createHmac('sha256', key).update(code).digest('hex');
}
