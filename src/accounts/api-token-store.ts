import type { StaffId } from '../kernel/ids.js';
import type { ApiToken } from './api-token.js';

export interface ApiTokenStore {
  add(token: ApiToken): Promise<void>;
  get(tokenHash: string): Promise<ApiToken | undefined>;
  /** Oldest first. */
  listOf(staff: StaffId, limit: number): Promise<ApiToken[]>;
  remove(tokenHash: string): Promise<void>;
  removeAllOf(staff: StaffId): Promise<void>;
}
