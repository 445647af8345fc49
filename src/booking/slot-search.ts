import { DAY, HOUR, type Instant, instant } from '../kernel/clock.js';
import type { PsychologistId, SiteId } from '../kernel/ids.js';
import { merged, type Range } from '../kernel/ranges.js';
import type { Calendar, TimeWindow } from './availability.js';
import type { BusyTime, Slot } from './booking.js';
import { BUSY_LIMIT } from './booking-limits.js';
import type { BookingStore } from './booking-store.js';
import { type Candidate, type CutTerms, offeredTimes, type SlotFilter, slotsOf } from './slot-cutting.js';
import { TICK } from './ticks.js';

/** Slots are looked for a week at a time, until enough are found. */
const STEP = 7 * DAY;
/** The first free time of a site is looked for in smaller steps: most of what a week would read is not needed. */
const FIRST_STEP = 2 * DAY;
/** No appointment, buffers included, is longer. */
const LONGEST = 12 * HOUR;

export interface SlotSearch {
  /** At most `limit` free slots that start inside the window, earliest first, one for each time, site and mode. */
  free(filter: SlotFilter, window: TimeWindow, limit: number): Promise<Slot[]>;
  /** The first free slot of each site, earliest site first; sites with none are left out. */
  firstOfEach(filter: SlotFilter, window: TimeWindow): Promise<Slot[]>;
}

interface Busy {
  /** Sorted, without overlaps. */
  times: readonly Range[];
  count: number;
}
type BusyTimes = ReadonlyMap<PsychologistId, Busy>;

const NOTHING: Busy = { times: [], count: 0 };

export function createSlotSearch(parts: {
  store: Pick<BookingStore, 'busy'>;
  calendar: Calendar;
  now: Instant;
  terms: CutTerms;
}): SlotSearch {
  const { store, calendar, now, terms } = parts;

  /** The store cuts long answers short: a full one is asked again in two halves. */
  async function busyIn(
    psychologists: readonly PsychologistId[],
    window: TimeWindow,
  ): Promise<readonly BusyTime[]> {
    const found = await store.busy({ psychologists, ...window, now });
    if (found.length < BUSY_LIMIT || window.to - window.from <= HOUR) return found;
    const middle = instant(Math.floor((window.from + window.to) / 2));
    return [
      ...(await busyIn(psychologists, { from: window.from, to: middle })),
      ...(await busyIn(psychologists, { from: middle, to: window.to })),
    ];
  }

  async function candidatesIn(filter: SlotFilter, window: TimeWindow): Promise<Candidate[]> {
    const openings = filter.sites.flatMap((site) => calendar.openings(site, window));
    const wanted = openings.filter(
      ({ rule, from, to }) =>
        isOffered({ from, to }, offeredTimes(rule, { now, terms })) &&
        (filter.mode === undefined || rule.modes.includes(filter.mode)) &&
        (filter.psychologist === undefined || rule.psychologist === filter.psychologist),
    );
    if (wanted.length === 0) return [];
    const psychologists = [...new Set(wanted.map(({ rule }) => rule.psychologist))];
    const around = { from: instant(window.from - LONGEST), to: instant(window.to + LONGEST) };
    const busy = byPsychologist(await busyIn(psychologists, around));
    return wanted.flatMap((opening) => {
      const { times, count } = busy.get(opening.rule.psychologist) ?? NOTHING;
      return slotsOf({ opening, busy: times, load: count }, { filter, window, now, terms });
    });
  }

  const stepsOf = function* (window: TimeWindow, step: number): Generator<TimeWindow> {
    for (let from = window.from; from < window.to; from = instant(from + step))
      yield { from, to: instant(Math.min(from + step, window.to)) };
  };

  return {
    async free(filter, window, limit) {
      const found: Slot[] = [];
      for (const week of stepsOf(window, STEP)) {
        found.push(...oneForEachTime((await candidatesIn(filter, week)).sort(earliestFirst)));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    async firstOfEach(filter, window) {
      const first = new Map<SiteId, Candidate>();
      for (const step of stepsOf(window, FIRST_STEP)) {
        const sites = filter.sites.filter((site) => !first.has(site));
        if (sites.length === 0) break;
        for (const candidate of await candidatesIn({ ...filter, sites }, step)) {
          const before = first.get(candidate.slot.site);
          if (before === undefined || earliestFirst(candidate, before) < 0)
            first.set(candidate.slot.site, candidate);
        }
      }
      return [...first.values()].sort(earliestFirst).map(({ slot }) => slot);
    },
  };
}

const isOffered = (opening: Range, offered: Range): boolean =>
  opening.to > offered.from && opening.from < offered.to;

function byPsychologist(busy: readonly BusyTime[]): BusyTimes {
  const times = new Map<PsychologistId, Range[]>();
  for (const { psychologist, from, to } of busy) {
    const range = { from: Math.floor(from / TICK) * TICK, to: Math.ceil(to / TICK) * TICK };
    const known = times.get(psychologist);
    if (known === undefined) times.set(psychologist, [range]);
    else known.push(range);
  }
  return new Map(
    [...times].map(([psychologist, ranges]) => [
      psychologist,
      { times: merged(ranges), count: ranges.length },
    ]),
  );
}

/** At the same time, whoever has the fewest appointments in the days searched comes first. */
function earliestFirst(a: Candidate, b: Candidate): number {
  if (a.slot.start !== b.slot.start) return a.slot.start - b.slot.start;
  if (a.load !== b.load) return a.load - b.load;
  return a.slot.psychologist < b.slot.psychologist ? -1 : 1;
}

/** A caller chooses a time and a place: two psychologists free at once are one line. */
function oneForEachTime(candidates: readonly Candidate[]): Slot[] {
  const slots: Slot[] = [];
  let start = Number.NaN;
  const seen = new Set<string>();
  for (const { slot } of candidates) {
    if (slot.start !== start) seen.clear();
    start = slot.start;
    const line = `${slot.site}|${slot.mode}`;
    if (seen.has(line)) continue;
    seen.add(line);
    slots.push(slot);
  }
  return slots;
}
