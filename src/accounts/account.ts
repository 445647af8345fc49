import type { Instant } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';

export const ROLES = ['operator', 'coordinator', 'psychologist', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The last call that said a code on a desk phone. */
export interface DeskPhoneCheck {
  /** HMAC-SHA-256 of the code, hex. */
  codeHash: string;
  triesLeft: number;
  calledAt: Instant;
  endsAt: Instant;
}

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
  /** Rung for callers only then. */
  deskPhoneVerified: boolean;
  deskPhoneCheck: DeskPhoneCheck | null;
  disabled: boolean;
  createdAt: Instant;
  version: number;
}

/** Between the password and the code, a session opens the second step only. */
export type SessionStage = 'code' | 'enrolment' | 'signed-in';

export interface Session {
  /** SHA-256 of the cookie's token, hex. */
  tokenHash: string;
  staff: StaffId;
  stage: SessionStage;
  createdAt: Instant;
  seenAt: Instant;
}
