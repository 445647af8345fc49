import type { Instant } from '../kernel/clock.js';
import type { BookingId, ConversationId, LineRequestId } from '../kernel/ids.js';
import type { ContactId } from '../privacy/vault-store.js';

/** Where a call has come to: somebody of the staff is rung first, then the caller. */
export interface CallUnderWay {
  request: LineRequestId;
  conversation: ConversationId;
  stage: 'staff' | 'caller';
  since: Instant;
}

/** A caller asked to be called at the hour of a telephone appointment. The number is in the vault, for this alone. */
export interface AppointmentCall {
  /** One call for a booking. */
  booking: BookingId;
  contact: ContactId;
  language: 'fr' | 'en';
  /** The start of the appointment, then the next attempt. */
  dueAt: Instant;
  attempts: number;
  call: CallUnderWay | null;
  /** Raised by each change. */
  version: number;
}

export interface AppointmentCallStore {
  /** Saved only if the stored version is `version - 1` (0: there is none yet). */
  save(call: AppointmentCall): Promise<'saved' | 'conflict'>;
  get(booking: BookingId): Promise<AppointmentCall | undefined>;
  /** Due at or before, earliest first. */
  due(at: Instant, limit: number): Promise<AppointmentCall[]>;
  remove(booking: BookingId): Promise<void>;
}
