import type { Instant } from '../kernel/clock.js';
import type { ConversationId, Id } from '../kernel/ids.js';

export type ContactId = Id<'contact'>;

/** The one use a contact was given for. */
export const CONTACT_PURPOSES = [
  'callback',
  'reminder',
  'guidance',
  'waiting-list',
  'appointment-call',
  'sms-conversation',
  'vital-reveal',
] as const;
export type ContactPurpose = (typeof CONTACT_PURPOSES)[number];

export interface SealedContact {
  id: ContactId;
  purpose: ContactPurpose;
  conversation: ConversationId;
  /** AES-256-GCM, bound to `id` and `purpose`. */
  sealed: string;
  /** When the purpose ends; destroyed 24 h later at most. */
  endsAt: Instant;
}

export interface VaultStore {
  put(contact: SealedContact): Promise<void>;
  get(id: ContactId): Promise<SealedContact | undefined>;
  remove(id: ContactId): Promise<void>;
  removeOf(conversation: ConversationId): Promise<void>;
  /** The contacts of a conversation, at most `limit`. */
  of(conversation: ConversationId, limit: number): Promise<SealedContact[]>;
  /** Contacts whose purpose ended at or before `endedBy`, at most `limit`. */
  ended(endedBy: Instant, limit: number): Promise<SealedContact[]>;
}
