import type { Instant } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';
import type { Account, Session } from './account.js';

export interface AccountStore {
  /** Logins are unique. */
  create(account: Account): Promise<'created' | 'login-taken'>;
  byLogin(login: string): Promise<Account | undefined>;
  get(id: StaffId): Promise<Account | undefined>;
  /** Saved only if the stored version is `account.version - 1`. */
  save(account: Account): Promise<'saved' | 'conflict'>;
  list(limit: number): Promise<Account[]>;
}

export interface SessionStore {
  put(session: Session): Promise<void>;
  get(tokenHash: string): Promise<Session | undefined>;
  remove(tokenHash: string): Promise<void>;
  listOf(staff: StaffId, limit: number): Promise<Session[]>;
  removeAllOf(staff: StaffId): Promise<void>;
  /** Removes sessions last seen before `before`, at most 1,000 a call. */
  removeSeenBefore(before: Instant): Promise<number>;
}
