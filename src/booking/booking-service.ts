import { after, type Clock, DAY, type Instant, instant } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { type BookingId, type ConversationId, newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { TimeWindow } from './availability.js';
import type { Booking, Site, Slot } from './booking.js';
import type { BookingService, HoldOutcome, LookUp, RenewOutcome, SlotQuery } from './booking-contract.js';
import {
  HOLD,
  HORIZON,
  LONGEST_HOLD,
  MOST_SLOTS,
  NEAREST_REACH,
  NEAREST_SLOTS,
  NOTICE,
} from './booking-limits.js';
import type { BookingStore } from './booking-store.js';
import { type BookingCode, createCodeHasher, newCode, parseCode } from './code.js';
import type { DiaryStore } from './diary-store.js';
import { chooseSites, type SiteQuery } from './site-choice.js';
import { createSlotSearch } from './slot-search.js';
import { ticksOf } from './ticks.js';

export type {
  BookingService,
  HoldOutcome,
  LookUp,
  PublicBooking,
  RenewOutcome,
  SlotQuery,
} from './booking-contract.js';

export interface BookingParts {
  clock: Clock;
  random: Random;
  /** CODE_KEY: changing it makes every code unknown. */
  codeKey: Buffer;
  store: BookingStore;
  diary: DiaryStore;
}

const CODE_DRAWS = 5;

/** Appointments, from a query to a cancelled code. Takes no part in who the caller is. */
export function createBookingService(parts: BookingParts): BookingService {
  const { clock, random, store, diary } = parts;
  const hashOf = createCodeHasher(parts.codeKey);
  const search = createSlotSearch({ store, diary, now: () => clock.now() });

  const offeredNow = (): TimeWindow => ({
    from: after(clock.now(), NOTICE),
    to: after(clock.now(), HORIZON),
  });

  async function sitesFor(query: SiteQuery): Promise<Site[]> {
    const sites = await diary.sites();
    const rules = await diary.rules(sites.map((site) => site.id));
    // It may still be the day before in the Pacific.
    const earliestToday = new Date(clock.now() - DAY).toISOString().slice(0, 10);
    return chooseSites({ sites, rules }, query, earliestToday);
  }

  async function sitesOf(query: SlotQuery): Promise<Site[]> {
    const wanted = query.sites;
    if (wanted === undefined) return sitesFor(query);
    return (await diary.sites()).filter((site) => wanted.includes(site.id));
  }

  async function nearestTo(slot: Slot, sites: readonly Site[]): Promise<Slot[]> {
    const offered = offeredNow();
    const around: TimeWindow = {
      from: instant(Math.max(offered.from, slot.start - NEAREST_REACH)),
      to: instant(Math.min(offered.to, slot.start + NEAREST_REACH)),
    };
    const filter = { sites: sites.filter((site) => site.id === slot.site), mode: slot.mode };
    const slots = await search.free(filter, around, Number.POSITIVE_INFINITY);
    const distance = (other: Slot): number => Math.abs(other.start - slot.start);
    return slots.sort((a, b) => distance(a) - distance(b) || a.start - b.start).slice(0, NEAREST_SLOTS);
  }

  /** The notice is for the offer: the caller may choose for as long as a hold may last. */
  async function isOffered(slot: Slot, sites: readonly Site[]): Promise<boolean> {
    const offered = offeredNow();
    if (slot.start < offered.from - LONGEST_HOLD || slot.start >= offered.to) return false;
    return search.offers(slot, sites);
  }

  async function unusedCode(): Promise<BookingCode> {
    for (let draw = 0; draw < CODE_DRAWS; draw += 1) {
      const code = newCode(random);
      if ((await store.byCode(hashOf(code))) === undefined) return code;
    }
    throw new CodedError('unavailable', 'No free booking code was drawn; try again.');
  }

  async function hold(slot: Slot, conversation: ConversationId): Promise<HoldOutcome> {
    const sites = await diary.sites();
    if (!(await isOffered(slot, sites))) return { kind: 'taken', nearest: await nearestTo(slot, sites) };
    const code = await unusedCode();
    const now = clock.now();
    const booking = heldBooking(slot, { codeHash: hashOf(code), heldBy: conversation, now, random });
    const outcome = await store.hold(booking, now);
    if (outcome === 'taken') return { kind: 'taken', nearest: await nearestTo(slot, sites) };
    return { kind: 'held', booking: booking.id, code, since: now, until: after(now, HOLD) };
  }

  async function renew(booking: BookingId, heldSince: Instant): Promise<RenewOutcome> {
    const now = clock.now();
    const until = instant(Math.min(now + HOLD, Math.min(heldSince, now) + LONGEST_HOLD));
    if (until <= now) return { kind: 'hold-ended' };
    const outcome = await store.renew(booking, until, now);
    return outcome === 'renewed' ? { kind: 'renewed', until } : { kind: 'hold-ended' };
  }

  /** Not ended, confirmed or cancelled. */
  async function behind(text: string): Promise<Booking | undefined> {
    const code = parseCode(text);
    const booking = code === undefined ? undefined : await store.byCode(hashOf(code));
    return booking !== undefined && booking.end > clock.now() ? booking : undefined;
  }

  async function byCode(text: string): Promise<LookUp> {
    const booking = await behind(text);
    if (booking?.status !== 'confirmed') return { kind: 'not-found' };
    const site = (await diary.sites()).find((known) => known.id === booking.site);
    if (site === undefined)
      throw new CodedError('internal', 'The site of a booking is missing in the diary.');
    const { mode, start, end } = booking;
    return { kind: 'found', booking: { site, mode, start, end } };
  }

  async function cancel(text: string): Promise<'cancelled' | 'not-found'> {
    const booking = await behind(text);
    if (booking === undefined || booking.status === 'held') return 'not-found';
    return (await store.cancel(booking.id)) === 'unknown' ? 'not-found' : 'cancelled';
  }

  return {
    sitesFor,
    site: async (id) => (await diary.sites()).find((site) => site.id === id),
    async findSlots(query) {
      const offered = offeredNow();
      const window = { ...offered, from: instant(Math.max(offered.from, query.from ?? offered.from)) };
      const filter = { sites: await sitesOf(query), mode: query.mode, psychologist: query.psychologist };
      return search.free(filter, window, Math.min(Math.max(1, query.limit), MOST_SLOTS));
    },
    hold,
    renew,
    confirm: (booking) => store.confirm(booking, clock.now()),
    release: (conversation) => store.releaseHolds(conversation),
    byCode,
    cancel,
  };
}

function heldBooking(
  slot: Slot,
  held: { codeHash: string; heldBy: ConversationId; now: Instant; random: Random },
): Booking {
  const { psychologist, site, mode, start, end } = slot;
  const { codeHash, heldBy, now, random } = held;
  return {
    ...{ psychologist, site, mode, start, end, codeHash, heldBy },
    id: newId<BookingId>(random),
    status: 'held',
    heldUntil: after(now, HOLD),
    ticks: ticksOf(slot),
  };
}
