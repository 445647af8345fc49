import { after, type Clock, HOUR, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { type BookingId, newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { wallClockAt } from '../kernel/wall-clock.js';
import type { Messenger } from '../messages/messenger.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type { Booking, Slot } from './booking.js';
import type { BookingDesk } from './booking-desk.js';
import type { BookingStore } from './booking-store.js';
import type { DiaryView } from './diary-reader.js';
import type { ChatNotices, OfferWords, WaitingTicket } from './waiting-contract.js';
import { type WaitingEntry, type WaitingOffer, type WaitingStore, waitingHolder } from './waiting-store.js';

export interface OfferParts {
  clock: Clock;
  random: Random;
  store: WaitingStore;
  bookings: BookingStore;
  desk: BookingDesk;
  contacts: ContactVault;
  messenger: Messenger;
  chats: ChatNotices;
  words: OfferWords;
}

/** How long a time is held for somebody who may be in class, and for somebody who has the chat before them. */
const HELD_FOR = { contact: 2 * HOUR, chat: 30 * MINUTE };
const MOST_MISSED = 3;
export const MOST_WAITING = 500;
/** A process that stopped while it told somebody is taken over after this. */
const LEASE = 5 * MINUTE;
/** Whoever cannot be told gives way to the next, so many times in one run. */
const ROUNDS = 3;
/** Hours of the place in which somebody may be written to. */
const [FIRST_MINUTE, LAST_MINUTE] = [8 * 60, 20 * 60];

type Offered = WaitingEntry & { offer: WaitingOffer };

/** Who is offered what comes free, and what becomes of offers that are not taken. */
export function createWaitingOffers(parts: OfferParts) {
  const { clock, random, store, bookings, desk, contacts, messenger, chats, words } = parts;

  const next = (entry: WaitingEntry, change: Partial<WaitingEntry>): WaitingEntry => ({
    ...entry,
    ...change,
    version: entry.version + 1,
  });

  async function forget(entry: WaitingEntry): Promise<void> {
    await bookings.releaseHolds(waitingHolder(entry.codeHash));
    if (entry.reach.way !== 'chat') await contacts.withdraw(entry.reach.contact);
    await store.remove(entry.codeHash);
  }

  /** To the end of the line. Three offers that were not answered, and nobody is there. */
  async function lapse(entry: WaitingEntry, missed: number): Promise<void> {
    await bookings.releaseHolds(waitingHolder(entry.codeHash));
    if (missed >= MOST_MISSED) return forget(entry);
    await store.save(next(entry, { offer: null, since: clock.now(), missed }));
  }

  const isReachable = async ({ reach }: WaitingEntry): Promise<boolean> =>
    reach.way === 'chat' ? chats.isOpen(reach.conversation) : messenger.ways.includes(reach.way);

  /** The chat is before their eyes; a message may wake somebody up. */
  const mayTell = ({ reach }: WaitingEntry, zone: string): boolean => {
    if (reach.way === 'chat') return true;
    const { minute } = wallClockAt(clock.now(), zone);
    return minute >= FIRST_MINUTE && minute < LAST_MINUTE;
  };

  async function firstFor(entry: WaitingEntry, view: DiaryView): Promise<Slot | undefined> {
    const { sites, mode, wish, before, declined } = entry;
    const offered = desk.offeredNow();
    const window = before === null ? offered : { ...offered, to: instant(Math.min(offered.to, before)) };
    if (window.to <= window.from) return undefined;
    const filter = { sites, mode, wish: wish ?? undefined };
    const free = await desk.search(view).free(filter, window, declined.length + 1);
    return free.find(({ site, start }) => !declined.some((one) => one.site === site && one.start === start));
  }

  /** A lost race leaves both for the next run. */
  async function holdFor(entry: WaitingEntry, slot: Slot, view: DiaryView): Promise<boolean> {
    const placement = desk.placementOf(view, slot, {});
    if (placement === undefined) return false;
    const now = clock.now();
    const held = entry.reach.way === 'chat' ? HELD_FOR.chat : HELD_FOR.contact;
    const until = instant(Math.min(after(now, held), slot.start));
    const holder = waitingHolder(entry.codeHash);
    const booking: Booking = {
      ...placement,
      ...{ id: newId<BookingId>(random), codeHash: entry.codeHash, session: 1, status: 'held' },
      ...{ heldBy: holder, heldUntil: until, proposal: null },
    };
    if ((await bookings.hold(booking, now)) === 'taken') return false;
    const offer = { booking: booking.id, until, tellAt: now };
    if ((await store.save(next(entry, { offer }))) === 'saved') return true;
    await bookings.releaseHolds(holder);
    return false;
  }

  async function holdFreed(): Promise<number> {
    const waiting = (await store.list(MOST_WAITING)).filter(
      ({ offer, until }) => offer === null && until > clock.now(),
    );
    if (waiting.length === 0) return 0;
    const view = await desk.view();
    const nothingFor = new Set<string>();
    let held = 0;
    for (const entry of waiting) {
      const looksFor = JSON.stringify([entry.sites, entry.mode, entry.wish, entry.before, entry.declined]);
      if (nothingFor.has(looksFor)) continue;
      const slot = await firstFor(entry, view);
      if (slot === undefined) nothingFor.add(looksFor);
      else if (await isHeldFor(entry, slot, view)) held += 1;
    }
    return held;
  }

  async function isHeldFor(entry: WaitingEntry, slot: Slot, view: DiaryView): Promise<boolean> {
    if (!mayTell(entry, zoneOf(slot, view)) || !(await isReachable(entry))) return false;
    return holdFor(entry, slot, view);
  }

  const zoneOf = (slot: Slot, view: DiaryView): string => desk.asPublic(view, slot).site.zone;

  async function write(entry: Offered, booking: Booking, view: DiaryView): Promise<'told' | 'failed'> {
    const { reach, language, offer } = entry;
    if (reach.way === 'chat') return 'failed';
    const to = await contacts.open(reach.contact, 'waiting-list');
    if (to === undefined) return 'failed';
    const said = words({ language, zone: zoneOf(booking, view), start: booking.start, until: offer.until });
    return (await messenger.send({ way: reach.way, to, ...said })) === 'sent' ? 'told' : 'failed';
  }

  /** Told twice at worst, after a crash, rather than never. */
  async function tell(entry: Offered, view: DiaryView): Promise<'told' | 'not-told'> {
    const { offer, reach } = entry;
    const claimed = next(entry, { offer: { ...offer, tellAt: after(clock.now(), LEASE) } }) as Offered;
    if ((await store.save(claimed)) === 'conflict') return 'not-told';
    const booking = await bookings.get(offer.booking);
    const ticket = entry.codeHash as WaitingTicket;
    const outcome =
      booking === undefined
        ? 'failed'
        : reach.way === 'chat'
          ? await chats.offer(reach.conversation, { ticket, booking: booking.id })
          : await write(claimed, booking, view);
    if (outcome === 'told') await store.save(next(claimed, { offer: { ...offer, tellAt: null } }));
    else await lapse(claimed, outcome === 'failed' ? entry.missed + 1 : entry.missed);
    return outcome === 'told' ? 'told' : 'not-told';
  }

  const isToTell = (entry: WaitingEntry, now: Instant): entry is Offered =>
    entry.offer !== null && entry.offer.tellAt !== null && entry.offer.tellAt <= now;

  async function letGo(): Promise<void> {
    const now = clock.now();
    for (const entry of await store.list(MOST_WAITING)) {
      if (entry.until <= now) await forget(entry);
      else if (entry.offer !== null && entry.offer.until <= now) await lapse(entry, entry.missed + 1);
    }
  }

  async function tellAll(): Promise<{ told: number; failed: number }> {
    const view = await desk.view();
    const counts = { told: 0, failed: 0 };
    for (const entry of await store.list(MOST_WAITING)) {
      if (!isToTell(entry, clock.now())) continue;
      counts[(await tell(entry, view)) === 'told' ? 'told' : 'failed'] += 1;
    }
    return counts;
  }

  return {
    forget,
    holdFreed,
    async offerFree() {
      await letGo();
      let told = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        await holdFreed();
        const counts = await tellAll();
        told += counts.told;
        if (counts.failed === 0) break;
      }
      return told;
    },
  };
}
