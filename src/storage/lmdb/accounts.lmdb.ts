import type { Account, Session } from '../../accounts/account.js';
import type { AccountStore, SessionStore } from '../../accounts/account-store.js';
import type { ApiToken } from '../../accounts/api-token.js';
import type { ApiTokenStore } from '../../accounts/api-token-store.js';
import type { SecondFactor } from '../../accounts/second-factor.js';
import type { SecondFactorStore } from '../../accounts/second-factor-store.js';
import type { StaffId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

const SESSIONS_A_CALL = 1_000;
const MAX_SESSIONS = 20_000;

export function accountStore(file: LmdbFile): AccountStore {
  const accounts = file.table<Account>('accounts');
  const logins = file.table<StaffId>('logins');
  return {
    create: (account) =>
      file.transaction(() => {
        if (logins.get(account.login) !== undefined) return 'login-taken';
        accounts.putSync(account.id, account);
        logins.putSync(account.login, account.id);
        return 'created';
      }),
    byLogin: async (login) => {
      const id = logins.get(login);
      return id === undefined ? undefined : accounts.get(id);
    },
    get: async (id) => accounts.get(id),
    save: (account) => file.transaction(() => saveNext(accounts, account.id, account)),
    list: async (limit) => values(accounts, { limit }),
  };
}

export function sessionStore(file: LmdbFile): SessionStore {
  const sessions = file.table<Session>('sessions');
  const all = (): Session[] => values(sessions, { limit: MAX_SESSIONS });
  return {
    put: (session) => file.transaction(() => sessions.putSync(session.tokenHash, session)),
    get: async (tokenHash) => sessions.get(tokenHash),
    remove: (tokenHash) => file.transaction(() => sessions.removeSync(tokenHash)),
    listOf: async (staff, limit) =>
      all()
        .filter((session) => session.staff === staff)
        .slice(0, limit),
    removeAllOf: (staff) =>
      file.transaction(() => {
        for (const session of all()) if (session.staff === staff) sessions.removeSync(session.tokenHash);
      }),
    removeSeenBefore: (before) =>
      file.transaction(() => {
        const old = all()
          .filter(({ seenAt }) => seenAt < before)
          .slice(0, SESSIONS_A_CALL);
        for (const { tokenHash } of old) sessions.removeSync(tokenHash);
        return old.length;
      }),
  };
}

export function secondFactorStore(file: LmdbFile): SecondFactorStore {
  const factors = file.table<SecondFactor>('second-factors');
  return {
    get: async (staff) => factors.get(staff),
    save: (factor) => file.transaction(() => saveNext(factors, factor.staff, factor)),
    remove: (staff) => file.transaction(() => factors.removeSync(staff)),
  };
}

const MAX_API_TOKENS = 10_000;

export function apiTokenStore(file: LmdbFile): ApiTokenStore {
  const tokens = file.table<ApiToken>('api-tokens');
  const allOf = (staff: StaffId): ApiToken[] =>
    values(tokens, { limit: MAX_API_TOKENS })
      .filter((token) => token.staff === staff)
      .sort((a, b) => a.createdAt - b.createdAt);
  return {
    add: (token) => file.transaction(() => tokens.putSync(token.tokenHash, token)),
    get: async (tokenHash) => tokens.get(tokenHash),
    listOf: async (staff, limit) => allOf(staff).slice(0, limit),
    remove: (tokenHash) => file.transaction(() => tokens.removeSync(tokenHash)),
    removeAllOf: (staff) =>
      file.transaction(() => {
        for (const { tokenHash } of allOf(staff)) tokens.removeSync(tokenHash);
      }),
  };
}
