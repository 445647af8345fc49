import { after, type Clock, type Instant, MINUTE, SECOND } from '../kernel/clock.js';
import {
  type BookingId,
  type ConversationId,
  type LineRequestId,
  newId,
  type PsychologistId,
} from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import { readPhone } from '../messages/contact.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type { ContactId } from '../privacy/vault-store.js';
import type { AppointmentCall, AppointmentCallStore, CallUnderWay } from './appointment-call-store.js';
import type { Booking } from './booking.js';
import { DIAL_IN_AFTER } from './booking-limits.js';
import type { BookingStore } from './booking-store.js';

/** The telephone line as it is needed here: who is rung, in which order, and how long, is its business. */
export interface AppointmentLine {
  /** Puts the call in line for its own psychologist, then operators; nobody rings yet. */
  open(conversation: ConversationId, psychologist: PsychologistId): Promise<LineRequestId>;
  /** Rings whoever is next, by due time. */
  goOn(request: LineRequestId): Promise<'under-way' | 'ended'>;
  leave(request: LineRequestId): Promise<void>;
  /** Rings the number behind a contact; what becomes of it comes back as `taken` or `missed`. */
  ringCaller(call: {
    contact: ContactId;
    request: LineRequestId;
    conversation: ConversationId;
    language: AppointmentCall['language'];
  }): Promise<'ringing' | 'failed'>;
}

export type CallAskOutcome = 'kept' | 'not-a-number' | 'too-late' | 'not-by-telephone';

/** Telephone appointments for which a number was left: the service calls (product.md, "Booking rules"). */
export interface AppointmentCalls {
  /** Keeps a number for the hour of the appointment; a new one takes the place of the one before. */
  ask(request: {
    booking: BookingId;
    number: string;
    language: AppointmentCall['language'];
  }): Promise<CallAskOutcome>;
  has(booking: BookingId): Promise<boolean>;
  /** Destroys the number; the caller dials in. */
  withdraw(booking: BookingId): Promise<void>;
  /** The booking was moved or cancelled: the call goes with it. */
  follow(booking: BookingId): Promise<void>;
  /**
   * Rings the psychologist of each appointment that begins, then operators; tries again after five minutes, three times
   * in all, while the appointment may be had. May be run twice or late. @returns how many calls it began
   */
  callDue(): Promise<number>;
  /** Somebody of the staff has accepted this request: now the caller is rung, once. */
  staffReady(request: LineRequestId): Promise<'calling' | 'not-called'>;
  /** The caller has taken the call: the number has served and is destroyed. */
  taken(request: LineRequestId): Promise<void>;
  /** The caller did not answer, or would not take it. May come twice, or after `taken`. */
  missed(request: LineRequestId): Promise<void>;
}

const MOST_ATTEMPTS = 3;
const RETRY = 5 * MINUTE;
/** Nobody of the staff could be reached: sooner, for the caller waits by the phone. */
const RETRY_STAFF = MINUTE;
/** A ring of the caller whose end was never told is over for certain. */
const CALLER_GONE_AFTER = 90 * SECOND;
const BATCH = 200;

