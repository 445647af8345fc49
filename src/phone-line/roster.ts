import { Temporal } from 'temporal-polyfill';
import { DAY, type Instant, instant } from '../kernel/clock.js';
import type { ResponderId, ResponderRole } from './line.js';

interface Entry {
  id: string;
  responder: ResponderId;
  role: ResponderRole;
}

/** Every week, wall clock of the roster's zone. `to` at or before `from` is on the next day. */
export interface RosterRule extends Entry {
  kind: 'rule';
  /** 1 Monday to 7 Sunday. */
  weekday: number;
  /** `HH:MM`. */
  from: string;
  to: string;
  /** First and last local date, `YYYY-MM-DD`; the shift that begins on the last date is whole. */
  firstDate: string;
  lastDate: string | null;
}

/** One change to what the rules say: somebody more, somebody less, or somebody in another's place. */
export interface RosterOverride extends Entry {
  kind: 'override';
  from: Instant;
  to: Instant;
  change: { kind: 'add' } | { kind: 'remove' } | { kind: 'replace'; by: ResponderId };
}

/** Holidays, strikes, crises: between two instants only these shifts count, whatever the rules say. */
export interface TemporarySchedule {
  kind: 'temporary';
  id: string;
  from: Instant;
  to: Instant;
  shifts: readonly Omit<Shift, 'id'>[];
}

export type RosterEntry = RosterRule | RosterOverride | TemporarySchedule;

export interface Shift {
  responder: ResponderId;
  role: ResponderRole;
  from: Instant;
  to: Instant;
}

/** Between two instants fewer people than wanted are on the roster. */
export interface Gap {
  from: Instant;
  to: Instant;
  present: number;
}

interface Window {
  from: Instant;
  to: Instant;
}

export const ROSTER_ZONE = 'Europe/Paris';
/** Longest time looked at in one go. */
export const LONGEST_WINDOW = 400 * DAY;

/** Who is meant to be there between two instants: temporary schedules over rules, overrides over both. */
export function shiftsBetween(roster: readonly RosterEntry[], window: Window): Shift[] {
  const bounded = { from: window.from, to: instant(Math.min(window.to, window.from + LONGEST_WINDOW)) };
  const temporary = roster.filter((entry) => entry.kind === 'temporary');
  const byRule = roster
    .flatMap((entry) => (entry.kind === 'rule' ? expand(entry, bounded) : []))
    .flatMap((shift) => temporary.reduce<Shift[]>((parts, hole) => parts.flatMap(without(hole)), [shift]));
  const planned = [...byRule, ...temporary.flatMap((entry) => entry.shifts.flatMap(within(entry)))];
  return roster
    .filter((entry) => entry.kind === 'override')
    .reduce(overridden, planned)
    .flatMap(within(bounded));
}

/** Who is on the roster at an instant. */
export const onRosterAt = (roster: readonly RosterEntry[], at: Instant): ReadonlySet<ResponderId> =>
  new Set(shiftsBetween(roster, { from: at, to: instant(at + 1) }).map(({ responder }) => responder));

/** Times with fewer than `atLeast` different people of a role. */
export function gapsIn(
  roster: readonly RosterEntry[],
  wanted: Window & { role: ResponderRole; atLeast: number },
): Gap[] {
  const shifts = shiftsBetween(roster, wanted).filter(({ role }) => role === wanted.role);
  const edges = new Set([wanted.from, wanted.to, ...shifts.flatMap(({ from, to }) => [from, to])]);
  const times = [...edges].sort((a, b) => a - b);
  const gaps = times.slice(0, -1).flatMap((from, index): Gap[] => {
    const to = times[index + 1] ?? wanted.to;
    const present = new Set(
      shifts.filter((shift) => shift.from <= from && from < shift.to).map(({ responder }) => responder),
    ).size;
    return present < wanted.atLeast ? [{ from, to, present }] : [];
  });
  return gaps.reduce<Gap[]>(joined, []);
}

function joined(gaps: Gap[], next: Gap): Gap[] {
  const last = gaps.at(-1);
  if (last === undefined || last.to !== next.from || last.present !== next.present) return [...gaps, next];
  return [...gaps.slice(0, -1), { ...last, to: next.to }];
}

const within =
  (window: Window) =>
  (shift: Shift): Shift[] => {
    const from = instant(Math.max(shift.from, window.from));
    const to = instant(Math.min(shift.to, window.to));
    return from < to ? [{ ...shift, from, to }] : [];
  };

const without =
  (hole: Window) =>
  (shift: Shift): Shift[] =>
    [
      { ...shift, to: instant(Math.min(shift.to, hole.from)) },
      { ...shift, from: instant(Math.max(shift.from, hole.to)) },
    ].filter(({ from, to }) => from < to);

function overridden(shifts: Shift[], { responder, role, from, to, change }: RosterOverride): Shift[] {
  const window = { from, to };
  if (change.kind === 'add') return [...shifts, { responder, role, from, to }];
  const theirs = (shift: Shift): boolean => shift.responder === responder;
  const kept = shifts.flatMap((shift) => (theirs(shift) ? without(window)(shift) : [shift]));
  if (change.kind === 'remove') return kept;
  const taken = shifts.filter(theirs).flatMap(within(window));
  return [...kept, ...taken.map((shift) => ({ ...shift, responder: change.by }))];
}

/** A rule's shifts that touch the window: one a week, each end converted on its own day (clock changes). */
function expand(rule: RosterRule, window: Window): Shift[] {
  const first = dateOf(instant(window.from - DAY));
  const last = dateOf(window.to);
  const start = Temporal.PlainDate.compare(first, rule.firstDate) < 0 ? rule.firstDate : first.toString();
  const shifts: Shift[] = [];
  let date = Temporal.PlainDate.from(start);
  date = date.add({ days: (rule.weekday - date.dayOfWeek + 7) % 7 });
  while (Temporal.PlainDate.compare(date, last) <= 0 && !isAfter(date, rule.lastDate)) {
    const next = rule.to <= rule.from ? date.add({ days: 1 }) : date;
    const { responder, role } = rule;
    shifts.push({ responder, role, from: at(date, rule.from), to: at(next, rule.to) });
    date = date.add({ days: 7 });
  }
  return shifts.flatMap(within(window));
}

const isAfter = (date: Temporal.PlainDate, last: string | null): boolean =>
  last !== null && Temporal.PlainDate.compare(date, last) > 0;

const dateOf = (when: Instant): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO(ROSTER_ZONE).toPlainDate();

const at = (date: Temporal.PlainDate, time: string): Instant =>
  instant(
    date.toZonedDateTime({ timeZone: ROSTER_ZONE, plainTime: Temporal.PlainTime.from(time) })
      .epochMilliseconds,
  );
