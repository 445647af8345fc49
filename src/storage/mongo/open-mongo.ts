import { type Connection, createConnection } from 'mongoose';
import { type Clock, systemClock } from '../../kernel/clock.js';
import { StartError } from '../../kernel/errors.js';
import type { Stores } from '../stores.js';
import { appointmentCallStore } from './appointment-calls.mongo.js';
import { auditStore } from './audit.mongo.js';
import { bookingStore } from './bookings.mongo.js';
import { callbackStore } from './callbacks.mongo.js';
import { chatCodeStore } from './chat-codes.mongo.js';
import { codePaceStore } from './code-pace.mongo.js';
import { conversationStore } from './conversations.mongo.js';
import { countStore } from './counts.mongo.js';
import { deliveryStore } from './deliveries.mongo.js';
import { diaryStore } from './diary.mongo.js';
import { directoryEditStore, directoryGapStore } from './directory.mongo.js';
import { droppedCallStore } from './dropped-calls.mongo.js';
import { eventLog } from './event-log.mongo.js';
import { feedStore } from './feeds.mongo.js';
import { hoursStore } from './hours.mongo.js';
import { jobStore } from './jobs.mongo.js';
import { erasureStore, rosterStore } from './line.mongo.js';
import { alertStore, dutyStore, lineRequestStore } from './live-records.mongo.js';
import { migrate } from './migrations.mongo.js';
import { noteStore } from './notes.mongo.js';
import { presenceStore } from './presences.mongo.js';
import { dailyKeyStore, recordKeyStore, vaultStore } from './privacy.mongo.js';
import { reminderStore } from './reminders.mongo.js';
import { accountStore, apiTokenStore, secondFactorStore, sessionStore } from './staff.mongo.js';
import { textThreadStore } from './text-threads.mongo.js';
import { textStore } from './texts.mongo.js';
import { waitingStore } from './waiting.mongo.js';

const FIND_SERVER_MS = 5_000;

/**
 * The store shared by several instances. A write counts once a majority has it in its journal.
 * @throws StartError when the server cannot be reached; the address, which holds a password, is not repeated
 */
export async function openMongo(uri: string, clock: Clock = systemClock): Promise<Stores> {
  const connection = await connect(uri);
  const stores: Omit<Stores, 'ping' | 'close'> = {
    conversations: conversationStore(connection),
    deliveries: deliveryStore(connection),
    events: eventLog(connection, clock),
    bookings: bookingStore(connection),
    diary: diaryStore(connection),
    reminders: reminderStore(connection),
    feeds: feedStore(connection),
    texts: textStore(connection),
    waiting: waitingStore(connection),
    codePace: codePaceStore(connection),
    appointmentCalls: appointmentCallStore(connection),
    duties: dutyStore(connection),
    lineRequests: lineRequestStore(connection),
    roster: rosterStore(connection),
    erasures: erasureStore(connection),
    chatCodes: chatCodeStore(connection),
    droppedCalls: droppedCallStore(connection),
    textThreads: textThreadStore(connection),
    callbacks: callbackStore(connection),
    alerts: alertStore(connection),
    presences: presenceStore(connection),
    notes: noteStore(connection),
    accounts: accountStore(connection),
    sessions: sessionStore(connection),
    audit: auditStore(connection),
    secondFactors: secondFactorStore(connection),
    apiTokens: apiTokenStore(connection),
    directoryEdits: directoryEditStore(connection),
    directoryGaps: directoryGapStore(connection),
    hours: hoursStore(connection),
    dailyKeys: dailyKeyStore(connection),
    vault: vaultStore(connection),
    recordKeys: recordKeyStore(connection),
    counts: countStore(connection),
    jobs: jobStore(connection),
  };
  await migrate(connection);
  await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  return {
    ...stores,
    ping: async () => {
      await connection.db?.command({ ping: 1 });
    },
    close: () => connection.close(),
  };
}

async function connect(uri: string): Promise<Connection> {
  try {
    return await createConnection(uri, {
      ...(uri.includes('serverSelectionTimeoutMS=') ? {} : { serverSelectionTimeoutMS: FIND_SERVER_MS }),
      writeConcern: { w: 'majority', j: true },
      readConcern: { level: 'majority' },
      autoIndex: false,
      autoCreate: false,
    }).asPromise();
  } catch (cause) {
    throw new StartError('MONGODB_URI: MongoDB cannot be reached; check the address and the server.', {
      cause,
    });
  }
}
