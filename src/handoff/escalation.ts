import type { StaffId } from '../kernel/ids.js';

/** Asked of accounts and the phone line: who may be told of an alert that nobody acknowledges, and by what phone. */
export interface EscalationStaff {
  /** Operators on duty who are not on a call. */
  operators(): Promise<StaffId[]>;
  /** Coordinators with a desk phone, always in the same order. */
  coordinators(): Promise<StaffId[]>;
  ring(staff: StaffId): Promise<void>;
}

/** Unacknowledged after 60 s: all operators again, then the coordinators' phones (product.md, "Safety protocol"). */
export interface Escalation {
  /** @param round from 0: all operators; from 1: one coordinator after another. @returns how many phones ring */
  ring(round: number): Promise<number>;
}

const RUNG_AT_ONCE = 20;

export function createEscalation(staff: EscalationStaff): Escalation {
  const whom = async (round: number): Promise<StaffId[]> => {
    const operators = round === 0 ? await staff.operators() : [];
    if (operators.length > 0) return operators.slice(0, RUNG_AT_ONCE);
    const coordinators = await staff.coordinators();
    const next = coordinators[Math.max(0, round - 1) % Math.max(1, coordinators.length)];
    return next === undefined ? (await staff.operators()).slice(0, RUNG_AT_ONCE) : [next];
  };
  return {
    async ring(round) {
      const rung = await whom(round);
      for (const one of rung) await staff.ring(one);
      return rung.length;
    },
  };
}
