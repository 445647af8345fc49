import { after, DAY, type Instant, instant } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { type BookingId, type ConversationId, newId } from '../kernel/ids.js';
import type { Booking, Placement, Site, Slot } from './booking.js';
import type {
  BookingService,
  HoldOptions,
  HoldOutcome,
  RenewOutcome,
  SlotQuery,
} from './booking-contract.js';
import { type BookingDesk, type BookingParts, createBookingDesk } from './booking-desk.js';
import { HOLD, LONGEST_HOLD, MOST_SLOTS } from './booking-limits.js';
import { type BookingCode, createCodeHasher, newCode, parseCode } from './code.js';
import { createCodeDesk } from './code-desk.js';
import type { DiaryView } from './diary-reader.js';
import { chooseSites, type SiteQuery } from './site-choice.js';
import type { SlotFilter } from './slot-cutting.js';

export type {
  BookingService,
  FollowUp,
  HoldOutcome,
  LookUp,
  MoveOutcome,
  PublicBooking,
  RenewOutcome,
  SlotQuery,
} from './booking-contract.js';
export type { BookingParts } from './booking-desk.js';

const CODE_DRAWS = 5;

/** Appointments, from a query to a cancelled code. Takes no part in who the caller is. */
export function createBookingService(parts: BookingParts): BookingService {
  const { clock, random, store } = parts;
  const hashOf = createCodeHasher(parts.codeKey);
  const desk = createBookingDesk(parts);
  const codes = createCodeDesk({
    ...{ clock, store, desk, hashOf, brake: parts.brake },
    changed: parts.changed ?? (async () => undefined),
  });

  const sitesIn = ({ diary }: DiaryView, query: SiteQuery): Site[] => {
    // It may still be the day before in the Pacific.
    const earliestToday = new Date(clock.now() - DAY).toISOString().slice(0, 10);
    return chooseSites(diary, query, earliestToday);
  };

  const filterOf = (view: DiaryView, query: Omit<SlotQuery, 'limit'>): SlotFilter => ({
    sites: query.sites ?? sitesIn(view, query).map(({ id }) => id),
    mode: query.mode,
    psychologist: query.psychologist,
    minutes: query.minutes,
    wish: query.wish,
    audience: query.audience,
  });

  const windowOf = ({ from, to }: Pick<SlotQuery, 'from' | 'to'>) => {
    const offered = desk.offeredNow();
    return {
      from: instant(Math.max(offered.from, from ?? offered.from)),
      to: instant(Math.min(offered.to, to ?? offered.to)),
    };
  };

  async function unusedCode(): Promise<BookingCode> {
    for (let draw = 0; draw < CODE_DRAWS; draw += 1) {
      const code = newCode(random);
      if ((await store.byCode(hashOf(code))).length === 0) return code;
    }
    throw new CodedError('unavailable', 'No free booking code was drawn; try again.');
  }

  /** The code of earlier appointments when this one follows them, and a new one otherwise. */
  async function codeFor(slot: Slot, { followUp, audience }: HoldOptions) {
    if (followUp === undefined) return { code: await unusedCode(), session: 1 };
    const allowed = await codes.followUp(followUp, audience);
    const code = parseCode(followUp);
    if (allowed.kind !== 'allowed' || code === undefined || allowed.psychologist !== slot.psychologist)
      return undefined;
    return { code, session: allowed.session };
  }

  async function hold(slot: Slot, by: ConversationId, options: HoldOptions = {}): Promise<HoldOutcome> {
    const view = await desk.view();
    const claim = { audience: options.audience };
    const taken = async (): Promise<HoldOutcome> => ({
      kind: 'taken',
      nearest: await desk.nearestTo(view, slot, claim),
    });
    const placement = desk.placementOf(view, slot, claim);
    const named = placement === undefined ? undefined : await codeFor(slot, options);
    if (placement === undefined || named === undefined) return taken();
    const now = clock.now();
    const { since, until } = holdTimes(now, options.heldSince);
    if (until <= now) return { kind: 'held-too-long', again: after(until, HOLD) };
    const { code, session } = named;
    const id = newId<BookingId>(random);
    const booking = heldBooking(placement, { id, codeHash: hashOf(code), session, by, until });
    if ((await store.hold(booking, now)) === 'taken') return taken();
    return { kind: 'held', booking: id, code, since, until };
  }

  async function renew(booking: BookingId, heldSince: Instant): Promise<RenewOutcome> {
    const now = clock.now();
    const until = instant(Math.min(now + HOLD, Math.min(heldSince, now) + LONGEST_HOLD));
    if (until <= now) return { kind: 'hold-ended' };
    const outcome = await store.renew(booking, until, now);
    return outcome === 'renewed' ? { kind: 'renewed', until } : { kind: 'hold-ended' };
  }

  return {
    ...codes,
    ...siteQueries(desk, sitesIn),
    async findSlots(query) {
      const view = await desk.view();
      const limit = Math.min(Math.max(1, query.limit), MOST_SLOTS);
      return desk.search(view).free(filterOf(view, query), windowOf(query), limit);
    },
    async firstFree(query) {
      const view = await desk.view();
      return desk.search(view).firstOfEach(filterOf(view, query), windowOf(query));
    },
    hold,
    renew,
    confirm: (booking) => store.confirm(booking, clock.now()),
    release: (conversation) => store.releaseHolds(conversation),
  };
}

const siteQueries = (
  desk: BookingDesk,
  sitesIn: (view: DiaryView, query: SiteQuery) => Site[],
): Pick<BookingService, 'sitesFor' | 'site'> => ({
  sitesFor: async (query) => sitesIn(await desk.view(), query),
  site: async (id) => (await desk.view()).calendar.sites.get(id),
});

/** Chosen again, a time is held on; once the 15 minutes are over it is free to others for five before it starts anew. */
function holdTimes(now: Instant, heldSince: Instant | undefined): { since: Instant; until: Instant } {
  const isNew = heldSince === undefined || heldSince > now || now >= heldSince + LONGEST_HOLD + HOLD;
  const since = isNew ? now : heldSince;
  return { since, until: instant(Math.min(now + HOLD, since + LONGEST_HOLD)) };
}

function heldBooking(
  placement: Placement,
  held: { id: BookingId; codeHash: string; session: number; by: ConversationId; until: Instant },
): Booking {
  const { id, codeHash, session, by, until } = held;
  return {
    ...placement,
    ...{ id, codeHash, session },
    status: 'held',
    heldBy: by,
    heldUntil: until,
    proposal: null,
  };
}
