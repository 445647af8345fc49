import { after, type Clock, DAY, HOUR, type Instant, instant } from '../kernel/clock.js';
import { type BookingId, type ConversationId, newId, type SiteId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { wallClockAt } from '../kernel/wall-clock.js';
import { readContact } from '../messages/contact.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type { Booking, Mode, Slot } from './booking.js';
import type { PublicBooking } from './booking-contract.js';
import { createBookingDesk } from './booking-desk.js';
import type { BookingStore } from './booking-store.js';
import { type BookingCode, createCodeHasher, newCode, parseCode } from './code.js';
import type { DiaryView } from './diary-reader.js';
import type { DiaryStore } from './diary-store.js';
import type { Messenger } from './reminders.js';
import type { TimeWish } from './time-wish.js';
import type { WaitingEntry, WaitingStore } from './waiting-store.js';

/** What is written to somebody whose turn it is: a time, until when it is kept, and nothing about psychology. */
export type OfferWords = (offer: {
  language: WaitingEntry['language'];
  zone: string;
  start: Instant;
  until: Instant;
}) => { subject: string; text: string };

export type JoinOutcome =
  | { kind: 'joined'; code: BookingCode }
  | { kind: 'not-a-contact' }
  | { kind: 'not-offered' };

export type WaitingState =
  | { kind: 'not-found' }
  | { kind: 'waiting' }
  | { kind: 'offered'; offer: PublicBooking; until: Instant };

/** The line for a time that comes free (product.md, "Booking rules"). It never moves anybody by itself. */
export interface WaitingList {
  ways: Messenger['ways'];
  /** Waits for 28 days at most, for one of these sites. @param contact as it was typed, keyed or said */
  join(request: {
    sites: readonly SiteId[];
    mode: Mode;
    wish?: TimeWish | undefined;
    contact: string;
    language: WaitingEntry['language'];
  }): Promise<JoinOutcome>;
  state(code: string): Promise<WaitingState>;
  /** Takes the time that is held: the code becomes the appointment's. May be repeated. */
  accept(code: string): Promise<'confirmed' | 'offer-ended' | 'not-found'>;
  /** Out of the line, with the contact and whatever was held. */
  leave(code: string): Promise<void>;
  /**
   * Holds what is free for whoever is first in line for it, writes to them, and lets go of what they did not answer.
   * Nobody is written to at night. May be run twice or late. @returns how many were written to
   */
  offerFree(): Promise<number>;
}

const WAITS = 28 * DAY;
/** How long a time is held for somebody who may be in class. */
const HELD_FOR = 2 * HOUR;
const MOST_MISSED = 3;
const BATCH = 500;
/** Hours of Paris in which somebody may be written to. */
const [FIRST_MINUTE, LAST_MINUTE] = [8 * 60, 20 * 60];

export function createWaitingList(parts: {
  clock: Clock;
  random: Random;
  codeKey: Buffer;
  store: WaitingStore;
  bookings: BookingStore;
  diary: DiaryStore;
  contacts: ContactVault;
  messenger: Messenger;
  words: OfferWords;
}): WaitingList {
  const { clock, random, store, bookings, contacts, messenger, words } = parts;
  const hashOf = createCodeHasher(parts.codeKey);
  const desk = createBookingDesk({ clock, store: bookings, diary: parts.diary });

  const entryOf = async (text: string): Promise<WaitingEntry | undefined> => {
    const code = parseCode(text);
    return code === undefined ? undefined : store.get(hashOf(code));
  };

  async function forget(entry: WaitingEntry): Promise<void> {
    await bookings.releaseHolds(holderOf(entry));
    await contacts.withdraw(entry.contact);
    await store.remove(entry.codeHash);
  }

  /** An offer that was not answered goes to the next; three of them, and nobody is there. */
  async function lapse(entry: WaitingEntry): Promise<void> {
    if (entry.missed + 1 >= MOST_MISSED) return forget(entry);
    await store.save({
      ...entry,
      ...{ offer: null, since: clock.now(), missed: entry.missed + 1, version: entry.version + 1 },
    });
  }

  async function firstFreeFor(
    { sites, mode, wish }: WaitingEntry,
    view: DiaryView,
  ): Promise<Slot | undefined> {
    const filter = { sites, mode, wish: wish ?? undefined };
    const [slot] = await desk.search(view).free(filter, desk.offeredNow(), 1);
    return slot;
  }

  /** Holds a time for one entry and writes to it; a lost race leaves both for the next run. */
  async function offerTo(entry: WaitingEntry, view: DiaryView): Promise<number> {
    const slot = await firstFreeFor(entry, view);
    const placement = slot === undefined ? undefined : desk.placementOf(view, slot, {});
    const to = await contacts.open(entry.contact, 'reminder');
    if (slot === undefined || placement === undefined || to === undefined) return 0;
    const now = clock.now();
    const until = instant(Math.min(after(now, HELD_FOR), slot.start));
    const booking: Booking = {
      ...placement,
      ...{ id: newId<BookingId>(random), codeHash: entry.codeHash, session: 1, status: 'held' },
      ...{ heldBy: holderOf(entry), heldUntil: until, proposal: null },
    };
    if ((await bookings.hold(booking, now)) === 'taken') return 0;
    const offered = { ...entry, offer: { booking: booking.id, until }, version: entry.version + 1 };
    if ((await store.save(offered)) === 'conflict') return 0;
    const { zone } = desk.asPublic(view, booking).site;
    const said = words({ language: entry.language, zone, start: slot.start, until });
    if ((await messenger.send({ way: entry.way, to, ...said })) === 'sent') return 1;
    await bookings.releaseHolds(holderOf(entry));
    await lapse(offered);
    return 0;
  }

  return {
    ways: messenger.ways,
    async join({ sites, mode, wish, contact, language }) {
      const given = readContact(contact);
      if (given === undefined) return { kind: 'not-a-contact' };
      if (!messenger.ways.includes(given.way)) return { kind: 'not-offered' };
      const now = clock.now();
      const until = after(now, WAITS);
      const code = newCode(random);
      const conversation = newId<ConversationId>(random);
      const kept = await contacts.keep({ purpose: 'reminder', conversation, value: given.to, endsAt: until });
      await store.save({
        ...{
          codeHash: hashOf(code),
          sites,
          mode,
          wish: wish ?? null,
          contact: kept,
          way: given.way,
          language,
        },
        ...{ since: now, until, offer: null, missed: 0, version: 1 },
      });
      return { kind: 'joined', code };
    },
    async state(code) {
      const entry = await entryOf(code);
      const now = clock.now();
      if (entry === undefined || entry.until <= now) return { kind: 'not-found' };
      const { offer } = entry;
      const booking = offer === null || offer.until <= now ? undefined : await bookings.get(offer.booking);
      if (offer === null || booking === undefined) return { kind: 'waiting' };
      return { kind: 'offered', offer: desk.asPublic(await desk.view(), booking), until: offer.until };
    },
    async accept(code) {
      const entry = await entryOf(code);
      if (entry === undefined) return 'not-found';
      if (entry.offer === null) return 'offer-ended';
      if ((await bookings.confirm(entry.offer.booking, clock.now())) !== 'confirmed') return 'offer-ended';
      await forget(entry);
      return 'confirmed';
    },
    async leave(code) {
      const entry = await entryOf(code);
      if (entry !== undefined) await forget(entry);
    },
    async offerFree() {
      const now = clock.now();
      const { minute } = wallClockAt(now, 'Europe/Paris');
      const mayWrite = minute >= FIRST_MINUTE && minute < LAST_MINUTE;
      const view = await desk.view();
      let written = 0;
      for (const entry of await store.list(BATCH)) {
        if (entry.until <= now) await forget(entry);
        else if (entry.offer !== null && entry.offer.until <= now) await lapse(entry);
        else if (entry.offer === null && mayWrite) written += await offerTo(entry, view);
      }
      return written;
    },
  };
}

/** One hold at a time for each who waits, as for a conversation. */
const holderOf = ({ codeHash }: WaitingEntry): ConversationId => `waiting|${codeHash}` as ConversationId;
