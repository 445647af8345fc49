import type { Slot } from '../../src/booking/booking.js';
import { HOLD, LONGEST_HOLD } from '../../src/booking/booking-limits.js';
import { type Instant, instant } from '../../src/kernel/clock.js';
import type { DialogContext, Memory } from '../dialog.js';

type HeldTimes = NonNullable<Memory['heldTimes']>;
const MOST_REMEMBERED = 10;

/** When this conversation first held that time. */
export function heldSince({ memory }: DialogContext, { psychologist, start }: Slot): Instant | undefined {
  const held = memory.heldTimes?.find((one) => one.psychologist === psychologist && one.start === start);
  return held === undefined ? undefined : instant(held.since);
}

export function withHeld({ memory, now }: DialogContext, slot: Slot, since: Instant): HeldTimes {
  const { psychologist, start } = slot;
  const others = (memory.heldTimes ?? []).filter(
    (one) =>
      now - one.since < LONGEST_HOLD + HOLD && !(one.psychologist === psychologist && one.start === start),
  );
  return [...others, { psychologist, start, since }].slice(-MOST_REMEMBERED);
}
