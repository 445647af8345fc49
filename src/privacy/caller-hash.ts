import { createHmac } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { type Clock, HOUR, type Instant, instant } from '../kernel/clock.js';
import type { Random } from '../kernel/random.js';
import type { DailyKey, DailyKeyStore } from './daily-key-store.js';

/** Stands for a caller's number for a day at most; nothing leads back from it once the day's key is destroyed. */
export type CallerHash = string & { readonly __brand: 'CallerHash' };

export interface CallerHasher {
  /** @returns `undefined` for a withheld number, which is never hashed (product.md, rule 1) */
  hash(number: string): Promise<CallerHash | undefined>;
  /** The hashes this number may be known under: by today's key, and by yesterday's while it is kept. */
  candidates(number: string): Promise<CallerHash[]>;
  /** Destroys keys whose time is over; safe to run at any time, twice or by several instances. */
  rotate(): Promise<void>;
}

const ZONE = 'Europe/Paris';
const CHANGE_HOUR = 4;
export const OLD_KEY_KEPT = 2 * HOUR;

/** What carriers send for a number that is withheld or unknown. */
const WITHHELD = new Set(['', 'anonymous', 'restricted', 'unknown', 'unavailable', 'private', 'blocked']);
/** Keypad spellings of ANONYMOUS, RESTRICTED, BLOCKED and the like, as Twilio documents them. */
const WITHHELD_DIGITS = new Set(['266696687', '7378742833', '2562533', '8656696', '464']);

export function createCallerHasher(dependencies: {
  clock: Clock;
  random: Random;
  keys: DailyKeyStore;
}): CallerHasher {
  const { clock, random, keys } = dependencies;

  const rotate = async (): Promise<void> => {
    const now = clock.now();
    for (const { day } of await keys.list()) if (now >= destroyedAt(day)) await keys.destroy(day);
  };

  const current = async (): Promise<DailyKey> => {
    const day = dayOf(clock.now());
    const fresh = { day, key: random.bytes(32).toString('base64url') };
    const find = async (): Promise<DailyKey | undefined> =>
      (await keys.list()).find((key) => key.day === day);
    const known = await find();
    if (known !== undefined) return known;
    return (await keys.add(fresh)) === 'added' ? fresh : ((await find()) ?? fresh);
  };

  return {
    async hash(number) {
      return isWithheld(number) ? undefined : keyed((await current()).key, number);
    },
    async candidates(number) {
      if (isWithheld(number)) return [];
      await current();
      await rotate();
      return (await keys.list()).map(({ key }) => keyed(key, number));
    },
    rotate,
  };
}

const isWithheld = (number: string): boolean =>
  WITHHELD.has(number.trim().toLowerCase()) || WITHHELD_DIGITS.has(number.replace(/\D/g, ''));

const keyed = (key: string, number: string): CallerHash =>
  createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(number.replace(/[^\d+]/g, ''))
    .digest('base64url') as CallerHash;

/** A day of keys runs from 04:00 to 04:00, Paris. */
function dayOf(at: Instant): string {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE);
  const date = wall.hour < CHANGE_HOUR ? wall.toPlainDate().subtract({ days: 1 }) : wall.toPlainDate();
  return date.toString();
}

function destroyedAt(day: string): Instant {
  const change = Temporal.PlainDate.from(day)
    .add({ days: 1 })
    .toZonedDateTime({ timeZone: ZONE, plainTime: Temporal.PlainTime.from({ hour: CHANGE_HOUR }) });
  return instant(change.epochMilliseconds + OLD_KEY_KEPT);
}
