import { DAY, type Instant, MINUTE } from '../kernel/clock.js';
import { type DayNumber, dayNumber, isoDate } from '../kernel/days.js';
import { CodedError } from '../kernel/errors.js';
import type { PsychologistId, SiteId } from '../kernel/ids.js';
import { publicHolidays } from '../kernel/public-holidays.js';
import { merged, type Range, without } from '../kernel/ranges.js';
import { minuteToInstant } from '../kernel/wall-clock.js';
import type { AvailabilityRule, Site } from './booking.js';
import type { Diary } from './diary-store.js';
import { endsAtMidnight, joinedAtMidnight } from './joined-openings.js';
import {
  compileOff,
  daysAround,
  importedTimes,
  type MinuteRange,
  minutesOf,
  offTimes,
  REACH,
} from './off-times.js';
import { datePredicate } from './recurrence.js';

/** Half-open: `from` included, `to` excluded. */
export interface TimeWindow {
  from: Instant;
  to: Instant;
}

/** Time that a rule opens, without what closes it; bookings are not looked at. Epoch milliseconds. */
export interface Opening extends Range {
  rule: AvailabilityRule;
  /** Start of the whole opening, of which this may be a part. */
  openedAt: number;
  /** Day of the place on which the opening begins, and the minutes from its midnight to `from` on the wall clock. */
  day: DayNumber;
  minute: number;
}

/** When everybody may be booked, bookings apart. Built once from a diary; what was expanded is remembered. */
export interface Calendar {
  sites: ReadonlyMap<SiteId, Site>;
  rulesOf(site: SiteId): readonly AvailabilityRule[];
  /**
   * Openings of a site that touch the window. Dates are expanded inside the window only, and converted to instants with
   * Temporal's "compatible" rule, so that neither the process's zone nor today's season shows.
   * @throws CodedError `invalid-input` for a window over 100 days
   */
  openings(site: SiteId, window: TimeWindow): Opening[];
}

/** One query never expands more than this, whoever asks. */
const LONGEST_WINDOW = 100 * DAY;
/** Openings are expanded and remembered a week of a site at a time. */
const CHUNK = 7 * DAY;
const MOST_REMEMBERED = 200_000;

export function createCalendar(diary: Diary): Calendar {
  const sites = new Map(diary.sites.map((site) => [site.id, site]));
  const rules = groupBy(diary.rules.map(compileRule), ({ rule }) => rule.site);
  const throughMidnight = new Set(diary.rules.filter(endsAtMidnight).map(({ site }) => site));
  const expand = createExpansion(diary);
  const chunks = new Map<string, Opening[]>();
  let rememberedOpenings = 0;

  const chunkOf = (site: Site, chunk: number): Opening[] => {
    const key = `${site.id}|${chunk}`;
    const known = chunks.get(key);
    if (known !== undefined) return known;
    const openings = expand(site, rules.get(site.id) ?? [], {
      from: chunk * CHUNK,
      to: (chunk + 1) * CHUNK,
    });
    if (rememberedOpenings > MOST_REMEMBERED) {
      chunks.clear();
      rememberedOpenings = 0;
    }
    rememberedOpenings += openings.length;
    chunks.set(key, openings);
    return openings;
  };

  const openingsIn = (site: Site, window: TimeWindow): Opening[] => {
    const found: Opening[] = [];
    const last = Math.floor((window.to - 1) / CHUNK);
    for (let chunk = Math.floor((window.from - REACH) / CHUNK); chunk <= last; chunk += 1)
      for (const opening of chunkOf(site, chunk))
        if (opening.to > window.from && opening.from < window.to) found.push(opening);
    return found;
  };

  return {
    sites,
    rulesOf: (site) => (rules.get(site) ?? []).map(({ rule }) => rule),
    openings(id, window) {
      if (window.to - window.from > LONGEST_WINDOW)
        throw new CodedError('invalid-input', 'Ask for at most 100 days of availability at a time.');
      const site = sites.get(id);
      if (site === undefined) return [];
      const found = openingsIn(site, window);
      return throughMidnight.has(id) ? joinedAtMidnight(found) : found;
    },
  };
}

interface CompiledRule {
  rule: AvailabilityRule;
  falls: (day: DayNumber) => boolean;
  hours: MinuteRange;
  exceptions: ReadonlyMap<DayNumber, MinuteRange | null>;
}

function compileRule(rule: AvailabilityRule): CompiledRule {
  return {
    rule,
    falls: datePredicate(rule),
    hours: minutesOf(rule),
    exceptions: new Map(
      (rule.exceptions ?? []).map(({ date, hours }) => [
        dayNumber(date),
        hours === null ? null : minutesOf(hours),
      ]),
    ),
  };
}

type Expansion = (site: Site, rules: readonly CompiledRule[], window: Range) => Opening[];

function createExpansion(diary: Diary): Expansion {
  const absences = groupBy(diary.absences.map(compileOff), ({ off }) => off.psychologist);
  const closures = groupBy(diary.closures.map(compileOff), ({ off }) => off.site);
  const imported = new Map(diary.importedBusy.map((busy) => [busy.psychologist, busy]));
  const isHoliday = holidayCheck();

  return (site, rules, window) => {
    const days = daysAround(window);
    const closed = merged(offTimes(closures.get(site.id) ?? [], days, () => site.zone));
    const away = memo((psychologist: PsychologistId) => {
      const busy = importedTimes(imported.get(psychologist), window);
      const absent = offTimes(absences.get(psychologist) ?? [], days, ({ zone }) => zone);
      return { whenOnce: merged([...closed, ...busy]), usual: merged([...closed, ...busy, ...absent]) };
    });
    const openings: Opening[] = [];
    for (const compiled of rules) {
      const off = away(compiled.rule.psychologist);
      const taken = compiled.rule.recurrence.kind === 'once' ? off.whenOnce : off.usual;
      for (const opening of openingsOf(compiled, days, site, isHoliday))
        if (opening.from >= window.from && opening.from < window.to)
          openings.push(...partsOf(opening, taken));
    }
    return openings;
  };
}

function partsOf(opening: Opening, taken: readonly Range[]): Opening[] {
  return without(opening, taken).map((part) => ({
    ...opening,
    ...part,
    minute: opening.minute + (part.from - opening.from) / MINUTE,
  }));
}

function openingsOf(
  { rule, falls, hours, exceptions }: CompiledRule,
  days: Range,
  site: Site,
  isHoliday: (day: DayNumber, site: Site) => boolean,
): Opening[] {
  const openings: Opening[] = [];
  const worksAlways = rule.worksOnHolidays === true || rule.recurrence.kind === 'once';
  for (let day = days.from; day < days.to; day += 1) {
    if (!falls(day) || (!worksAlways && isHoliday(day, site))) continue;
    const today = exceptions.has(day) ? exceptions.get(day) : hours;
    if (today === null || today === undefined) continue;
    const from = minuteToInstant(day, today.from, site.zone);
    const to = minuteToInstant(day, today.to, site.zone);
    if (to > from) openings.push({ rule, from, to, openedAt: from, day, minute: today.from });
  }
  return openings;
}

function holidayCheck(): (day: DayNumber, site: Site) => boolean {
  const years = memo((key: string) => {
    const [year = '', department = '', works = ''] = key.split('|');
    const commune = works === 'works' ? { goodFriday: false } : {};
    return new Set([...publicHolidays(Number(year), department, commune)].map(dayNumber));
  });
  return (day, { department, goodFriday }) =>
    years(`${isoDate(day).slice(0, 4)}|${department}|${goodFriday === false ? 'works' : ''}`).has(day);
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function memo<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
