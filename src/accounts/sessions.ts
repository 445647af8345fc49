import { createHash } from 'node:crypto';
import { type Clock, HOUR, MINUTE } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';
import { type Random, token } from '../kernel/random.js';
import type { Session, SessionStage } from './account.js';
import type { SessionStore } from './account-store.js';

export const SESSION_IDLE = 30 * MINUTE;
export const SESSION_LONGEST = 12 * HOUR;
/** Between the password and the code. */
export const SIGN_IN_LONGEST = 10 * MINUTE;
const MOST_SESSIONS_SHOWN = 50;

/** Sessions live in the store; the browser holds a token, the store its hash. */
export interface Sessions {
  /** @returns the token, in clear for the only time */
  open(staff: StaffId, stage: SessionStage): Promise<string>;
  /** The session behind a token, kept awake; `undefined` when it has ended. */
  find(token: string): Promise<Session | undefined>;
  end(token: string): Promise<Session | undefined>;
  endAllOf(staff: StaffId): Promise<void>;
  /** Signed in, the latest first. */
  listOf(staff: StaffId): Promise<Session[]>;
}

export function createSessions(dependencies: {
  clock: Clock;
  random: Random;
  store: SessionStore;
}): Sessions {
  const { clock, random, store } = dependencies;

  const hasEnded = ({ stage, createdAt, seenAt }: Session): boolean => {
    const longest = stage === 'signed-in' ? SESSION_LONGEST : SIGN_IN_LONGEST;
    return clock.now() - seenAt >= SESSION_IDLE || clock.now() - createdAt >= longest;
  };

  return {
    async open(staff, stage) {
      const secret = token(random, 32);
      const now = clock.now();
      await store.put({ tokenHash: hashToken(secret), staff, stage, createdAt: now, seenAt: now });
      return secret;
    },
    async find(secret) {
      const session = await store.get(hashToken(secret));
      if (session === undefined) return undefined;
      if (hasEnded(session)) {
        await store.remove(session.tokenHash);
        return undefined;
      }
      if (clock.now() - session.seenAt >= MINUTE) await store.put({ ...session, seenAt: clock.now() });
      return session;
    },
    async end(secret) {
      const session = await store.get(hashToken(secret));
      if (session !== undefined) await store.remove(session.tokenHash);
      return session;
    },
    endAllOf: (staff) => store.removeAllOf(staff),
    async listOf(staff) {
      const all = await store.listOf(staff, MOST_SESSIONS_SHOWN);
      const living = all.filter((session) => session.stage === 'signed-in' && !hasEnded(session));
      return living.sort((a, b) => b.seenAt - a.seenAt);
    },
  };
}

export const hashToken = (secret: string): string => createHash('sha256').update(secret).digest('hex');
