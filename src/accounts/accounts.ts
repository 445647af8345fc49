import { createHash } from 'node:crypto';
import { type Clock, HOUR, MINUTE } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { newId, type StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { token } from '../kernel/random.js';
import type { Account, Role, Session } from './account.js';
import type { AccountStore, SessionStore } from './account-store.js';
import type { Audit } from './audit.js';
import type { AuditActor } from './audit-entry.js';
import type { PasswordHasher } from './password-hasher.js';
import { createSignInBrake } from './sign-in-brake.js';

export const SESSION_IDLE = 30 * MINUTE;
export const SESSION_LONGEST = 12 * HOUR;
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 200;
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,60}$/;
const MOST_ACCOUNTS = 1_000;
const ATTEMPTS = 5;

export interface NewAccount {
  login: string;
  pseudonym: string;
  roles: readonly Role[];
  password: string;
  id?: StaffId;
  /** Sealed. */
  deskPhone?: string;
  /** Who makes it; absent, the service itself. */
  by?: AuditActor;
}

export type SignInOutcome =
  | { kind: 'signed-in'; token: string; account: Account }
  | { kind: 'refused' }
  | { kind: 'slow-down'; seconds: number };

export interface Accounts {
  /** @throws CodedError `invalid-input` for a login or a password that will not do */
  add(account: NewAccount): Promise<{ kind: 'added'; id: StaffId } | { kind: 'login-taken' }>;
  list(): Promise<Account[]>;
  get(id: StaffId): Promise<Account | undefined>;
  disable(login: string, by: AuditActor): Promise<'disabled' | 'unknown'>;
  resetPassword(login: string, password: string, by: AuditActor): Promise<'reset' | 'unknown'>;
  signIn(login: string, password: string): Promise<SignInOutcome>;
  /** The account behind a session's token; `undefined` when it has ended. */
  session(token: string): Promise<Account | undefined>;
  signOut(token: string): Promise<void>;
}

export function createAccounts(dependencies: {
  clock: Clock;
  random: Random;
  accounts: AccountStore;
  sessions: SessionStore;
  audit: Pick<Audit, 'record'>;
  hasher: PasswordHasher;
}): Accounts {
  const { clock, random, accounts, sessions, audit, hasher } = dependencies;
  const brake = createSignInBrake(clock);
  /** Compared with when the login is unknown, so that both answers take as long. */
  const nobody = hasher.hash(token(random));

  const change = async (login: string, next: (account: Account) => Account): Promise<Account | undefined> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const account = await accounts.byLogin(login.toLowerCase());
      if (account === undefined) return undefined;
      const changed = { ...next(account), version: account.version + 1 };
      if ((await accounts.save(changed)) === 'saved') return changed;
    }
    throw new CodedError('conflict', 'The account is being changed elsewhere; try again.');
  };

  const newSession = async (account: Account): Promise<string> => {
    const secret = token(random, 32);
    const now = clock.now();
    await sessions.put({ tokenHash: hashToken(secret), staff: account.id, createdAt: now, seenAt: now });
    return secret;
  };

  const hasEnded = ({ createdAt, seenAt }: Session): boolean =>
    clock.now() - seenAt >= SESSION_IDLE || clock.now() - createdAt >= SESSION_LONGEST;

  return {
    async add({ login, password, id = newId<StaffId>(random), deskPhone, by = 'service', ...rest }) {
      const lowered = login.toLowerCase();
      if (!LOGIN.test(lowered))
        throw new CodedError(
          'invalid-input',
          'A login has 2 to 61 letters, digits, dots, dashes or underscores.',
        );
      checkPassword(password);
      const outcome = await accounts.create({
        ...rest,
        id,
        login: lowered,
        passwordHash: await hasher.hash(password),
        deskPhone: deskPhone ?? null,
        disabled: false,
        createdAt: clock.now(),
        version: 1,
      });
      if (outcome === 'login-taken') return { kind: 'login-taken' };
      await audit.record({ by, act: 'account-added', on: id });
      return { kind: 'added', id };
    },
    list: () => accounts.list(MOST_ACCOUNTS),
    get: (id) => accounts.get(id),
    async disable(login, by) {
      const account = await change(login, (current) => ({ ...current, disabled: true }));
      if (account === undefined) return 'unknown';
      await sessions.removeAllOf(account.id);
      await audit.record({ by, act: 'account-disabled', on: account.id });
      return 'disabled';
    },
    async resetPassword(login, password, by) {
      checkPassword(password);
      const passwordHash = await hasher.hash(password);
      const account = await change(login, (current) => ({ ...current, passwordHash }));
      if (account === undefined) return 'unknown';
      await sessions.removeAllOf(account.id);
      await audit.record({ by, act: 'account-reset', on: account.id });
      return 'reset';
    },
    async signIn(login, password) {
      const lowered = login.toLowerCase();
      const wait = brake.waitFor(lowered);
      if (wait > 0) return { kind: 'slow-down', seconds: Math.ceil(wait / 1_000) };
      const account = await accounts.byLogin(lowered);
      const right = await hasher.verify(account?.passwordHash ?? (await nobody), password);
      if (account === undefined || account.disabled || !right) {
        brake.failed(lowered);
        if (account !== undefined)
          await audit.record({ by: 'unknown', act: 'sign-in-failed', on: account.id });
        return { kind: 'refused' };
      }
      brake.succeeded(lowered);
      const secret = await newSession(account);
      await audit.record({ by: account.id, act: 'signed-in' });
      return { kind: 'signed-in', token: secret, account };
    },
    async session(secret) {
      const tokenHash = hashToken(secret);
      const session = await sessions.get(tokenHash);
      if (session === undefined) return undefined;
      const account = hasEnded(session) ? undefined : await accounts.get(session.staff);
      if (account === undefined || account.disabled) {
        await sessions.remove(tokenHash);
        return undefined;
      }
      if (clock.now() - session.seenAt >= MINUTE) await sessions.put({ ...session, seenAt: clock.now() });
      return account;
    },
    async signOut(secret) {
      const session = await sessions.get(hashToken(secret));
      if (session === undefined) return;
      await sessions.remove(session.tokenHash);
      await audit.record({ by: session.staff, act: 'signed-out' });
    },
  };
}

const hashToken = (secret: string): string => createHash('sha256').update(secret).digest('hex');

function checkPassword(password: string): void {
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD)
    throw new CodedError(
      'invalid-input',
      `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
    );
}
