import type { AccountStore, SessionStore } from '../accounts/account-store.js';
import type { BookingStore } from '../booking/booking-store.js';
import type { DiaryStore } from '../booking/diary-store.js';
import type { ConversationStore } from '../conversations/conversation-store.js';
import type { EventLog } from '../conversations/event-log.js';
import type { DirectoryEditStore } from '../directory/directory-store.js';
import type { AlertStore } from '../handoff/alert-store.js';
import type { JobStore } from '../jobs/job-store.js';
import type { DutyStore, LineRequestStore } from '../phone-line/line-store.js';
import type { DailyKeyStore } from '../privacy/daily-key-store.js';
import type { RecordKeyStore } from '../privacy/record-key-store.js';
import type { VaultStore } from '../privacy/vault-store.js';
import type { CountStore } from '../reporting/count-store.js';

/** Every port of the domain, implemented on one store. */
export interface Stores {
  conversations: ConversationStore;
  events: EventLog;
  bookings: BookingStore;
  diary: DiaryStore;
  duties: DutyStore;
  lineRequests: LineRequestStore;
  alerts: AlertStore;
  accounts: AccountStore;
  sessions: SessionStore;
  directoryEdits: DirectoryEditStore;
  dailyKeys: DailyKeyStore;
  vault: VaultStore;
  recordKeys: RecordKeyStore;
  counts: CountStore;
  jobs: JobStore;
  /** Rejects when the store cannot answer: used by `/readyz`. */
  ping(): Promise<void>;
  /** Flushes and closes; no call may follow. */
  close(): Promise<void>;
}
