import { after, type Clock, type Instant, MINUTE, SECOND } from '../kernel/clock.js';

/** Slows guesses at one login; it never locks anybody out, and knows nothing of where they come from. */
export interface SignInBrake {
  /** @returns milliseconds to wait before the next try, 0 when one may be made */
  waitFor(login: string): number;
  failed(login: string): void;
  succeeded(login: string): void;
}

const FREE_TRIES = 3;
const FIRST_WAIT = 2 * SECOND;
const LONGEST_WAIT = 5 * MINUTE;
const MOST_LOGINS = 10_000;

export function createSignInBrake(clock: Clock): SignInBrake {
  const failures = new Map<string, { count: number; until: Instant }>();
  return {
    waitFor: (login) => Math.max(0, (failures.get(login)?.until ?? 0) - clock.now()),
    failed(login) {
      const count = (failures.get(login)?.count ?? 0) + 1;
      const wait = count < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - FREE_TRIES));
      failures.delete(login);
      failures.set(login, { count, until: after(clock.now(), wait) });
      const [oldest] = failures.keys();
      if (failures.size > MOST_LOGINS && oldest !== undefined) failures.delete(oldest);
    },
    succeeded: (login) => {
      failures.delete(login);
    },
  };
}
