import type { Opening } from './availability.js';
import type { AvailabilityRule } from './booking.js';

/** An opening up to midnight and one of the same kind from midnight on are one. */
export function joinedAtMidnight(openings: Opening[]): Opening[] {
  const byStart = new Map(openings.map((opening) => [`${opening.from}|${kindOf(opening.rule)}`, opening]));
  const joined = new Set<Opening>();
  const result = [...openings]
    .sort((a, b) => b.from - a.from)
    .map((opening) => {
      const next = endsAtMidnight(opening.rule) && byStart.get(`${opening.to}|${kindOf(opening.rule)}`);
      if (!next) return opening;
      joined.add(next);
      const whole = { ...opening, to: next.to };
      byStart.set(`${opening.from}|${kindOf(opening.rule)}`, whole);
      return whole;
    });
  return result.filter((opening) => !joined.has(opening));
}

export const endsAtMidnight = ({ to }: AvailabilityRule): boolean => to === '24:00' || to === '00:00';

/** All of a rule but its dates and hours. */
function kindOf({
  id: _id,
  recurrence: _r,
  firstDate: _f,
  lastDate: _l,
  from: _from,
  to: _to,
  exceptions: _e,
  ...kind
}: AvailabilityRule): string {
  return JSON.stringify(Object.entries(kind).sort(([a], [b]) => (a < b ? -1 : 1)));
}
