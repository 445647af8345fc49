import type { Instant } from '../kernel/clock.js';
import type { BookingId } from '../kernel/ids.js';
import type { MessageWay } from '../messages/messenger.js';
import type { ContactId } from '../privacy/vault-store.js';

/** A caller asked to be reminded of an appointment. Where to is in the vault, for this alone. */
export interface Reminder {
  /** One reminder for a booking. */
  booking: BookingId;
  contact: ContactId;
  way: MessageWay;
  language: 'fr' | 'en';
  /** When it is sent; while one process sends it, the time at which another may. */
  dueAt: Instant;
  /** Raised by each change. */
  version: number;
}

export interface ReminderStore {
  /** Saved only if the stored version is `version - 1` (0: there is none yet). */
  save(reminder: Reminder): Promise<'saved' | 'conflict'>;
  get(booking: BookingId): Promise<Reminder | undefined>;
  /** Due at or before, earliest first. */
  due(at: Instant, limit: number): Promise<Reminder[]>;
  remove(booking: BookingId): Promise<void>;
}
