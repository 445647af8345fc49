import { CodedError } from '../kernel/errors.js';
import { type Random, token } from '../kernel/random.js';
import type { PasswordHasher } from './password-hasher.js';

export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 200;
/** A hash takes a core for tens of milliseconds: a flood of sign-ins must leave the others to callers. */
const AT_ONCE = 2;
const WAITING = 20;

/** Passwords, hashed a few at a time. */
export interface PasswordGate {
  /** @throws CodedError `invalid-input` for one that will not do */
  hash(password: string): Promise<string>;
  /**
   * @param stored `undefined` for a login nobody has: it takes as long
   * @returns `busy` when too many wait already
   */
  verify(stored: string | undefined, password: string): Promise<'right' | 'wrong' | 'busy'>;
}

export function createPasswordGate(hasher: PasswordHasher, random: Random): PasswordGate {
  const nobody = hasher.hash(token(random));
  const waiting: (() => void)[] = [];
  let running = 0;

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };

  return {
    async hash(password) {
      if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD)
        throw new CodedError(
          'invalid-input',
          `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
        );
      return inTurn(() => hasher.hash(password));
    },
    async verify(stored, password) {
      if (waiting.length >= WAITING) return 'busy';
      const right = await inTurn(async () => hasher.verify(stored ?? (await nobody), password));
      return right && stored !== undefined ? 'right' : 'wrong';
    },
  };
}
