import path from 'node:path';
import { StartError } from '../../kernel/errors.js';
import { makeFolder } from '../make-folder.js';
import type { Stores } from '../stores.js';
import { accountStore, apiTokenStore, secondFactorStore, sessionStore } from './accounts.lmdb.js';
import { alertStore } from './alerts.lmdb.js';
import { appointmentCallStore } from './appointment-calls.lmdb.js';
import { auditStore } from './audit.lmdb.js';
import { bookingStore } from './bookings.lmdb.js';
import { callbackStore } from './callbacks.lmdb.js';
import { chatCodeStore } from './chat-codes.lmdb.js';
import { codePaceStore } from './code-pace.lmdb.js';
import { conversationStore } from './conversations.lmdb.js';
import { countStore } from './counts.lmdb.js';
import { deliveryStore } from './deliveries.lmdb.js';
import { diaryStore } from './diary.lmdb.js';
import { directoryEditStore, directoryGapStore } from './directory-edits.lmdb.js';
import { droppedCallStore } from './dropped-calls.lmdb.js';
import { eventLog } from './event-log.lmdb.js';
import { feedStore } from './feeds.lmdb.js';
import { hoursStore } from './hours.lmdb.js';
import { jobStore } from './jobs.lmdb.js';
import { openKeyFile } from './key-file.js';
import { dutyStore, erasureStore, lineRequestStore, rosterStore } from './line.lmdb.js';
import { openLmdbFile } from './lmdb-file.js';
import { migrate } from './migrations.lmdb.js';
import { noteStore } from './notes.lmdb.js';
import { presenceStore } from './presences.lmdb.js';
import { vaultStore } from './privacy.lmdb.js';
import { reminderStore } from './reminders.lmdb.js';
import { takeServingLock } from './serving-lock.js';
import { textThreadStore } from './text-threads.lmdb.js';
import { textStore } from './texts.lmdb.js';
import { waitingStore } from './waiting.lmdb.js';

/** The embedded store in a folder. @throws StartError when the folder cannot be used, or is served already */
export function openLmdb(options: { dataDir: string; serving: boolean }): Stores {
  const { dataDir, serving } = options;
  try {
    makeFolder(dataDir);
  } catch (cause) {
    throw new StartError(`DATA_DIR: ${dataDir} cannot be used; choose a folder this account may write.`, {
      cause,
    });
  }
  const unlock = serving ? takeServingLock(dataDir) : () => undefined;
  const file = openLmdbFile(path.join(dataDir, 'store'));
  migrate(file);
  const keyFile = openKeyFile(dataDir);
  const accounts = accountStore(file);
  return {
    conversations: conversationStore(file),
    deliveries: deliveryStore(file),
    events: eventLog(file),
    bookings: bookingStore(file),
    diary: diaryStore(file),
    reminders: reminderStore(file),
    feeds: feedStore(file),
    texts: textStore(file),
    waiting: waitingStore(file),
    codePace: codePaceStore(file),
    appointmentCalls: appointmentCallStore(file),
    duties: dutyStore(file),
    lineRequests: lineRequestStore(file),
    roster: rosterStore(file),
    erasures: erasureStore(file),
    chatCodes: chatCodeStore(file),
    droppedCalls: droppedCallStore(file),
    textThreads: textThreadStore(file),
    callbacks: callbackStore(file),
    alerts: alertStore(file),
    presences: presenceStore(file),
    notes: noteStore(file),
    accounts,
    sessions: sessionStore(file),
    audit: auditStore(file),
    secondFactors: secondFactorStore(file),
    apiTokens: apiTokenStore(file),
    directoryEdits: directoryEditStore(file),
    directoryGaps: directoryGapStore(file),
    hours: hoursStore(file),
    vault: vaultStore(file),
    counts: countStore(file),
    jobs: jobStore(file),
    dailyKeys: keyFile.dailyKeys,
    recordKeys: keyFile.recordKeys,
    ping: async () => {
      await accounts.list(1);
    },
    close: async () => {
      await file.close();
      await keyFile.close();
      unlock();
    },
  };
}
