import { after, type Clock, type Instant, instant } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import type { BookingId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { TimeWindow } from './availability.js';
import type { Booking, Placement, Site, Slot } from './booking.js';
import type { PublicBooking } from './booking-contract.js';
import { HORIZON, LONGEST_HOLD, NEAREST_REACH, NEAREST_SLOTS, NOTICE } from './booking-limits.js';
import type { BookingStore } from './booking-store.js';
import type { CodeBrake } from './code-brake.js';
import { createDiaryReader, type DiaryView } from './diary-reader.js';
import type { DiaryStore } from './diary-store.js';
import { type Audience, placementOf, type SlotFilter } from './slot-cutting.js';
import { createSlotSearch, type SlotSearch } from './slot-search.js';

export interface BookingParts {
  clock: Clock;
  random: Random;
  /** CODE_KEY: changing it makes every code unknown. */
  codeKey: Buffer;
  store: BookingStore;
  diary: DiaryStore;
  /** The delay overall on codes. */
  brake: CodeBrake;
  /** Told of each booking that was cancelled or moved, once or more. */
  changed?: (booking: BookingId) => Promise<void>;
}

const TERMS = { notice: NOTICE, horizon: HORIZON };
/** Farther than any rule's own horizon reaches, and no farther than one expansion may. */
const FARTHEST = 99 * 24 * 60 * 60 * 1_000;

/** What a caller or an operator may ask of a slot that is not free to everybody. */
export interface Claim {
  audience?: Audience | undefined;
  /** An appointment keeps its length when it moves, even where that length is no longer offered. */
  anyLength?: boolean;
}

/** The diary and the taken times, as everything that books needs them. */
export interface BookingDesk {
  view(): Promise<DiaryView>;
  search(view: DiaryView): SlotSearch;
  /** From now on, as far as anything is offered; notices and horizons are applied slot by slot. */
  offeredNow(): TimeWindow;
  /** Where a slot would stand, if it is offered now or was a hold's length ago. */
  placementOf(view: DiaryView, slot: Slot, claim: Claim): Placement | undefined;
  /** At most 3 free slots of the same site and mode, nearest in time first. */
  nearestTo(view: DiaryView, slot: Slot, claim: Claim): Promise<Slot[]>;
  asPublic(view: DiaryView, booking: Slot): PublicBooking;
}

export function createBookingDesk(parts: Pick<BookingParts, 'clock' | 'store' | 'diary'>): BookingDesk {
  const { clock, store } = parts;
  const reader = createDiaryReader({ clock, store: parts.diary });
  const search = ({ calendar }: DiaryView): SlotSearch =>
    createSlotSearch({ store, calendar, now: clock.now(), terms: TERMS });
  const offeredNow = (): TimeWindow => ({ from: clock.now(), to: after(clock.now(), FARTHEST) });

  return {
    view: () => reader.now(),
    search,
    offeredNow,
    placementOf: ({ calendar }, slot, { audience, anyLength }) =>
      placementOf(slot, calendar, {
        now: clock.now(),
        terms: TERMS,
        grace: { audience, anyLength, late: LONGEST_HOLD },
      }),
    async nearestTo(view, slot, claim) {
      const filter: SlotFilter = {
        ...claim,
        sites: [slot.site],
        mode: slot.mode,
        ...(claim.anyLength === true ? { minutes: minutesOf(slot), psychologist: slot.psychologist } : {}),
      };
      const slots = await search(view).free(
        filter,
        around(slot.start, offeredNow()),
        Number.POSITIVE_INFINITY,
      );
      const distance = (other: Slot): number => Math.abs(other.start - slot.start);
      return slots.sort((a, b) => distance(a) - distance(b) || a.start - b.start).slice(0, NEAREST_SLOTS);
    },
    asPublic(view, { site, mode, start, end }) {
      return { site: knownSite(view, site), mode, start, end };
    },
  };
}

const around = (start: Instant, offered: TimeWindow): TimeWindow => ({
  from: instant(Math.max(offered.from, start - NEAREST_REACH)),
  to: instant(Math.max(offered.from, Math.min(offered.to, start + NEAREST_REACH))),
});

export const minutesOf = ({ start, end }: Pick<Booking, 'start' | 'end'>): number => (end - start) / 60_000;

function knownSite({ calendar }: DiaryView, id: Site['id']): Site {
  const site = calendar.sites.get(id);
  if (site === undefined) throw new CodedError('internal', 'The site of a booking is missing in the diary.');
  return site;
}
