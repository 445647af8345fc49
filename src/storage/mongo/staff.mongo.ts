import type { Connection } from 'mongoose';
import type { Account, Session } from '../../accounts/account.js';
import type { AccountStore, SessionStore } from '../../accounts/account-store.js';
import type { ApiToken } from '../../accounts/api-token.js';
import type { ApiTokenStore } from '../../accounts/api-token-store.js';
import type { SecondFactor } from '../../accounts/second-factor.js';
import type { SecondFactorStore } from '../../accounts/second-factor-store.js';
import { any, collection, isDuplicate, plain, type Stored, saveNext, upserted } from './collections.js';

const SESSIONS_A_CALL = 1_000;

export function accountStore(connection: Connection): AccountStore {
  const accounts = collection<Stored<Account>>(connection, 'accounts', {
    fields: {
      _id: String,
      id: String,
      login: String,
      pseudonym: String,
      roles: [String],
      passwordHash: String,
      deskPhone: String,
      deskPhoneVerified: Boolean,
      deskPhoneCheck: any,
      disabled: Boolean,
      createdAt: Number,
      version: Number,
    },
    indexes: { unique: ['login'] },
  });
  const found = (document: Stored<Account> | null): Account | undefined =>
    document === null ? undefined : plain<Account>(document);
  return {
    async create(account) {
      try {
        await accounts.create([{ ...account, _id: account.id }]);
        return 'created';
      } catch (error) {
        if (isDuplicate(error)) return 'login-taken';
        throw error;
      }
    },
    byLogin: async (login) => found(await accounts.findOne({ login }).lean<Stored<Account>>().exec()),
    get: async (id) => found(await accounts.findById(id).lean<Stored<Account>>().exec()),
    save: (account) => saveNext<Account>(accounts, account.id, account),
    list: async (limit) =>
      (await accounts.find().limit(limit).lean<Stored<Account>[]>().exec()).map((one) => plain<Account>(one)),
  };
}

export function sessionStore(connection: Connection): SessionStore {
  const sessions = collection<Stored<Session>>(connection, 'sessions', {
    fields: {
      _id: String,
      tokenHash: String,
      staff: String,
      stage: String,
      createdAt: Number,
      seenAt: Number,
    },
    indexes: { plain: [['staff'], ['seenAt']] },
  });
  return {
    async put(session) {
      const _id = session.tokenHash;
      await upserted(() => sessions.replaceOne({ _id }, { ...session, _id }, { upsert: true }).exec());
    },
    async get(tokenHash) {
      const document = await sessions.findById(tokenHash).lean<Stored<Session>>().exec();
      return document === null ? undefined : plain<Session>(document);
    },
    async remove(tokenHash) {
      await sessions.deleteOne({ _id: tokenHash });
    },
    async listOf(staff, limit) {
      const found = sessions.find({ staff }).limit(limit).lean<Stored<Session>[]>();
      return (await found.exec()).map((one) => plain<Session>(one));
    },
    async removeAllOf(staff) {
      await sessions.deleteMany({ staff });
    },
    async removeSeenBefore(before) {
      const old = sessions.find({ seenAt: { $lt: before } } as object).limit(SESSIONS_A_CALL);
      const ids = (await old.lean<Stored<Session>[]>().exec()).map(({ _id }) => _id);
      await sessions.deleteMany({ _id: { $in: ids } });
      return ids.length;
    },
  };
}

export function secondFactorStore(connection: Connection): SecondFactorStore {
  const factors = collection<Stored<SecondFactor>>(connection, 'second-factors', {
    fields: {
      _id: String,
      staff: String,
      sealed: String,
      confirmed: Boolean,
      lastStep: Number,
      recovery: [String],
      version: Number,
    },
  });
  return {
    async get(staff) {
      const document = await factors.findById(staff).lean<Stored<SecondFactor>>().exec();
      return document === null ? undefined : plain<SecondFactor>(document);
    },
    save: (factor) => saveNext<SecondFactor>(factors, factor.staff, factor),
    async remove(staff) {
      await factors.deleteOne({ _id: staff });
    },
  };
}

export function apiTokenStore(connection: Connection): ApiTokenStore {
  const tokens = collection<Stored<ApiToken>>(connection, 'api-tokens', {
    fields: { _id: String, id: String, tokenHash: String, staff: String, label: String, createdAt: Number },
    indexes: { plain: [['staff', 'createdAt']] },
  });
  return {
    async add(token) {
      await tokens.create([{ ...token, _id: token.tokenHash }]);
    },
    async get(tokenHash) {
      const document = await tokens.findById(tokenHash).lean<Stored<ApiToken>>().exec();
      return document === null ? undefined : plain<ApiToken>(document);
    },
    async listOf(staff, limit) {
      const found = tokens.find({ staff }).sort({ createdAt: 1 }).limit(limit);
      return (await found.lean<Stored<ApiToken>[]>().exec()).map((one) => plain<ApiToken>(one));
    },
    async remove(tokenHash) {
      await tokens.deleteOne({ _id: tokenHash });
    },
    async removeAllOf(staff) {
      await tokens.deleteMany({ staff });
    },
  };
}
