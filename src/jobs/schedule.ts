import cron from 'node-cron';
import type { SessionStore } from '../accounts/account-store.js';
import type { Audit } from '../accounts/audit.js';
import type { AppointmentCalls } from '../booking/appointment-calls.js';
import type { Booking } from '../booking/booking.js';
import type { BookingStore } from '../booking/booking-store.js';
import type { Reminders } from '../booking/reminders.js';
import type { WaitingList } from '../booking/waiting-list.js';
import type { Conversations } from '../conversations/conversations.js';
import type { EventLog } from '../conversations/event-log.js';
import type { AlertStore } from '../handoff/alert-store.js';
import type { Clock } from '../kernel/clock.js';
import { errorFields, type Logger } from '../kernel/log.js';
import { type Random, token } from '../kernel/random.js';
import type { Texts } from '../messages/texts.js';
import type { Callbacks } from '../phone-line/callbacks.js';
import type { CarrierRecords } from '../phone-line/carrier-records.js';
import type { ChatCodes } from '../phone-line/chat-codes.js';
import type { DroppedCalls } from '../phone-line/dropped-calls.js';
import type { LineRequestStore } from '../phone-line/line-store.js';
import type { PhoneLine } from '../phone-line/phone-line.js';
import type { TextThreads } from '../phone-line/text-threads.js';
import type { CallerHasher } from '../privacy/caller-hash.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import type { CountStore } from '../reporting/count-store.js';
import type { SupportPlace } from '../reporting/fact.js';
import { callAppointments } from './call-appointments.job.js';
import { countPastBookings } from './count-past-bookings.job.js';
import { deliverTexts } from './deliver-texts.job.js';
import { destroyContacts } from './destroy-contacts.job.js';
import { destroyDailyKeys } from './destroy-daily-keys.job.js';
import { destroyOldWords } from './destroy-old-words.job.js';
import { destroyPastRecords } from './destroy-past-records.job.js';
import { destroySessions } from './destroy-sessions.job.js';
import { eraseCarrierRecords } from './erase-carrier-records.job.js';
import { forgetHolds } from './forget-holds.job.js';
import { forgetLinks } from './forget-links.job.js';
import type { Job } from './job.js';
import { createJobRunner } from './job-runner.js';
import type { JobStore } from './job-store.js';
import { offerFreedTimes } from './offer-freed-times.job.js';
import { sendReminders } from './send-reminders.job.js';
import { sendTexts } from './send-texts.job.js';
import { sweepCallbacks } from './sweep-callbacks.job.js';
import { sweepLine } from './sweep-line.job.js';
import { trimAudit } from './trim-audit.job.js';
import { trimEvents } from './trim-events.job.js';

export interface JobParts {
  clock: Clock;
  log: Logger;
  audit: Pick<Audit, 'trim'>;
  conversations: Conversations;
  contacts: ContactVault;
  reminders: Reminders;
  texts: Pick<Texts, 'sendDue'>;
  waiting: Pick<WaitingList, 'offerFree'>;
  appointmentCalls: Pick<AppointmentCalls, 'callDue'>;
  callerHasher: CallerHasher;
  phoneLine: Pick<PhoneLine, 'sweep'>;
  carrierRecords: Pick<CarrierRecords, 'eraseDue'>;
  chatCodes: Pick<ChatCodes, 'removeEnded'>;
  droppedCalls: Pick<DroppedCalls, 'removeEnded'>;
  textThreads: Pick<TextThreads, 'removeEnded'>;
  callbacks: Pick<Callbacks, 'sweep'>;
  textLine: { deliverUnfinished(): Promise<number> };
  stores: {
    alerts: Pick<AlertStore, 'removeClosed'>;
    lineRequests: Pick<LineRequestStore, 'removeEnded'>;
    bookings: Pick<BookingStore, 'endedBy' | 'remove' | 'removeEndedHolds'>;
    counts: CountStore;
    events: EventLog;
    jobs: JobStore;
    sessions: SessionStore;
  };
  placeOf: (booking: Booking) => Promise<SupportPlace>;
  config: { transcriptDays: number };
}

/** Every job of the service. */
export const jobsOf = ({
  clock,
  audit,
  conversations,
  contacts,
  reminders,
  texts,
  waiting,
  appointmentCalls,
  callerHasher,
  phoneLine,
  carrierRecords,
  chatCodes,
  droppedCalls,
  textThreads,
  callbacks,
  textLine,
  stores,
  placeOf,
  config,
}: JobParts): Job[] => [
  destroyOldWords({ clock, conversations, days: config.transcriptDays }),
  destroyContacts(contacts),
  sendReminders(reminders),
  callAppointments(appointmentCalls),
  sendTexts(texts),
  offerFreedTimes(waiting),
  destroyDailyKeys(callerHasher),
  sweepLine(phoneLine),
  sweepCallbacks(callbacks),
  eraseCarrierRecords(carrierRecords),
  forgetLinks({ chatCodes, droppedCalls, textThreads }),
  deliverTexts(textLine),
  countPastBookings({ clock, placeOf, ...stores }),
  forgetHolds({ clock, bookings: stores.bookings }),
  destroySessions({ clock, sessions: stores.sessions }),
  destroyPastRecords({ clock, ...stores }),
  trimEvents(stores.events),
  trimAudit(audit),
];

const EVERY_TWENTY_SECONDS = '*/20 * * * * *';

/** Looks every twenty seconds for what is due, and once at start for what fell due meanwhile. */
export function startJobs(parts: JobParts & { random: Random }): () => void {
  const { clock, log, stores, random } = parts;
  const holder = token(random, 9);
  const runner = createJobRunner({ jobs: jobsOf(parts), store: stores.jobs, clock, log, holder });
  const tick = (): Promise<void> =>
    runner.tick().catch((error: unknown) => log.error('jobs could not be looked at', errorFields(error)));
  void tick();
  const task = cron.schedule(EVERY_TWENTY_SECONDS, tick, { timezone: 'Europe/Paris' });
  return () => void task.stop();
}
