import { dayNumber, isoDate, weekdayOf } from '../kernel/days.js';
import type { AvailabilityRule, Hours } from './booking.js';

/** One occurrence of a rule, and what it shall become: other hours, another day, or nothing. */
export interface OccurrenceChange {
  /** ISO date of the occurrence. */
  date: string;
  to: ({ date: string } & Hours) | null;
  /** `onwards`: this occurrence and every later one of its weekday. */
  scope: 'once' | 'onwards';
}

/** What becomes of the rule (`null`: it goes), and the rules that stand beside it from then on. */
export interface RuleEdit {
  after: AvailabilityRule | null;
  added: AvailabilityRule[];
}

/** A rule that recurs once has no later occurrences: both scopes change it alone. */
export function editOccurrence(
  rule: AvailabilityRule,
  change: OccurrenceChange,
  newId: () => string,
): RuleEdit {
  if (rule.recurrence.kind === 'once') return editSingle(rule, change);
  return change.scope === 'once' ? editOnce(rule, change, newId) : editOnwards(rule, change, newId);
}

/** The last date of a rule; before its first one nothing is left of it. */
export function endedBefore(rule: AvailabilityRule, date: string): AvailabilityRule | null {
  const last = dayBefore(date);
  if (last < rule.firstDate) return null;
  const lastDate = rule.lastDate !== null && rule.lastDate < last ? rule.lastDate : last;
  return withExceptions({ ...rule, lastDate }, (day) => day <= lastDate);
}

function editSingle(rule: AvailabilityRule, { to }: OccurrenceChange): RuleEdit {
  if (to === null) return { after: null, added: [] };
  return { after: { ...rule, firstDate: to.date, from: to.from, to: to.to }, added: [] };
}

function editOnce(rule: AvailabilityRule, { date, to }: OccurrenceChange, newId: () => string): RuleEdit {
  const others = (rule.exceptions ?? []).filter((exception) => exception.date !== date);
  const staysThere = to !== null && to.date === date;
  const hours = staysThere ? { from: to.from, to: to.to } : null;
  const after = { ...rule, exceptions: [...others, { date, hours }] };
  if (to === null || staysThere) return { after, added: [] };
  return { after, added: [onceAt(rule, to, newId())] };
}

function onceAt(
  rule: AvailabilityRule,
  { date, from, to }: { date: string } & Hours,
  id: string,
): AvailabilityRule {
  const { exceptions: _exceptions, ...kept } = rule;
  return { ...kept, id, recurrence: { kind: 'once' }, firstDate: date, lastDate: null, from, to };
}

function editOnwards(rule: AvailabilityRule, change: OccurrenceChange, newId: () => string): RuleEdit {
  const { date, to } = change;
  const after = endedBefore(rule, date);
  const rest = restOfWeek(rule, date, newId);
  if (to === null) return { after, added: rest };
  const shift = dayNumber(to.date) - dayNumber(date);
  const firstDate = to.date;
  const lastDate = rule.lastDate === null ? null : isoDate(dayNumber(rule.lastDate) + Math.max(0, shift));
  const { exceptions: _exceptions, ...kept } = rule;
  const moved: AvailabilityRule = {
    ...kept,
    ...{ id: newId(), firstDate, lastDate, from: to.from, to: to.to },
    recurrence: onWeekday(rule, to.date),
  };
  return { after, added: [...rest, moved] };
}

/** The other weekdays of a weekly rule go on as they were. */
function restOfWeek(rule: AvailabilityRule, date: string, newId: () => string): AvailabilityRule[] {
  if (rule.recurrence.kind !== 'weekly') return [];
  const weekdays = rule.recurrence.weekdays.filter((day) => day !== weekdayOf(dayNumber(date)));
  if (weekdays.length === 0) return [];
  const rest = {
    ...rule,
    id: newId(),
    firstDate: date,
    recurrence: { ...rule.recurrence, weekdays },
  };
  return [withExceptions(rest, (day) => day >= date)];
}

/** Other recurrences than weekly ones keep their own days. */
function onWeekday({ recurrence }: AvailabilityRule, date: string): AvailabilityRule['recurrence'] {
  return recurrence.kind === 'weekly'
    ? { ...recurrence, weekdays: [weekdayOf(dayNumber(date))] }
    : recurrence;
}

function withExceptions(rule: AvailabilityRule, isKept: (date: string) => boolean): AvailabilityRule {
  const { exceptions, ...kept } = rule;
  const left = (exceptions ?? []).filter(({ date }) => isKept(date));
  return left.length === 0 ? kept : { ...kept, exceptions: left };
}

const dayBefore = (date: string): string => isoDate(dayNumber(date) - 1);
