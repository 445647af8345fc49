import type { Instant } from '../kernel/clock.js';
import { SECOND } from '../kernel/clock.js';
import type { Duty, LineRequest, ResponderRole } from './line.js';

/** product.md, "Immediate telephone line". */
export const RING_SECONDS = 20;
export const OPERATORS_AFTER = 60 * SECOND;
export const MISSES_BEFORE_PAUSE = 2;

/**
 * Who is rung next for a request: of those allowed, the one idle longest, each once.
 * @param busy responders who are in an appointment now
 * @returns `undefined` when nobody is left
 */
export function nextResponder(
  request: LineRequest,
  duties: readonly Duty[],
  { now, busy }: { now: Instant; busy: ReadonlySet<string> },
): Duty | undefined {
  const own = duties.find((duty) => isTheirAppointment(duty, request));
  if (own !== undefined) return own;
  const free = duties.filter((duty) => canBeRung(duty, request, busy));
  for (const roles of stages(request, now)) {
    const [first] = free.filter(({ role }) => roles.includes(role)).sort((a, b) => a.idleSince - b.idleSince);
    if (first !== undefined) return first;
  }
  return undefined;
}

const canBeRung = (duty: Duty, request: LineRequest, busy: ReadonlySet<string>): boolean =>
  duty.available &&
  !duty.paused &&
  duty.busyWith === null &&
  !busy.has(duty.responder) &&
  !request.rung.includes(duty.responder);

/** Whatever their switch says: the time was booked with them. */
const isTheirAppointment = (duty: Duty, request: LineRequest): boolean =>
  request.reason === 'appointment' &&
  duty.responder === request.wanted &&
  duty.busyWith === null &&
  !request.rung.includes(duty.responder);

/** Roles to try, best first. From 60 s on whoever is idle longest is rung, operators too. */
function stages(request: LineRequest, now: Instant): ResponderRole[][] {
  if (request.reason === 'operator' || request.reason === 'appointment') return [['operator']];
  const late = now - request.openedAt >= OPERATORS_AFTER;
  return late ? [['psychologist', 'operator']] : [['psychologist'], ['operator']];
}

export const ringIsOver = (since: Instant, now: Instant): boolean => now - since >= RING_SECONDS * SECOND;

/** A ring that nobody took. Vital rings pause nobody (product.md, "Safety protocol"), nor do those of an appointment. */
export function afterMiss(duty: Duty, request: LineRequest): Duty {
  const counts = request.reason !== 'vital' && request.reason !== 'appointment';
  const missed = counts ? duty.missed + 1 : duty.missed;
  return { ...freed(duty), missed, paused: duty.paused || missed >= MISSES_BEFORE_PAUSE };
}

export const freed = (duty: Duty): Duty => ({ ...duty, busyWith: null, version: duty.version + 1 });
