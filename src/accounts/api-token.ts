import { type Clock, DAY, type Instant } from '../kernel/clock.js';
import { type Id, newId, type StaffId } from '../kernel/ids.js';
import { type Random, token } from '../kernel/random.js';
import type { Account } from './account.js';
import type { AccountStore } from './account-store.js';
import type { ApiTokenStore } from './api-token-store.js';
import type { Audit } from './audit.js';
import { hashToken } from './sessions.js';

export type ApiTokenId = Id<'api-token'>;

/** Lets a program act as a staff member, with the same permissions. */
export interface ApiToken {
  id: ApiTokenId;
  /** SHA-256 of the token, hex. */
  tokenHash: string;
  staff: StaffId;
  /** Of the owner's choosing, to tell tokens apart. */
  label: string;
  createdAt: Instant;
}

/** Recognisable to whoever scans code and logs for secrets. */
const PREFIX = 'nu_';
export const API_TOKEN_LASTS = 90 * DAY;
export const MOST_API_TOKENS = 10;

export interface ApiTokens {
  /** @returns the token, in clear for the only time; `undefined` when there are too many */
  make(staff: StaffId, label: string): Promise<string | undefined>;
  listOf(staff: StaffId): Promise<ApiToken[]>;
  revoke(staff: StaffId, id: ApiTokenId): Promise<'revoked' | 'unknown'>;
  /** The account a token stands for, while it lasts. */
  find(secret: string): Promise<Account | undefined>;
}

export function createApiTokens(dependencies: {
  clock: Clock;
  random: Random;
  store: ApiTokenStore;
  accounts: Pick<AccountStore, 'get'>;
  audit: Pick<Audit, 'record'>;
}): ApiTokens {
  const { clock, random, store, accounts, audit } = dependencies;
  const lasts = ({ createdAt }: ApiToken): boolean => clock.now() - createdAt < API_TOKEN_LASTS;
  return {
    async make(staff, label) {
      const all = await store.listOf(staff, MOST_API_TOKENS + 1);
      for (const old of all.filter((one) => !lasts(one))) await store.remove(old.tokenHash);
      if (all.filter(lasts).length >= MOST_API_TOKENS) return undefined;
      const secret = `${PREFIX}${token(random, 32)}`;
      const id = newId<ApiTokenId>(random);
      await store.add({ id, tokenHash: hashToken(secret), staff, label, createdAt: clock.now() });
      await audit.record({ by: staff, act: 'token-made', on: id });
      return secret;
    },
    listOf: async (staff) => (await store.listOf(staff, MOST_API_TOKENS)).filter(lasts),
    async revoke(staff, id) {
      const found = (await store.listOf(staff, MOST_API_TOKENS + 1)).find((one) => one.id === id);
      if (found === undefined) return 'unknown';
      await store.remove(found.tokenHash);
      await audit.record({ by: staff, act: 'token-revoked', on: id });
      return 'revoked';
    },
    async find(secret) {
      if (!secret.startsWith(PREFIX)) return undefined;
      const found = await store.get(hashToken(secret));
      const account = found !== undefined && lasts(found) ? await accounts.get(found.staff) : undefined;
      return account?.disabled === true ? undefined : account;
    },
  };
}
