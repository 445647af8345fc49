import type { Fact } from './fact.js';
import { parisHour } from './paris-day.js';

/**
 * The tables that are kept. Each has one heading only: no two things said by one caller are ever crossed, so no
 * row can single anybody out.
 */
export const TABLES = [
  'contacts',
  'needs',
  'academies',
  'corps',
  'services',
  'support',
  'sessions',
  'held',
  'missed',
  'cancelled',
  'waiting',
  'callbacks',
  'callbacks-ended',
  'answered-by',
  'answer-time',
  'unanswered',
  'alert-hours',
  'alert-acknowledged',
  'alert-outcome',
  'handed-over',
  'take-over-time',
  'closed-outcome',
  'closed-orientation',
] as const;
export type TableId = (typeof TABLES)[number];

/** `table|row`: no other character than `[a-z0-9_|-]`, so that it may name a field of any store. */
export type Counter = string;
export type Counts = Readonly<Record<Counter, number>>;

export const counterOf = (table: TableId, row: string): Counter => `${table}|${rowName(row)}`;

/** What a fact adds one to. */
export function countersOf(fact: Fact): Counter[] {
  switch (fact.kind) {
    case 'contact-opened':
      return [counterOf('contacts', fact.channel)];
    case 'need-understood':
      return [counterOf('needs', fact.need)];
    case 'academy-said':
      return [counterOf('academies', fact.academy)];
    case 'corps-said':
      return [counterOf('corps', fact.corps)];
    case 'oriented':
      return [counterOf('services', groupOf(fact.service))];
    case 'booked':
      return [counterOf('support', fact.place), counterOf('sessions', sessionRow(fact.session))];
    case 'booking-cancelled':
      return [counterOf('cancelled', 'cancelled')];
    case 'callback':
      return [counterOf(fact.step === 'asked' ? 'callbacks' : 'callbacks-ended', fact.step)];
    case 'waiting':
      return [counterOf('waiting', fact.step)];
    case 'session-held':
      return [counterOf('held', fact.place)];
    case 'session-missed':
      return [counterOf('missed', fact.place)];
    case 'call-answered':
      return answered(fact);
    case 'call-unanswered':
      return [counterOf('unanswered', fact.because)];
    case 'alert-opened':
      return [counterOf('alert-hours', partOfDay(parisHour(fact.at)))];
    case 'alert-acknowledged':
      return [counterOf('alert-acknowledged', within(fact.seconds, [60, 300]))];
    case 'alert-closed':
      return [counterOf('alert-outcome', fact.outcome)];
    case 'handed-over':
      return [counterOf('handed-over', 'handed-over')];
    case 'taken-over':
      return [counterOf('take-over-time', within(fact.seconds, [60, 300]))];
    case 'closed-by-person':
      return [counterOf('closed-outcome', fact.outcome), counterOf('closed-orientation', fact.orientation)];
  }
}

/** A psychologist at once is individual support too (document 000), beside the appointments. */
function answered(fact: Extract<Fact, { kind: 'call-answered' }>): Counter[] {
  const counters = [
    counterOf('answered-by', fact.by),
    counterOf('answer-time', within(fact.seconds, [20, 60, 120])),
  ];
  const immediate = fact.by === 'psychologist' && fact.reason === 'immediate';
  return immediate
    ? [...counters, counterOf('support', 'immediate'), counterOf('sessions', 'immediate')]
    : counters;
}

/** What document 000 counts as one: the centres, and the collective actions of the réseaux PAS. */
function groupOf(service: string): string {
  if (service.endsWith('-readaptation')) return 'centres-readaptation';
  return /-(pas|actions-collectives|modules-collectifs)$/.test(service) ? 'actions-collectives' : service;
}

const MOST_SESSIONS_SHOWN = 3;
const sessionRow = (session: number): string => (session > MOST_SESSIONS_SHOWN ? 'more' : String(session));

/** Shifts of the desk. */
function partOfDay(hour: number): string {
  if (hour < 8) return 'night';
  if (hour < 13) return 'morning';
  return hour < 19 ? 'afternoon' : 'evening';
}

/** `up-to-60` for the first limit that is not passed, `over-300` past the last. */
function within(seconds: number, limits: readonly number[]): string {
  const limit = limits.find((most) => seconds <= most);
  return limit === undefined ? `over-${limits.at(-1)}` : `up-to-${limit}`;
}

/** Rows are our own codes; anything else is counted as such, never stored. */
function rowName(row: string): string {
  const plain = row.toLowerCase();
  return /^[a-z0-9_-]{1,60}$/.test(plain) ? plain : 'other';
}
