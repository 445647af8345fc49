import { DAY, HOUR, MINUTE } from '../kernel/clock.js';

/** Shortest time between the offer of a slot and its start. */
export const NOTICE = 2 * HOUR;
/** A slot is offered when it starts less than this ahead. */
export const HORIZON = 28 * DAY;
/** How long a chosen slot is held (product.md, "Booking rules"). */
export const HOLD = 5 * MINUTE;
/** A hold lasts this long at most, renewals included. */
export const LONGEST_HOLD = 15 * MINUTE;
/** Slots offered to whoever lost the one they chose. */
export const NEAREST_SLOTS = 3;
/** How far around a lost slot others are looked for. */
export const NEAREST_REACH = 7 * DAY;
/** Most slots one search answers with. */
export const MOST_SLOTS = 200;
/** Most bookings `BookingStore.busy` returns: an answer of this size may be cut short. */
export const BUSY_LIMIT = 20_000;
/** A telephone appointment is dialled in from so long before its start to so long after it. */
export const DIAL_IN_BEFORE = 5 * MINUTE;
export const DIAL_IN_AFTER = 15 * MINUTE;
/** Appointments with the same psychologist under one code (product.md, "Booking rules"). */
export const SESSIONS_PER_CODE = 3;
