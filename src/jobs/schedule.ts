import cron from 'node-cron';
import type { Reminders } from '../booking/reminders.js';
import type { Conversations } from '../conversations/conversations.js';
import type { Clock } from '../kernel/clock.js';
import { errorFields, type Logger } from '../kernel/log.js';
import type { CarrierRecords } from '../phone-line/carrier-records.js';
import type { ChatCodes } from '../phone-line/chat-codes.js';
import type { DroppedCalls } from '../phone-line/dropped-calls.js';
import type { PhoneLine } from '../phone-line/phone-line.js';
import type { CallerHasher } from '../privacy/caller-hash.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import { destroyContacts } from './destroy-contacts.job.js';
import { destroyDailyKeys } from './destroy-daily-keys.job.js';
import { destroyOldWords } from './destroy-old-words.job.js';
import { eraseCarrierRecords } from './erase-carrier-records.job.js';
import { forgetLinks } from './forget-links.job.js';
import type { Job } from './job.js';
import { sendReminders } from './send-reminders.job.js';
import { sweepLine } from './sweep-line.job.js';

export interface JobParts {
  clock: Clock;
  log: Logger;
  conversations: Conversations;
  contacts: ContactVault;
  reminders: Reminders;
  callerHasher: CallerHasher;
  phoneLine: Pick<PhoneLine, 'sweep'>;
  carrierRecords: Pick<CarrierRecords, 'eraseDue'>;
  chatCodes: Pick<ChatCodes, 'removeEnded'>;
  droppedCalls: Pick<DroppedCalls, 'removeEnded'>;
  config: { transcriptDays: number };
}

/** Every job of the service. */
export const jobsOf = ({
  clock,
  conversations,
  contacts,
  reminders,
  callerHasher,
  phoneLine,
  carrierRecords,
  chatCodes,
  droppedCalls,
  config,
}: JobParts): Job[] => [
  destroyOldWords({ clock, conversations, days: config.transcriptDays }),
  destroyContacts(contacts),
  sendReminders(reminders),
  destroyDailyKeys(callerHasher),
  sweepLine(phoneLine),
  eraseCarrierRecords(carrierRecords),
  forgetLinks({ chatCodes, droppedCalls }),
];

/** Runs each job at its time, once at a time, and once at start for what fell due meanwhile. */
export function startJobs(parts: JobParts): () => void {
  const tasks = jobsOf(parts).map((job) => {
    void runJob(job, parts.log);
    return cron.schedule(job.pattern, () => runJob(job, parts.log), {
      timezone: 'Europe/Paris',
      noOverlap: true,
    });
  });
  return () => {
    for (const task of tasks) void task.stop();
  };
}

async function runJob(job: Job, log: Logger): Promise<void> {
  try {
    const count = await job.run();
    const tell = count > 0 ? log.info : log.debug;
    tell('job done', { job: job.name, count });
  } catch (error) {
    log.error('job failed', { job: job.name, ...errorFields(error) });
  }
}
