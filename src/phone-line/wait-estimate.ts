import { MINUTE } from '../kernel/clock.js';

const REMEMBERED = 20;
const ENOUGH = 3;

export interface WaitEstimate {
  /** A talk has ended after so many milliseconds. */
  talked(ms: number): void;
  /** Minutes until this place in line is served by so many people; `null` while too few talks were seen. */
  minutes(position: number, staff: number): number | null;
}

/** From the talks this process has seen: an estimate of nothing would be a promise. */
export function createWaitEstimate(): WaitEstimate {
  let talks: number[] = [];
  return {
    talked(ms) {
      talks = [...talks, ms].slice(-REMEMBERED);
    },
    minutes(position, staff) {
      if (talks.length < ENOUGH || staff === 0) return null;
      const mean = talks.reduce((sum, ms) => sum + ms, 0) / talks.length;
      return Math.max(1, Math.ceil((mean * position) / staff / MINUTE));
    },
  };
}
