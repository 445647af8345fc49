import { DAY, HOUR, type Instant, instant } from '../kernel/clock.js';
import type { PsychologistId } from '../kernel/ids.js';
import { expandRules, type TimeWindow } from './availability.js';
import type { AvailabilityRule, Booking, Mode, Site, Slot } from './booking.js';
import { BUSY_LIMIT } from './booking-limits.js';
import type { BookingStore } from './booking-store.js';
import type { DiaryStore } from './diary-store.js';
import { overlaps } from './ticks.js';

/** Slots are looked for a week at a time, until enough are found. */
const STEP = 7 * DAY;

export interface SlotFilter {
  sites: readonly Site[];
  mode?: Mode | undefined;
  psychologist?: PsychologistId | undefined;
}

export interface SlotSearch {
  /** At most `limit` free slots that start inside the window, earliest first, one for each time, site and mode. */
  free(filter: SlotFilter, window: TimeWindow, limit: number): Promise<Slot[]>;
  /** Whether the diary offers exactly this slot, taken or not. */
  offers(slot: Slot, sites: readonly Site[]): Promise<boolean>;
}

type BusyTimes = ReadonlyMap<PsychologistId, readonly Booking[]>;

export function createSlotSearch(parts: {
  store: Pick<BookingStore, 'busy'>;
  diary: Pick<DiaryStore, 'rules'>;
  now: () => Instant;
}): SlotSearch {
  const { store, diary, now } = parts;

  /** The store cuts long answers short: a full one is asked again in two halves. */
  async function bookingsIn(
    psychologists: readonly PsychologistId[],
    window: TimeWindow,
  ): Promise<Booking[]> {
    const found = await store.busy({ psychologists, ...window, now: now() });
    if (found.length < BUSY_LIMIT || window.to - window.from <= HOUR) return found;
    const middle = instant(Math.floor((window.from + window.to) / 2));
    return [
      ...(await bookingsIn(psychologists, { from: window.from, to: middle })),
      ...(await bookingsIn(psychologists, { from: middle, to: window.to })),
    ];
  }

  async function freeInWindow(filter: SlotFilter, rules: AvailabilityRule[], window: TimeWindow) {
    const slots = expandRules(rules, filter.sites, window).filter(
      (slot) => filter.mode === undefined || slot.mode === filter.mode,
    );
    if (slots.length === 0) return [];
    const psychologists = [...new Set(slots.map((slot) => slot.psychologist))];
    const lastEnd = instant(Math.max(window.to, ...slots.map((slot) => slot.end)));
    const busy = byPsychologist(await bookingsIn(psychologists, { from: window.from, to: lastEnd }));
    return oneForEachTime(slots.filter((slot) => isFree(slot, busy)).sort(earliestFirst(busy)));
  }

  async function rulesOf(filter: SlotFilter): Promise<AvailabilityRule[]> {
    if (filter.sites.length === 0) return [];
    const rules = await diary.rules(filter.sites.map((site) => site.id));
    return rules.filter(
      (rule) => filter.psychologist === undefined || rule.psychologist === filter.psychologist,
    );
  }

  return {
    async free(filter, window, limit) {
      const rules = await rulesOf(filter);
      const found: Slot[] = [];
      for (let from = window.from; from < window.to && found.length < limit; from = instant(from + STEP)) {
        const to = instant(Math.min(from + STEP, window.to));
        found.push(...(await freeInWindow(filter, rules, { from, to })));
      }
      return found.slice(0, limit);
    },
    async offers(slot, sites) {
      const filter = {
        sites: sites.filter((site) => site.id === slot.site),
        psychologist: slot.psychologist,
      };
      const atThatTime = { from: slot.start, to: instant(slot.start + 1) };
      const slots = expandRules(await rulesOf(filter), filter.sites, atThatTime);
      return slots.some((offered) => offered.mode === slot.mode && offered.end === slot.end);
    },
  };
}

function byPsychologist(bookings: readonly Booking[]): BusyTimes {
  const busy = new Map<PsychologistId, Booking[]>();
  for (const booking of bookings) {
    const known = busy.get(booking.psychologist);
    if (known === undefined) busy.set(booking.psychologist, [booking]);
    else known.push(booking);
  }
  return busy;
}

const isFree = (slot: Slot, busy: BusyTimes): boolean =>
  !(busy.get(slot.psychologist) ?? []).some((booking) => overlaps(slot, booking));

/** At the same time, whoever has the fewest appointments in the days searched comes first. */
const earliestFirst =
  (busy: BusyTimes) =>
  (a: Slot, b: Slot): number =>
    a.start - b.start ||
    (busy.get(a.psychologist)?.length ?? 0) - (busy.get(b.psychologist)?.length ?? 0) ||
    (a.psychologist < b.psychologist ? -1 : 1);

/** A caller chooses a time and a place: two psychologists free at once are one line. */
function oneForEachTime(slots: readonly Slot[]): Slot[] {
  const seen = new Set<string>();
  return slots.filter((slot) => {
    const line = `${slot.start}|${slot.site}|${slot.mode}`;
    const isNew = !seen.has(line);
    seen.add(line);
    return isNew;
  });
}
