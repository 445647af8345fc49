import { after, type Clock, type Instant } from '../kernel/clock.js';
import type { BookingId } from '../kernel/ids.js';
import type { Booking, Slot } from './booking.js';
import type {
  Admission,
  BookingService,
  FollowUp,
  KeepOutcome,
  LookUp,
  MoveOutcome,
  NoBooking,
  PublicBooking,
} from './booking-contract.js';
import { type BookingDesk, type BookingParts, type Claim, minutesOf } from './booking-desk.js';
import { DIAL_IN_AFTER, DIAL_IN_BEFORE, HOLD, MOST_SLOTS, SESSIONS_PER_CODE } from './booking-limits.js';
import type { BookingStore } from './booking-store.js';
import { writeCalendar } from './calendar-file.js';
import { type CodeHasher, parseCode } from './code.js';
import type { CodeBrake } from './code-brake.js';
import type { Audience } from './slot-cutting.js';

export interface CodeDeskParts {
  clock: Clock;
  store: BookingStore;
  desk: BookingDesk;
  hashOf: CodeHasher;
  brake: CodeBrake;
  changed: NonNullable<BookingParts['changed']>;
}

const NOT_FOUND = { kind: 'not-found' } as const;
const TOO_BUSY = { kind: 'too-busy' } as const;

export type CodeDesk = Pick<
  BookingService,
  | 'byCode'
  | 'calendarOf'
  | 'idOf'
  | 'admit'
  | 'cancel'
  | 'slotsToMove'
  | 'keepForMove'
  | 'move'
  | 'answerProposal'
  | 'followUp'
>;

