import rrule, { type Options, type Weekday } from 'rrule';
import type { AvailabilityRule } from '../../src/booking/booking.js';

// rrule is published as CommonJS.
const { RRule } = rrule;
const WEEKDAYS: readonly Weekday[] = [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR, RRule.SA, RRule.SU];
const utc = (isoDate: string): Date => new Date(`${isoDate}T00:00:00Z`);

/**
 * The dates of the rules between two ISO dates, as one would write it with rrule and nothing else: no zone, no holiday,
 * no absence. @returns how many
 */
export function expandWithRrule(
  rules: readonly AvailabilityRule[],
  dates: { from: string; to: string },
): number {
  let count = 0;
  for (const rule of rules)
    count += new RRule({ dtstart: utc(rule.firstDate), ...optionsOf(rule) }).between(
      utc(dates.from),
      utc(dates.to),
      true,
    ).length;
  return count;
}

function optionsOf({ recurrence }: AvailabilityRule): Partial<Options> {
  if (recurrence.kind === 'weekly')
    return {
      freq: RRule.WEEKLY,
      interval: recurrence.every,
      byweekday: recurrence.weekdays.flatMap((weekday) => WEEKDAYS[weekday - 1] ?? []),
    };
  if (recurrence.kind === 'monthly')
    return {
      freq: RRule.MONTHLY,
      byweekday: recurrence.weekdays.flatMap((weekday) =>
        recurrence.positions.flatMap((position) => WEEKDAYS[weekday - 1]?.nth(position) ?? []),
      ),
    };
  return { freq: RRule.DAILY, count: 1 };
}