export function createAppointmentCalls(parts: {
  clock: Clock;
  random: Random;
  store: AppointmentCallStore;
  bookings: Pick<BookingStore, 'get'>;
  contacts: ContactVault;
  line: AppointmentLine;
}): AppointmentCalls {
  const { clock, random, store, bookings, contacts, line } = parts;

  const next = (call: AppointmentCall, change: Partial<AppointmentCall>): AppointmentCall => ({
    ...call,
    ...change,
    version: call.version + 1,
  });

  async function forget({ booking, contact, call }: AppointmentCall): Promise<void> {
    await contacts.withdraw(contact);
    await store.remove(booking);
    if (call !== null) await line.leave(call.request);
  }

  const keep = (value: string, endsAt: Instant): Promise<ContactId> =>
    contacts.keep({
      ...{ purpose: 'appointment-call', conversation: newId<ConversationId>(random), value, endsAt },
    });

  /** Few appointments begin at once: those under way are all due. */
  async function withRequest(
    request: LineRequestId,
  ): Promise<(AppointmentCall & { call: CallUnderWay }) | undefined> {
    const found = (await store.due(clock.now(), BATCH)).find(({ call }) => call?.request === request);
    return found?.call == null ? undefined : { ...found, call: found.call };
  }

  async function again(call: AppointmentCall, later: number): Promise<void> {
    if (call.call !== null) await line.leave(call.call.request);
    if (call.attempts >= MOST_ATTEMPTS) return forget({ ...call, call: null });
    await store.save(next(call, { call: null, dueAt: after(clock.now(), later) }));
  }

  const isOver = (booking: Booking | undefined): boolean =>
    booking?.status !== 'confirmed' || clock.now() >= booking.start + DIAL_IN_AFTER;

  async function begin(due: AppointmentCall, { psychologist }: Booking): Promise<number> {
    const conversation = newId<ConversationId>(random);
    const request = await line.open(conversation, psychologist);
    const call: CallUnderWay = { request, conversation, stage: 'staff', since: clock.now() };
    if ((await store.save(next(due, { call, attempts: due.attempts + 1 }))) === 'conflict') {
      await line.leave(request);
      return 0;
    }
    await line.goOn(request);
    return 1;
  }

  async function moveOn(due: AppointmentCall): Promise<number> {
    const booking = await bookings.get(due.booking);
    const { call } = due;
    if (booking === undefined || (isOver(booking) && call?.stage !== 'caller')) {
      await forget(due);
      return 0;
    }
    if (call === null) return begin(due, booking);
    if (call.stage === 'staff') {
      if ((await line.goOn(call.request)) === 'ended') await again(due, RETRY_STAFF);
    } else if (clock.now() - call.since >= CALLER_GONE_AFTER) await again(due, RETRY);
    return 0;
  }

  async function missed(request: LineRequestId): Promise<void> {
    const found = await withRequest(request);
    if (found !== undefined) await again(found, RETRY);
  }

  return {
    async ask({ booking: id, number, language }) {
      const to = readPhone(number);
      if (to === undefined) return 'not-a-number';
      const booking = await bookings.get(id);
      if (booking?.status !== 'confirmed' || booking.mode !== 'telephone') return 'not-by-telephone';
      if (booking.start <= clock.now()) return 'too-late';
      const before = await store.get(id);
      const contact = await keep(to, booking.start);
      const call: AppointmentCall = {
        ...{ booking: id, contact, language, dueAt: booking.start, attempts: 0, call: null },
        version: (before?.version ?? 0) + 1,
      };
      if ((await store.save(call)) === 'conflict') await contacts.withdraw(contact);
      else if (before !== undefined) await contacts.withdraw(before.contact);
      return 'kept';
    },
    has: async (booking) => (await store.get(booking)) !== undefined,
    async withdraw(booking) {
      const call = await store.get(booking);
      if (call !== undefined) await forget(call);
    },
    async follow(id) {
      const call = await store.get(id);
      if (call === undefined) return;
      const booking = await bookings.get(id);
      const number = await contacts.open(call.contact, 'appointment-call');
      if (booking?.status !== 'confirmed' || booking.mode !== 'telephone' || number === undefined)
        return forget(call);
      const contact = await keep(number, booking.start);
      const moved = next(call, { contact, dueAt: booking.start, attempts: 0, call: null });
      const saved = await store.save(moved);
      await contacts.withdraw(saved === 'saved' ? call.contact : contact);
      if (saved === 'saved' && call.call !== null) await line.leave(call.call.request);
    },
    async callDue() {
      let begun = 0;
      for (const due of await store.due(clock.now(), BATCH)) begun += await moveOn(due);
      return begun;
    },
    async staffReady(request) {
      const found = await withRequest(request);
      if (found === undefined) return 'not-called';
      const { call, contact, language } = found;
      if (call.stage === 'caller') return 'calling';
      const rung = next(found, { call: { ...call, stage: 'caller', since: clock.now() } });
      if ((await store.save(rung)) === 'conflict') return 'calling';
      const { conversation } = call;
      if ((await line.ringCaller({ contact, request, conversation, language })) === 'failed')
        await missed(request);
      return 'calling';
    },
    async taken(request) {
      const found = await withRequest(request);
      if (found !== undefined) await forget({ ...found, call: null });
    },
    missed,
  };
}