/** All that is done with a reference code in hand. */
export function createCodeDesk(parts: CodeDeskParts): CodeDesk {
  const { clock, store, desk } = parts;
  const bookingsBehind = createLookUp(parts);

  /** The next appointment that has not ended, confirmed before cancelled. */
  async function next(code: string, as: Audience): Promise<Booking | NoBooking> {
    const bookings = await bookingsBehind(code, as);
    if ('kind' in bookings) return bookings;
    const ahead = bookings.filter(({ end }) => end > clock.now()).sort((a, b) => a.start - b.start);
    return ahead.find(({ status }) => status === 'confirmed') ?? ahead[0] ?? NOT_FOUND;
  }
  async function nextConfirmed(code: string, as: Audience): Promise<Booking | NoBooking> {
    const booking = await next(code, as);
    return 'kind' in booking || booking.status === 'confirmed' ? booking : NOT_FOUND;
  }

  async function byCode(code: string, as: Audience = 'caller'): Promise<LookUp> {
    const booking = await nextConfirmed(code, as);
    if ('kind' in booking) return booking;
    const view = await desk.view();
    const { proposal } = booking;
    const proposed =
      proposal !== null && isAsked(booking, clock.now()) ? desk.asPublic(view, proposal.to) : null;
    return { kind: 'found', booking: desk.asPublic(view, booking), proposed };
  }

  async function calendarOf(code: string, as: Audience = 'caller') {
    const booking = await nextConfirmed(code, as);
    if ('kind' in booking) return booking;
    const { id, start, end } = booking;
    return { kind: 'found', file: writeCalendar([{ name: id, start, end }], clock.now()) } as const;
  }

  async function idOf(code: string, as: Audience = 'caller'): Promise<BookingId | undefined> {
    const booking = await nextConfirmed(code, as);
    return 'kind' in booking ? undefined : booking.id;
  }

  async function admit(code: string, as: Audience = 'caller'): Promise<Admission> {
    const booking = await nextConfirmed(code, as);
    if ('kind' in booking) return booking;
    const early = booking.start - clock.now();
    const isTime = early <= DIAL_IN_BEFORE && early > -DIAL_IN_AFTER;
    if (booking.mode !== 'telephone' || !isTime) return { kind: 'not-now' };
    return { kind: 'now', psychologist: booking.psychologist };
  }

  async function cancel(code: string, as: Audience = 'caller') {
    const booking = await next(code, as);
    if ('kind' in booking) return booking.kind;
    if ((await store.cancel(booking.id)) === 'unknown') return 'not-found';
    await parts.changed(booking.id);
    return 'cancelled';
  }

  /** At the site first; elsewhere only with the same psychologist. */
  async function slotsToMove(
    code: string,
    query: Parameters<BookingService['slotsToMove']>[1],
    as: Audience = 'caller',
  ): Promise<Slot[]> {
    const booking = await nextConfirmed(code, as);
    if ('kind' in booking) return [];
    const view = await desk.view();
    const offered = desk.offeredNow();
    const window = { ...offered, from: later(offered.from, query.from) };
    const filter = {
      ...claimFor(as),
      psychologist: booking.psychologist,
      mode: booking.mode,
      minutes: minutesOf(booking),
      wish: query.wish,
    };
    const limit = Math.min(Math.max(1, query.limit), MOST_SLOTS);
    const here = await desk.search(view).free({ ...filter, sites: [booking.site] }, window, limit);
    if (here.length > 0) return here;
    return desk.search(view).free({ ...filter, sites: [...view.calendar.sites.keys()] }, window, limit);
  }

  /** A slot of another length is not what was asked: the time is kept, not the end. */
  async function target(booking: Booking, slot: Slot, as: Audience) {
    const view = await desk.view();
    const sameLength: Slot = { ...slot, end: after(slot.start, booking.end - booking.start) };
    return { view, slot: sameLength, placement: desk.placementOf(view, sameLength, claimFor(as)) };
  }

  async function keepForMove(code: string, wanted: Slot, as: Audience = 'caller'): Promise<KeepOutcome> {
    const booking = await nextConfirmed(code, as);
    if ('kind' in booking) return booking;
    const { view, slot, placement } = await target(booking, wanted, as);
    const taken = async (): Promise<KeepOutcome> => ({
      kind: 'taken',
      nearest: await desk.nearestTo(view, slot, claimFor(as)),
    });
    if (placement === undefined) return taken();
    const now = clock.now();
    const until = after(now, HOLD);
    const outcome = await store.propose(booking.id, { to: placement, until, by: 'caller' }, now);
    if (outcome === 'unknown') return NOT_FOUND;
    return outcome === 'taken' ? taken() : { kind: 'kept', until };
  }

  async function told(booking: Booking, moved: PublicBooking): Promise<MoveOutcome> {
    await parts.changed(booking.id);
    return { kind: 'moved', booking: moved };
  }

  async function move(code: string, wanted: Slot, as: Audience = 'caller'): Promise<MoveOutcome> {
    const booking = await nextConfirmed(code, as);
    if ('kind' in booking) return booking;
    const { view, slot, placement } = await target(booking, wanted, as);
    if (isAt(booking, slot)) return told(booking, desk.asPublic(view, booking));
    const outcome = placement === undefined ? 'taken' : await store.move(booking.id, placement, clock.now());
    if (outcome === 'unknown') return NOT_FOUND;
    if (outcome === 'moved') return told(booking, desk.asPublic(view, slot));
    return { kind: 'taken', nearest: await desk.nearestTo(view, slot, claimFor(as)) };
  }

  async function answerProposal(code: string, answer: 'accept' | 'refuse', as: Audience = 'caller') {
    const booking = await nextConfirmed(code, as);
    if ('kind' in booking) return booking;
    if (answer === 'refuse') {
      await store.withdrawProposal(booking.id);
      return { kind: 'refused' } as const;
    }
    const view = await desk.view();
    const { proposal } = booking;
    if (proposal === null) return { kind: 'moved', booking: desk.asPublic(view, booking) } as const;
    const outcome = await store.move(booking.id, proposal.to, clock.now());
    if (outcome === 'unknown') return NOT_FOUND;
    if (outcome === 'moved') return told(booking, desk.asPublic(view, proposal.to));
    return { kind: 'taken', nearest: await desk.nearestTo(view, proposal.to, claimFor(as)) } as const;
  }

  async function followUp(code: string, as: Audience = 'caller'): Promise<FollowUp> {
    const bookings = await bookingsBehind(code, as);
    if ('kind' in bookings) return bookings;
    const confirmed = bookings.filter(({ status }) => status === 'confirmed');
    const last = confirmed.sort((a, b) => b.start - a.start)[0];
    if (last === undefined) return NOT_FOUND;
    if (last.start > clock.now())
      return { kind: 'booked-already', booking: desk.asPublic(await desk.view(), last) };
    const session = Math.max(...confirmed.map((booking) => booking.session)) + 1;
    if (session > SESSIONS_PER_CODE) return { kind: 'quota-reached' };
    const { psychologist, site, mode } = last;
    return { kind: 'allowed', session, psychologist, site, mode, minutes: minutesOf(last) };
  }

  return {
    byCode,
    calendarOf,
    idOf,
    admit,
    cancel,
    slotsToMove,
    keepForMove,
    move,
    answerProposal,
    followUp,
  };
}

/** Finds what is behind a code. Every way of finding nothing takes as long and answers the same. */
function createLookUp({ store, hashOf, brake }: CodeDeskParts) {
  return async (text: string, as: Audience): Promise<Booking[] | NoBooking> => {
    if (as === 'caller' && (await brake.enter()) === 'too-busy') return TOO_BUSY;
    const code = parseCode(text);
    const bookings = code === undefined ? [] : await store.byCode(hashOf(code));
    if (bookings.length > 0) return bookings;
    if (as === 'caller') await brake.failed();
    return NOT_FOUND;
  };
}

const claimFor = (audience: Audience): Claim => ({ audience, anyLength: true });

const later = (a: Instant, b: Instant | undefined): Instant => (b === undefined || b < a ? a : b);

const isAt = (booking: Booking, slot: Slot): boolean =>
  booking.start === slot.start &&
  booking.psychologist === slot.psychologist &&
  booking.site === slot.site &&
  booking.mode === slot.mode;

const isAsked = ({ proposal }: Booking, now: Instant): boolean =>
  proposal !== null && proposal.by === 'service' && proposal.until > now;
