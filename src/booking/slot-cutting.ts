import { DAY, HOUR, type Instant, instant, MINUTE } from '../kernel/clock.js';
import type { PsychologistId, SiteId } from '../kernel/ids.js';
import { type Range, without } from '../kernel/ranges.js';
import type { Calendar, Opening, TimeWindow } from './availability.js';
import type { AvailabilityRule, Mode, Placement, Slot } from './booking.js';
import { TICK } from './ticks.js';
import { type TimeWish, wishCheck } from './time-wish.js';

/** Operators see the share that is kept for them. */
export type Audience = 'caller' | 'operator';

export interface SlotFilter {
  sites: readonly SiteId[];
  mode?: Mode | undefined;
  psychologist?: PsychologistId | undefined;
  /** Length in minutes; without it, the usual one of each opening. */
  minutes?: number | undefined;
  /** Takes that length even where it is not one of those offered: an appointment keeps its length when it moves. */
  anyLength?: boolean | undefined;
  wish?: TimeWish | undefined;
  audience?: Audience | undefined;
}

/** What counts where a rule says nothing of its own. Milliseconds. */
export interface CutTerms {
  notice: number;
  horizon: number;
}

/** A free slot, and how much the psychologist has around it. */
export interface Candidate {
  slot: Slot;
  load: number;
}

interface Cutting {
  filter: Omit<SlotFilter, 'sites'>;
  window: TimeWindow;
  now: Instant;
  terms: CutTerms;
}

/** An opening of one minute at a time over a day would be this long: no loop is longer. */
const MOST_SLOTS_OF_A_PART = 288;

/**
 * The free slots of an opening that start inside the window. What is left of it between the busy times is cut
 * whole slot by slot, from the start of each part, so that no time is lost after an appointment of another length.
 * @param busy sorted, without overlaps, buffers of those appointments included
 */
export function slotsOf(
  { opening, busy, load }: { opening: Opening; busy: readonly Range[]; load: number },
  cutting: Cutting,
): Candidate[] {
  const { rule } = opening;
  const { filter, window } = cutting;
  const length = lengthOf(rule, filter);
  if (length === undefined) return [];
  const offered = offeredTimes(rule, cutting);
  const from = Math.max(window.from, offered.from);
  const to = Math.min(window.to, offered.to);
  const isWished = wishCheck(filter.wish);
  const isKept = keptForOperators(opening, { length, cutting });
  const modes = rule.modes.filter((mode) => filter.mode === undefined || mode === filter.mode);

  const found: Candidate[] = [];
  for (const part of without(opening, aroundBusy(busy, rule))) {
    for (const start of startsIn(opening, part, length)) {
      if (start >= to) break;
      const minute = opening.minute + (start - opening.from) / MINUTE;
      if (start < from || isKept(start) || !isWished(opening, minute, start)) continue;
      for (const mode of modes) found.push({ slot: slotAt(rule, mode, { start, length }), load });
    }
  }
  return found;
}

function slotAt(
  rule: AvailabilityRule,
  mode: Mode,
  { start, length }: { start: number; length: number },
): Slot {
  return {
    psychologist: rule.psychologist,
    site: rule.site,
    mode,
    start: instant(start),
    end: instant(start + length),
  };
}

/** Milliseconds; `undefined` when the rule does not offer the length that is asked. */
function lengthOf(
  { durations }: AvailabilityRule,
  { minutes, anyLength }: Pick<SlotFilter, 'minutes' | 'anyLength'>,
): number | undefined {
  const length = minutes ?? durations[0];
  if (length === undefined || !(length > 0)) return undefined;
  return anyLength === true || durations.includes(length) ? length * MINUTE : undefined;
}

/** The buffers of neighbours add up: the time a new appointment cannot start or end in, around each busy time. */
function aroundBusy(
  busy: readonly Range[],
  { bufferBefore = 0, bufferAfter = 0 }: AvailabilityRule,
): readonly Range[] {
  if (bufferBefore === 0 && bufferAfter === 0) return busy;
  const wider: Range[] = [];
  for (const { from, to } of busy) {
    const range = { from: from - bufferAfter * MINUTE, to: to + bufferBefore * MINUTE };
    const last = wider.at(-1);
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else wider.push(range);
  }
  return wider;
}

function* startsIn({ rule, minute, from }: Opening, part: Range, length: number): Generator<number> {
  const step = rule.step === undefined ? length : rule.step * MINUTE;
  const onTheClock = (minute * MINUTE + part.from - from) % ((rule.align ?? 1) * MINUTE);
  const wait = rule.align === undefined || onTheClock === 0 ? 0 : rule.align * MINUTE - onTheClock;
  let start = part.from + wait;
  for (let count = 0; count < MOST_SLOTS_OF_A_PART && start + length <= part.to; count += 1) {
    yield start;
    start += step;
  }
}

/** Notice included, horizon excluded. */
export function offeredTimes(
  { noticeMinutes, horizonDays }: Pick<AvailabilityRule, 'noticeMinutes' | 'horizonDays'>,
  { now, terms }: Pick<Cutting, 'now' | 'terms'>,
): Range {
  return {
    from: now + (noticeMinutes === undefined ? terms.notice : noticeMinutes * MINUTE),
    to: now + (horizonDays === undefined ? terms.horizon : horizonDays * DAY),
  };
}

function keptForOperators(
  { rule, openedAt }: Opening,
  { length, cutting }: { length: number; cutting: Cutting },
): (start: number) => boolean {
  const share = rule.operatorShare;
  if (share === undefined || cutting.filter.audience === 'operator') return () => false;
  const released = cutting.now + share.releasedHoursBefore * HOUR;
  return (start) =>
    start > released && Math.floor((start - openedAt) / length) % share.everyNth === share.everyNth - 1;
}

/** How long after the last offer a slot may still be taken: the notice is for the offer. */
export interface Grace {
  audience: SlotFilter['audience'];
  anyLength?: boolean | undefined;
  late: number;
}

/**
 * Where a slot stands when the diary opens its time, taken or not; `undefined` when it does not. Starts are not held
 * to the grid, which moves with the appointments around.
 */
export function placementOf(
  slot: Slot,
  calendar: Calendar,
  { now, terms, grace }: { now: Instant; terms: CutTerms; grace: Grace },
): Placement | undefined {
  const { start, end } = slot;
  if (start % TICK !== 0 || !(end > start)) return undefined;
  const minutes = (end - start) / MINUTE;
  const window = { from: start, to: instant(start + 1) };
  const opening = calendar.openings(slot.site, window).find((candidate) => {
    const { rule, from, to } = candidate;
    if (rule.psychologist !== slot.psychologist || !rule.modes.includes(slot.mode)) return false;
    if (from > start || end > to) return false;
    const cutting: Cutting = {
      filter: { minutes, anyLength: grace.anyLength, audience: grace.audience },
      ...{ window, now, terms },
    };
    const length = lengthOf(rule, cutting.filter);
    const offered = offeredTimes(rule, cutting);
    if (length === undefined || start < offered.from - grace.late || start >= offered.to) return false;
    return !keptForOperators(candidate, { length, cutting })(start);
  });
  return opening === undefined ? undefined : placed(slot, opening.rule);
}

export function placed(slot: Slot, { bufferBefore = 0, bufferAfter = 0 }: AvailabilityRule): Placement {
  const { psychologist, site, mode, start, end } = slot;
  return {
    ...{ psychologist, site, mode, start, end },
    blockedFrom: instant(start - bufferBefore * MINUTE),
    blockedTo: instant(end + bufferAfter * MINUTE),
  };
}
