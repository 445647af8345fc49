import type { Instant } from '../kernel/clock.js';
import { MINUTE, SECOND } from '../kernel/clock.js';
import type { Duty, LineReason, LineRequest, ResponderRole, Wish } from './line.js';

/** product.md, "Immediate telephone line". */
export const RING_SECONDS = 20;
export const OPERATORS_AFTER = 60 * SECOND;
export const MISSES_BEFORE_PAUSE = 2;
/** A life may be at risk: several phones at once, for a short time each (product.md, "Safety protocol"). */
export const VITAL_RING_SECONDS = 15;
export const VITAL_AT_ONCE = 3;
/** Nobody waits in line longer than this without being offered something else. */
export const LONGEST_WAIT = 10 * MINUTE;
/** A caller's phone that has not asked for so long no longer counts in the queue. */
export const PRESENT_WITHIN = 30 * SECOND;

/** Who can be rung at all now. */
export interface Readiness {
  now: Instant;
  /** Responders who are in an appointment now. */
  busy: ReadonlySet<string>;
}

/**
 * Who is rung next for a request, all at once: of those allowed, the one idle longest; each once.
 * A vital request rings several psychologists, then several operators. Any other rings one psychologist; from
 * 60 s on an operator too, and before that when no psychologist is left or could become free.
 * @returns empty when nobody can be rung now
 */
export function nextResponders(request: LineRequest, duties: readonly Duty[], ready: Readiness): Duty[] {
  if (isAskedFor(request)) return [];
  const free = inOrder(request, duties).filter((duty) => canBeRung(duty, ready));
  const of = (role: ResponderRole): Duty[] => free.filter((duty) => duty.role === role);
  const own = duties.find((duty) => isTheirAppointment(duty, request));
  if (own !== undefined) return [own];
  if (onlyOperators(request)) return of('operator').slice(0, 1);
  if (request.reason === 'vital') {
    const psychologists = of('psychologist').slice(0, VITAL_AT_ONCE);
    return psychologists.length > 0 ? psychologists : of('operator').slice(0, VITAL_AT_ONCE);
  }
  const [psychologist] = of('psychologist');
  const late = ready.now - request.openedAt >= OPERATORS_AFTER;
  const alone = psychologist === undefined && !mayBecomeFree(request, duties, 'psychologist');
  const [operator] = late || alone ? of('operator') : [];
  return [psychologist, operator].filter((duty) => duty !== undefined);
}

/** Somebody of the staff rings their own phone, and nobody else's. */
const isAskedFor = ({ reason }: LineRequest): boolean => reason === 'take-over' || reason === 'callback';

/** At the time of a telephone appointment a psychologist who does not answer hands over to an operator. */
const onlyOperators = ({ reason }: LineRequest): boolean => reason === 'operator' || reason === 'appointment';

/** Whatever their switch says: the time was booked with them. */
const isTheirAppointment = (duty: Duty, { reason, wish, rung }: LineRequest): boolean =>
  reason === 'appointment' &&
  duty.responder === wish.psychologist &&
  duty.busyWith === null &&
  !rung.includes(duty.responder);

/** Whether it is worth waiting: somebody this request has not rung yet is on another call. */
export function worthWaiting(request: LineRequest, duties: readonly Duty[], now: Instant): boolean {
  if (now - request.openedAt >= LONGEST_WAIT) return false;
  if (isAskedFor(request)) return false;
  // Danger does not wait for one person: the presence starts over, and rings everybody again.
  if (request.reason === 'vital' && request.rung.length > 0) return false;
  const roles: ResponderRole[] = onlyOperators(request) ? ['operator'] : ['psychologist', 'operator'];
  return roles.some((role) => mayBecomeFree(request, duties, role));
}

const mayBecomeFree = (request: LineRequest, duties: readonly Duty[], role: ResponderRole): boolean =>
  inOrder(request, duties).some(
    (duty) => duty.role === role && isReady(duty) && duty.busyWith !== null && duty.busyWith !== request.id,
  );

/** Those this request may ring, best first: who knows the académie, then who has been idle longest. */
function inOrder(request: LineRequest, duties: readonly Duty[]): Duty[] {
  const { wish, rung } = request;
  const allowed = duties.filter(
    (duty) => !rung.includes(duty.responder) && (request.reason !== 'immediate' || fits(duty, wish)),
  );
  const rank = (duty: Duty): number =>
    (fits(duty, wish) ? 0 : 2) + (wish.academy && duty.profile.academies.includes(wish.academy) ? 0 : 1);
  return allowed.sort((a, b) => rank(a) - rank(b) || a.idleSince - b.idleSince);
}

/** A language or a gender that was asked for is kept; only danger goes before it. */
export const fits = ({ profile }: Duty, { language, gender }: Wish): boolean =>
  (language === undefined || profile.languages.includes(language)) &&
  (gender === undefined || profile.gender === gender);

export const isReady = ({ available, paused }: Duty): boolean => available && !paused;

export const canBeRung = (duty: Duty, { busy }: Readiness): boolean =>
  isReady(duty) && duty.busyWith === null && !busy.has(duty.responder);

/** Present callers who are served before this one: danger first, then who came first. */
export function aheadOf(request: LineRequest, live: readonly LineRequest[], now: Instant): LineRequest[] {
  const waits = ({ id, state, seenAt }: LineRequest): boolean =>
    id !== request.id && state.kind === 'waiting' && now - seenAt < PRESENT_WITHIN;
  return live.filter((other) => waits(other) && comesBefore(other, request)).sort(byTurn);
}

const urgency = ({ reason }: LineRequest): number => (reason === 'vital' ? 0 : 1);
const byTurn = (a: LineRequest, b: LineRequest): number =>
  urgency(a) - urgency(b) || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);
const comesBefore = (a: LineRequest, b: LineRequest): boolean => byTurn(a, b) < 0;

/** Who is rung for a request once those ahead of it have been given theirs. */
export function respondersInTurn(
  request: LineRequest,
  ahead: readonly LineRequest[],
  duties: readonly Duty[],
  ready: Readiness,
): Duty[] {
  const given = new Set<string>();
  for (const other of ahead) {
    const left = duties.filter(({ responder }) => !given.has(responder));
    for (const { responder } of nextResponders(other, left, ready)) given.add(responder);
  }
  const chosen = nextResponders(request, duties, ready);
  return chosen.every(({ responder }) => !given.has(responder))
    ? chosen
    : nextResponders(
        request,
        duties.filter(({ responder }) => !given.has(responder)),
        ready,
      );
}

export const ringSeconds = ({ reason }: LineRequest): number =>
  reason === 'vital' ? VITAL_RING_SECONDS : RING_SECONDS;

export const ringIsOver = (request: LineRequest, since: Instant, now: Instant): boolean =>
  now - since >= ringSeconds(request) * SECOND;

/** Vital rings pause nobody (product.md, "Safety protocol"), nor do those of an appointment, or asked for by oneself. */
const NOT_MISSED: readonly LineReason[] = ['vital', 'appointment', 'take-over', 'callback'];

/** A ring that nobody took. */
export function afterMiss(duty: Duty, request: LineRequest): Duty {
  const counts = !NOT_MISSED.includes(request.reason);
  const missed = counts ? duty.missed + 1 : duty.missed;
  return { ...freed(duty), missed, paused: duty.paused || missed >= MISSES_BEFORE_PAUSE };
}

export const freed = (duty: Duty): Duty => ({ ...duty, busyWith: null, version: duty.version + 1 });
