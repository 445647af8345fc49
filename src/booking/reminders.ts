import { after, type Clock, DAY, HOUR, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { type BookingId, type ConversationId, newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { readContact } from '../messages/contact.js';
import type { MessageWay, Messenger } from '../messages/messenger.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type { ContactId } from '../privacy/vault-store.js';
import type { Booking } from './booking.js';
import type { BookingStore } from './booking-store.js';
import type { Reminder, ReminderStore } from './reminder-store.js';

/** What a reminder says: a time, and nothing about psychology (product.md, "Booking rules"). */
export type ReminderWords = (reminder: {
  language: Reminder['language'];
  start: Instant;
  site: Booking['site'];
}) => Promise<{ subject: string; text: string }>;

export type ReminderOutcome = 'kept' | 'not-a-contact' | 'not-offered' | 'too-late' | 'unknown';

export interface Reminders {
  /** Ways a caller may be reminded. */
  ways: readonly MessageWay[];
  /**
   * Keeps a contact for one reminder, the day before, or two hours before when that has passed. A new contact takes
   * the place of the one before.
   * @param contact as it was typed, keyed or said
   */
  ask(request: {
    booking: BookingId;
    contact: string;
    language: Reminder['language'];
  }): Promise<ReminderOutcome>;
  has(booking: BookingId): Promise<boolean>;
  /** Destroys the contact; nothing is sent. */
  withdraw(booking: BookingId): Promise<void>;
  /** The booking was moved or cancelled: the reminder goes with it. */
  follow(booking: BookingId): Promise<void>;
  /** Sends what is due, destroys each contact after, and returns how many were sent. May be run twice or late. */
  sendDue(): Promise<number>;
}

const USUALLY_BEFORE = DAY;
const LAST_BEFORE = 2 * HOUR;
/** A process that stopped while it sent is taken over after this. */
const LEASE = 5 * MINUTE;
const BATCH = 200;

export function createReminders(parts: {
  clock: Clock;
  random: Random;
  store: ReminderStore;
  bookings: Pick<BookingStore, 'get'>;
  contacts: ContactVault;
  messenger: Messenger;
  words: ReminderWords;
}): Reminders {
  const { clock, random, store, bookings, contacts, messenger, words } = parts;

  async function forget({ booking, contact }: Reminder): Promise<void> {
    await contacts.withdraw(contact);
    await store.remove(booking);
  }

  /** The vault knows it under a name of its own: neither a booking nor its reminder leads to a conversation. */
  const keep = (to: string, endsAt: Instant): Promise<ContactId> =>
    contacts.keep({ purpose: 'reminder', conversation: newId<ConversationId>(random), value: to, endsAt });

  /** `undefined`: the appointment no longer needs a reminder. */
  async function send(reminder: Reminder): Promise<'sent' | 'failed' | undefined> {
    const booking = await bookings.get(reminder.booking);
    const now = clock.now();
    if (booking?.status !== 'confirmed' || booking.start <= now) return undefined;
    const to = await contacts.open(reminder.contact, 'reminder');
    if (to === undefined) return undefined;
    const said = await words({ language: reminder.language, start: booking.start, site: booking.site });
    return messenger.send({ way: reminder.way, to, ...said });
  }

  async function sendOne(due: Reminder): Promise<number> {
    const now = clock.now();
    const claimed = { ...due, dueAt: after(now, LEASE), version: due.version + 1 };
    if ((await store.save(claimed)) === 'conflict') return 0;
    const outcome = await send(claimed);
    if (outcome === 'failed') return 0;
    await forget(claimed);
    return outcome === 'sent' ? 1 : 0;
  }

  return {
    ways: messenger.ways,
    async ask({ booking: id, contact, language }) {
      const given = readContact(contact);
      if (given === undefined) return 'not-a-contact';
      if (!messenger.ways.includes(given.way)) return 'not-offered';
      const booking = await bookings.get(id);
      const now = clock.now();
      if (booking?.status !== 'confirmed') return 'unknown';
      if (booking.start - now <= LAST_BEFORE) return 'too-late';
      const before = await store.get(id);
      const kept = await keep(given.to, booking.start);
      const reminder: Reminder = {
        ...{ booking: id, contact: kept, way: given.way, language },
        ...{ dueAt: dueAt(booking.start, now), version: (before?.version ?? 0) + 1 },
      };
      if ((await store.save(reminder)) === 'conflict') await contacts.withdraw(kept);
      else if (before !== undefined) await contacts.withdraw(before.contact);
      return 'kept';
    },
    async withdraw(booking) {
      const reminder = await store.get(booking);
      if (reminder !== undefined) await forget(reminder);
    },
    has: async (booking) => (await store.get(booking)) !== undefined,
    async follow(id) {
      const reminder = await store.get(id);
      if (reminder === undefined) return;
      const booking = await bookings.get(id);
      const to = await contacts.open(reminder.contact, 'reminder');
      if (booking?.status !== 'confirmed' || to === undefined) return forget(reminder);
      const contact = await keep(to, booking.start);
      const due = dueAt(booking.start, clock.now());
      const moved = { ...reminder, contact, dueAt: due, version: reminder.version + 1 };
      const saved = await store.save(moved);
      await contacts.withdraw(saved === 'saved' ? reminder.contact : contact);
    },
    async sendDue() {
      let sent = 0;
      for (const reminder of await store.due(clock.now(), BATCH)) sent += await sendOne(reminder);
      return sent;
    },
  };
}

/** The day before, or two hours before when that is over. */
const dueAt = (start: Instant, now: Instant): Instant =>
  instant(isEarly(start, now) ? start - USUALLY_BEFORE : start - LAST_BEFORE);

const isEarly = (start: Instant, now: Instant): boolean => now < start - USUALLY_BEFORE;
