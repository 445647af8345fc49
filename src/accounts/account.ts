import type { Instant } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';

export const ROLES = ['operator', 'coordinator', 'psychologist', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Account {
  id: StaffId;
  /** Lower case, unique. */
  login: string;
  /** The name callers see. */
  pseudonym: string;
  roles: readonly Role[];
  /** Argon2id, PHC string. */
  passwordHash: string;
  /** Encrypted desk phone (`Secrets.seal('desk-phone', ...)`), never shown. */
  deskPhone: string | null;
  disabled: boolean;
  createdAt: Instant;
  version: number;
}

export interface Session {
  /** SHA-256 of the cookie's token, hex. */
  tokenHash: string;
  staff: StaffId;
  createdAt: Instant;
  seenAt: Instant;
}
