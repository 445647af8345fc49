import { after, DAY } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { type ConversationId, newId } from '../kernel/ids.js';
import { readContact } from '../messages/contact.js';
import { createBookingDesk } from './booking-desk.js';
import { type BookingCode, createCodeHasher, newCode, parseCode } from './code.js';
import type { CodeBrake } from './code-brake.js';
import type { DiaryStore } from './diary-store.js';
import type { AcceptOutcome, JoinRequest, WaitingList, WaitingTicket } from './waiting-contract.js';
import { createWaitingOffers, MOST_WAITING, type OfferParts } from './waiting-offers.js';
import { type WaitingEntry, type WaitingReach, waitingHolder } from './waiting-store.js';

export type {
  AcceptOutcome,
  ChatNotices,
  JoinOutcome,
  JoinRequest,
  OfferWords,
  WaitingLine,
  WaitingList,
  WaitingState,
  WaitingTicket,
} from './waiting-contract.js';

const WAITS = 28 * DAY;
const MOST_DECLINED = 20;
const CODE_DRAWS = 5;

/** @see WaitingList */
export function createWaitingList(
  parts: Omit<OfferParts, 'desk'> & { codeKey: Buffer; diary: DiaryStore; brake: Pick<CodeBrake, 'enter'> },
): WaitingList {
  const { clock, random, store, bookings, contacts, messenger, brake } = parts;
  const hashOf = createCodeHasher(parts.codeKey);
  const desk = createBookingDesk({ clock, store: bookings, diary: parts.diary });
  const { forget, holdFreed, offerFree } = createWaitingOffers({ ...parts, desk });

  /** The vault knows a contact under a name of its own: what waits leads to no conversation. */
  async function reachOf(
    reach: JoinRequest['reach'],
  ): Promise<WaitingReach | 'not-a-contact' | 'not-offered'> {
    if ('chat' in reach) return { way: 'chat', conversation: reach.chat };
    const given = readContact(reach.contact);
    if (given === undefined) return 'not-a-contact';
    if (!messenger.ways.includes(given.way)) return 'not-offered';
    const contact = await contacts.keep({
      ...{ purpose: 'waiting-list', conversation: newId<ConversationId>(random) },
      ...{ value: given.to, endsAt: after(clock.now(), WAITS) },
    });
    return { way: given.way, contact };
  }

  /** A code that nobody waits under, and that no appointment has. */
  async function saveUnderNewCode(entry: Omit<WaitingEntry, 'codeHash'>): Promise<BookingCode> {
    for (let draw = 0; draw < CODE_DRAWS; draw += 1) {
      const code = newCode(random);
      const codeHash = hashOf(code);
      if ((await bookings.byCode(codeHash)).length > 0) continue;
      if ((await store.save({ codeHash, ...entry })) === 'saved') return code;
    }
    throw new CodedError('unavailable', 'No free code was drawn for the waiting list; try again.');
  }

  /** A turn that is run again finds the appointment that its first run confirmed. */
  async function confirmedBefore(ticket: WaitingTicket): Promise<AcceptOutcome> {
    const [booking] = (await bookings.byCode(ticket)).filter(({ status }) => status === 'confirmed');
    if (booking === undefined) return { kind: 'not-found' };
    return { kind: 'confirmed', booking: desk.asPublic(await desk.view(), booking) };
  }

  return {
    ways: messenger.ways,
    async join({ sites, mode, wish, before, reach, language }) {
      const reached = await reachOf(reach);
      if (typeof reached === 'string') return { kind: reached };
      const since = clock.now();
      const entry: Omit<WaitingEntry, 'codeHash'> = {
        ...{ sites, mode, wish: wish ?? null, before: before ?? null, reach: reached, language },
        ...{ since, until: after(since, WAITS), offer: null, missed: 0, declined: [], version: 1 },
      };
      const code = await saveUnderNewCode(entry);
      return { kind: 'joined', code, ticket: hashOf(code) as WaitingTicket, until: entry.until };
    },
    async find(text) {
      if ((await brake.enter()) === 'too-busy') return 'too-busy';
      const code = parseCode(text);
      const entry = code === undefined ? undefined : await store.get(hashOf(code));
      return entry === undefined || entry.until <= clock.now()
        ? 'not-found'
        : (entry.codeHash as WaitingTicket);
    },
    async state(ticket) {
      const entry = await store.get(ticket);
      const now = clock.now();
      if (entry === undefined || entry.until <= now) return { kind: 'not-found' };
      const { offer } = entry;
      const booking = offer === null || offer.until <= now ? undefined : await bookings.get(offer.booking);
      if (offer === null || booking === undefined) return { kind: 'waiting' };
      return { kind: 'offered', offer: desk.asPublic(await desk.view(), booking), until: offer.until };
    },
    async accept(ticket) {
      const entry = await store.get(ticket);
      if (entry === undefined) return confirmedBefore(ticket);
      if (entry.offer === null) return { kind: 'offer-ended' };
      if ((await bookings.confirm(entry.offer.booking, clock.now())) !== 'confirmed')
        return { kind: 'offer-ended' };
      await forget(entry);
      return confirmedBefore(ticket);
    },
    async decline(ticket) {
      const entry = await store.get(ticket);
      if (entry === undefined || entry.offer === null) return;
      const booking = await bookings.get(entry.offer.booking);
      const said = booking === undefined ? [] : [{ site: booking.site, start: booking.start }];
      const declined = [...entry.declined, ...said].slice(-MOST_DECLINED);
      const waitsOn = { ...entry, offer: null, missed: 0, declined, version: entry.version + 1 };
      if ((await store.save(waitsOn)) === 'conflict') return;
      await bookings.releaseHolds(waitingHolder(entry.codeHash));
      await holdFreed();
    },
    async leave(ticket) {
      const entry = await store.get(ticket);
      if (entry === undefined) return;
      await forget(entry);
      await holdFreed();
    },
    async lines() {
      const now = clock.now();
      const entries = await store.list(MOST_WAITING);
      return entries
        .filter(({ until }) => until > now)
        .map(({ sites, mode, wish, before, reach, since, until, offer }) => ({
          ...{ sites, mode, wish, before, way: reach.way, since, until },
          offeredUntil: offer !== null && offer.until > now ? offer.until : null,
        }));
    },
    holdFreed,
    offerFree,
  };
}
