import type { Clock } from '../kernel/clock.js';
import type { AlertId, StaffId } from '../kernel/ids.js';
import { type Alerts, isOverdue } from './alerts.js';

/** Asked of accounts and the phone line: who may be told of an alert that nobody acknowledges, and by what phone. */
export interface EscalationStaff {
  /** Operators on duty who are not on a call. */
  operators(): Promise<StaffId[]>;
  /** Coordinators with a desk phone, always in the same order. */
  coordinators(): Promise<StaffId[]>;
  ring(staff: StaffId): Promise<void>;
}

export interface Escalation {
  /** Rings for each alert that is overdue; returns how many phones. May be run twice or late. */
  escalateDue(): Promise<number>;
}

const LOOKED_AT = 200;
const RUNG_AT_ONCE = 20;

/**
 * Unacknowledged after 60 s: all operators again, then the coordinators' phones, one each time (product.md, "Safety
 * protocol"). Which round an alert is in is remembered by this process: after a restart it begins with the operators.
 */
export function createEscalation({
  clock,
  alerts,
  staff,
}: {
  clock: Clock;
  alerts: Pick<Alerts, 'live'>;
  staff: EscalationStaff;
}): Escalation {
  let rounds = new Map<AlertId, number>();

  const whom = async (round: number): Promise<StaffId[]> => {
    const operators = round === 0 ? await staff.operators() : [];
    if (operators.length > 0) return operators.slice(0, RUNG_AT_ONCE);
    const coordinators = await staff.coordinators();
    const next = coordinators[Math.max(0, round - 1) % Math.max(1, coordinators.length)];
    return next === undefined ? (await staff.operators()).slice(0, RUNG_AT_ONCE) : [next];
  };

  return {
    async escalateDue() {
      const overdue = (await alerts.live(LOOKED_AT)).filter((alert) => isOverdue(alert, clock.now()));
      const before = rounds;
      rounds = new Map(overdue.map(({ id }) => [id, (before.get(id) ?? -1) + 1]));
      // One ring tells of them all: the oldest is the one that is furthest.
      const round = Math.max(-1, ...rounds.values());
      if (round < 0) return 0;
      const rung = await whom(round);
      for (const one of rung) await staff.ring(one);
      return rung.length;
    },
  };
}
