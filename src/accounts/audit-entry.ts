import { createHash } from 'node:crypto';
import type { Instant } from '../kernel/clock.js';
import type { StaffId } from '../kernel/ids.js';

/** Everything staff may do that is written down, by area of the console. */
export const AUDIT_ACTS = [
  // The door, and one's own account.
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'signed-out-everywhere',
  'password-changed',
  'totp-enrolled',
  'recovery-code-used',
  'recovery-codes-made',
  'desk-phone-entered',
  'desk-phone-verified',
  'desk-phone-removed',
  'token-made',
  'token-revoked',
  // Accounts of others.
  'account-added',
  'account-changed',
  'account-disabled',
  'account-enabled',
  'account-reset',
  // Conversations and alerts.
  'transcript-read',
  'conversation-claimed',
  'conversation-replied',
  'conversation-handed-back',
  'conversation-offered',
  'conversation-transferred',
  'conversation-closed',
  'note-added',
  'card-sent',
  'booking-made',
  'booking-changed',
  'call-taken',
  'alert-acknowledged',
  'alert-closed',
  'contact-revealed',
  'shift-renamed',
  'shift-paused',
  'shift-resumed',
  // Duty and sessions.
  'duty-on',
  'duty-off',
  'call-accepted',
  'call-refused',
  'session-outcome-given',
  // The diary.
  'site-changed',
  'psychologist-changed',
  'availability-changed',
  'absence-changed',
  'closure-changed',
  'roster-changed',
  'diary-imported',
  'calendar-address-made',
  'calendar-address-revoked',
  // Directory, opening hours, waiting list, callbacks.
  'directory-changed',
  'opening-hours-changed',
  'waiting-list-changed',
  'callback-changed',
  'appointment-checked-in',
  // The service itself.
  'settings-changed',
  'data-purged',
  'data-exported',
  'audit-trimmed',
] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

/** Who acts without an account: the command line, the service itself, somebody who could not sign in. */
export const OUTSIDE = ['command-line', 'service', 'unknown'] as const;
export type AuditActor = StaffId | (typeof OUTSIDE)[number];

export interface AuditEntry {
  /** From 1, without a gap. */
  seq: number;
  at: Instant;
  by: AuditActor;
  act: AuditAct;
  /** What it was done to: an id of ours; '' when there is nothing to name. */
  on: string;
  /** Hash of the entry before; '' for the first. */
  previous: string;
  /** SHA-256 of everything above, hex. */
  hash: string;
}

export function sealEntry(entry: Omit<AuditEntry, 'hash'>): AuditEntry {
  return { ...entry, hash: hashOf(entry) };
}

export function hashOf({ seq, at, by, act, on, previous }: Omit<AuditEntry, 'hash'>): string {
  const content = JSON.stringify([seq, at, by, act, on, previous]);
  return createHash('sha256').update(content).digest('hex');
}

const ID_LIKE = /^[\w.:|/-]{1,100}$/;
/** Digits alone are a number of somebody's, or a code of an appointment. */
const DIGITS_ALONE = /^[\d.:|/-]{4,}$/;

/** What may be named in an entry: an id of ours, never a number, a code, an address or words. */
export const isNameable = (on: string): boolean => on === '' || (ID_LIKE.test(on) && !DIGITS_ALONE.test(on));
