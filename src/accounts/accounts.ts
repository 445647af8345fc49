import type { Clock } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { newId, type StaffId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { Account, Role } from './account.js';
import type { AccountStore } from './account-store.js';
import type { ApiTokenStore } from './api-token-store.js';
import type { Audit } from './audit.js';
import type { AuditAct, AuditActor } from './audit-entry.js';
import { changeAccount } from './change-account.js';
import type { PasswordGate } from './password-gate.js';
import type { SecondFactors } from './second-factor.js';
import type { Sessions } from './sessions.js';

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,60}$/;
const MOST_ACCOUNTS = 1_000;

export interface NewAccount {
  login: string;
  pseudonym: string;
  roles: readonly Role[];
  password: string;
  id?: StaffId;
  /** Sealed. */
  deskPhone?: string;
  /** Absent, its owner verifies it by a call first. */
  deskPhoneVerified?: boolean;
  /** Who makes it; absent, the service itself. */
  by?: AuditActor;
}

export interface AccountEdit {
  /** The version the editor has seen. */
  version: number;
  pseudonym: string;
  roles: readonly Role[];
  by: AuditActor;
}

export type EditOutcome =
  | { kind: 'changed'; account: Account }
  /** Somebody else has changed it meanwhile. */
  | { kind: 'conflict'; current: Account }
  /** Nobody takes the administration from themselves: somebody must be left who can give it. */
  | { kind: 'own-administration' }
  | { kind: 'unknown' };

export interface Accounts {
  /** @throws CodedError `invalid-input` for a login or a password that will not do */
  add(account: NewAccount): Promise<{ kind: 'added'; id: StaffId } | { kind: 'login-taken' }>;
  list(): Promise<Account[]>;
  get(id: StaffId): Promise<Account | undefined>;
  byLogin(login: string): Promise<Account | undefined>;
  edit(id: StaffId, edit: AccountEdit): Promise<EditOutcome>;
  disable(login: string, by: AuditActor): Promise<'disabled' | 'own-administration' | 'unknown'>;
  enable(login: string, by: AuditActor): Promise<'enabled' | 'unknown'>;
  resetPassword(login: string, password: string, by: AuditActor): Promise<'reset' | 'unknown'>;
  /** The authenticator is lost: the next sign-in enrols another. */
  resetSecondFactor(login: string, by: AuditActor): Promise<'reset' | 'unknown'>;
  /** By oneself; every session ends. */
  changePassword(
    id: StaffId,
    given: { current: string; next: string },
  ): Promise<'changed' | 'wrong' | 'busy'>;
  /** The account behind a session's token; `undefined` when it has ended. */
  session(token: string): Promise<Account | undefined>;
}

export function createAccounts(dependencies: {
  clock: Clock;
  random: Random;
  accounts: AccountStore;
  sessions: Sessions;
  secondFactors: SecondFactors;
  passwords: PasswordGate;
  tokens: Pick<ApiTokenStore, 'removeAllOf'>;
  audit: Pick<Audit, 'record'>;
}): Accounts {
  const { clock, random, accounts, sessions, secondFactors, passwords, tokens, audit } = dependencies;

  const change = async (
    find: () => Promise<Account | undefined>,
    next: (account: Account) => Account,
  ): Promise<Account | undefined> => {
    const account = await find();
    return account && changeAccount(accounts, account.id, next);
  };
  const byLogin = (login: string) => accounts.byLogin(login.toLowerCase());

  /** What makes earlier sessions, and tokens of programs, worthless. */
  const endAll = async (account: Account, { by, act }: { by: AuditActor; act: AuditAct }): Promise<void> => {
    await sessions.endAllOf(account.id);
    await tokens.removeAllOf(account.id);
    await audit.record({ by, act, on: account.id });
  };

  return {
    async add({
      login,
      password,
      id = newId<StaffId>(random),
      deskPhone,
      deskPhoneVerified = false,
      by = 'service',
      ...rest
    }) {
      const lowered = login.toLowerCase();
      if (!LOGIN.test(lowered))
        throw new CodedError(
          'invalid-input',
          'A login has 2 to 61 letters, digits, dots, dashes or underscores.',
        );
      const outcome = await accounts.create({
        ...rest,
        id,
        login: lowered,
        passwordHash: await passwords.hash(password),
        deskPhone: deskPhone ?? null,
        deskPhoneVerified,
        deskPhoneCheck: null,
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
    byLogin,
    async edit(id, { version, pseudonym, roles, by }) {
      const current = await accounts.get(id);
      if (current === undefined) return { kind: 'unknown' };
      if (id === by && !roles.includes('admin')) return { kind: 'own-administration' };
      if (current.version !== version) return { kind: 'conflict', current };
      const account = { ...current, pseudonym, roles, version: version + 1 };
      if ((await accounts.save(account)) === 'conflict')
        return { kind: 'conflict', current: (await accounts.get(id)) ?? current };
      await audit.record({ by, act: 'account-changed', on: id });
      return { kind: 'changed', account };
    },
    async disable(login, by) {
      if ((await byLogin(login))?.id === by) return 'own-administration';
      const account = await change(
        () => byLogin(login),
        (current) => ({ ...current, disabled: true }),
      );
      if (account === undefined) return 'unknown';
      await endAll(account, { by, act: 'account-disabled' });
      return 'disabled';
    },
    async enable(login, by) {
      const account = await change(
        () => byLogin(login),
        (current) => ({ ...current, disabled: false }),
      );
      if (account === undefined) return 'unknown';
      await audit.record({ by, act: 'account-enabled', on: account.id });
      return 'enabled';
    },
    async resetPassword(login, password, by) {
      const passwordHash = await passwords.hash(password);
      const account = await change(
        () => byLogin(login),
        (current) => ({ ...current, passwordHash }),
      );
      if (account === undefined) return 'unknown';
      await endAll(account, { by, act: 'account-reset' });
      return 'reset';
    },
    async resetSecondFactor(login, by) {
      const account = await byLogin(login);
      if (account === undefined) return 'unknown';
      await secondFactors.remove(account.id);
      await endAll(account, { by, act: 'account-reset' });
      return 'reset';
    },
    async changePassword(id, { current, next }) {
      const account = await accounts.get(id);
      const verdict = await passwords.verify(account?.passwordHash, current);
      if (verdict !== 'right') return verdict;
      const passwordHash = await passwords.hash(next);
      const changed = await change(
        () => accounts.get(id),
        (known) => ({ ...known, passwordHash }),
      );
      if (changed !== undefined) await endAll(changed, { by: id, act: 'password-changed' });
      return 'changed';
    },
    async session(secret) {
      const session = await sessions.find(secret);
      if (session?.stage !== 'signed-in') return undefined;
      const account = await accounts.get(session.staff);
      if (account !== undefined && !account.disabled) return account;
      await sessions.end(secret);
      return undefined;
    },
  };
}
