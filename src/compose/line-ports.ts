import type { Accounts } from '../accounts/accounts.js';
import type { AppointmentLine } from '../booking/appointment-calls.js';
import { isPaused, type Presences } from '../handoff/presences.js';
import { after, type Clock, MINUTE } from '../kernel/clock.js';
import { asId, type StaffId } from '../kernel/ids.js';
import type { CallerCarrier } from '../phone-line/caller-carrier.js';
import type { BusyTimes, PhoneLine } from '../phone-line/phone-line.js';
import type { Stores } from '../storage/stores.js';

/** An appointment that begins so soon is kept free: a talk on the line may last. */
const SOON = 10 * MINUTE;

/** Nobody in an appointment, or just before one, is rung: phone-line asks booking through this port. */
export function busyTimesOf(stores: Stores, clock: Clock): BusyTimes {
  return {
    async inAppointment(responders) {
      const now = clock.now();
      const psychologists = responders.map((id) => asId<never>(id));
      const busy = await stores.bookings.busy({ psychologists, from: now, to: after(now, SOON), now });
      return new Set(
        busy.filter(({ status }) => status === 'confirmed').map(({ psychologist }) => psychologist),
      );
    },
  };
}

/** Whoever takes a break is not rung, unless nobody else is there. */
export function withoutPaused(
  { presences, clock }: { presences: Pick<Presences, 'there'>; clock: Clock },
  times: BusyTimes,
): BusyTimes {
  return {
    async inAppointment(responders) {
      const busy = await times.inAppointment(responders);
      const now = clock.now();
      const resting = (await presences.there()).filter((person) => isPaused(person, now));
      const all = new Set<string>([...busy, ...resting.map(({ staff }) => staff)]);
      return responders.every((responder) => all.has(responder)) ? busy : all;
    },
  };
}

/** Coordinators whose desk phone can be rung, always in the same order. */
export async function coordinatorsOf(accounts: Accounts): Promise<StaffId[]> {
  const able = (await accounts.list()).filter(
    ({ roles, disabled, deskPhoneVerified }) =>
      roles.includes('coordinator') && !disabled && deskPhoneVerified,
  );
  return able.map(({ id }) => id).sort();
}

const CALLER_RINGS_SECONDS = 30;

/** Booking asks the line for the calls of its appointments through this port. */
export function appointmentLine(phoneLine: PhoneLine, carrier: CallerCarrier): AppointmentLine {
  return {
    open: (conversation, psychologist) => phoneLine.request(conversation, 'appointment', { psychologist }),
    goOn: async (request) => ((await phoneLine.advance(request)).kind === 'ended' ? 'ended' : 'under-way'),
    leave: (request) => phoneLine.leave(request),
    ringCaller: async (call) =>
      (await carrier.ringCaller({ ...call, purpose: 'appointment-call', seconds: CALLER_RINGS_SECONDS }))
        .kind,
  };
}
