import { DAY, HOUR, type Instant, instant } from '../kernel/clock.js';
import type { PsychologistId, SiteId } from '../kernel/ids.js';
import { merged, type Range } from '../kernel/ranges.js';
import type { Calendar, Opening, TimeWindow } from './availability.js';
import type { AvailabilityRule, BusyTime, Slot } from './booking.js';
import { BUSY_LIMIT } from './booking-limits.js';
import type { BookingStore } from './booking-store.js';
import { type Candidate, type CutTerms, offeredTimes, type SlotFilter, slotsOf } from './slot-cutting.js';
import { TICK } from './ticks.js';

/** Slots are looked for a week at a time, until enough are found. */
const STEP = 7 * DAY;
/** The first free time of a site is looked for in smaller steps: most of what a week would read is not needed. */
const FIRST_STEP = 2 * DAY;
/** Longer than any buffer around an opening: what is taken farther away does not reach into it. */
const AROUND = 3 * HOUR;
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
type Windows = ReadonlyMap<PsychologistId, Range>;

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
    windows?: Windows,
  ): Promise<readonly BusyTime[]> {
    const narrower = windows === undefined ? {} : { windows };
    const found = await store.busy({ psychologists, ...window, now, ...narrower });
    if (found.length < BUSY_LIMIT || window.to - window.from <= HOUR) return found;
    const middle = instant(Math.floor((window.from + window.to) / 2));
    return [
      ...(await busyIn(psychologists, { from: window.from, to: middle })),
      ...(await busyIn(psychologists, { from: middle, to: window.to })),
    ];
  }

  const usual = offeredTimes({}, { now, terms });
  const offeredTo = (rule: AvailabilityRule): Range =>
    rule.noticeMinutes === undefined && rule.horizonDays === undefined
      ? usual
      : offeredTimes(rule, { now, terms });

  async function candidatesIn(filter: SlotFilter, window: TimeWindow): Promise<Candidate[]> {
    const openings = filter.sites.flatMap((site) => calendar.openings(site, window));
    const wanted = openings.filter(
      ({ rule, from, to }) =>
        isOffered({ from, to }, offeredTo(rule)) &&
        (filter.mode === undefined || rule.modes.includes(filter.mode)) &&
        (filter.psychologist === undefined || rule.psychologist === filter.psychologist),
    );
    if (wanted.length === 0) return [];
    const around = { from: instant(window.from - LONGEST), to: instant(window.to + LONGEST) };
    const windows = windowsOf(wanted, around);
    const busy = byPsychologist(await busyIn([...windows.keys()], around, windows), windows);
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
        found.push(...oneForEachTime(await candidatesIn(filter, week)));
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

/** When it matters what is taken of each: around their openings that are looked at, not all week. */
function windowsOf(openings: readonly Opening[], around: Range): Map<PsychologistId, Range> {
  const windows = new Map<PsychologistId, Range>();
  for (const opening of openings) {
    const { rule } = opening;
    const from = Math.max(opening.from - AROUND, around.from);
    const to = Math.min(opening.to + AROUND, around.to);
    const known = windows.get(rule.psychologist);
    if (known === undefined) {
      windows.set(rule.psychologist, { from, to });
      continue;
    }
    known.from = Math.min(known.from, from);
    known.to = Math.max(known.to, to);
  }
  return windows;
}

function byPsychologist(busy: readonly BusyTime[], windows: Windows): BusyTimes {
  const times = new Map<PsychologistId, Range[]>();
  for (const { psychologist, from, to } of busy) {
    const window = windows.get(psychologist);
    if (window === undefined || from >= window.to || to <= window.from) continue;
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

/** A caller chooses a time and a place: two psychologists free at once are one line. Earliest first. */
function oneForEachTime(candidates: readonly Candidate[]): Slot[] {
  const lines = new Map<Instant, Candidate[]>();
  for (const candidate of candidates) {
    const { start, site, mode } = candidate.slot;
    const same = lines.get(start);
    if (same === undefined) {
      lines.set(start, [candidate]);
      continue;
    }
    const index = same.findIndex(({ slot }) => slot.site === site && slot.mode === mode);
    const before = same[index];
    if (before === undefined) same.push(candidate);
    else if (earliestFirst(candidate, before) < 0) same[index] = candidate;
  }
  return [...lines.values()]
    .flat()
    .sort(earliestFirst)
    .map(({ slot }) => slot);
}
