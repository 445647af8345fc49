import type { AccountStore, SessionStore } from '../accounts/account-store.js';
import type { AuditStore } from '../accounts/audit-store.js';
import type { SecondFactorStore } from '../accounts/second-factor-store.js';
import type { AppointmentCallStore } from '../booking/appointment-call-store.js';
import type { BookingStore } from '../booking/booking-store.js';
import type { CodePaceStore } from '../booking/code-pace-store.js';
import type { DiaryStore } from '../booking/diary-store.js';
import type { FeedStore } from '../booking/feed-store.js';
import type { ReminderStore } from '../booking/reminder-store.js';
import type { WaitingStore } from '../booking/waiting-store.js';
import type { ConversationStore } from '../conversations/conversation-store.js';
import type { EventLog } from '../conversations/event-log.js';
import type { DirectoryEditStore, DirectoryGapStore } from '../directory/directory-store.js';
import type { AlertStore } from '../handoff/alert-store.js';
import type { NoteStore } from '../handoff/note-store.js';
import type { PresenceStore } from '../handoff/presence-store.js';
import type { JobStore } from '../jobs/job-store.js';
import type { TextStore } from '../messages/text-store.js';
import type { HoursStore } from '../opening-hours/hours-store.js';
import type { ErasureStore } from '../phone-line/carrier-records.js';
import type { ChatCodeStore } from '../phone-line/chat-codes.js';
import type { DroppedCallStore } from '../phone-line/dropped-calls.js';
import type { DutyStore, LineRequestStore } from '../phone-line/line-store.js';
import type { RosterStore } from '../phone-line/roster-store.js';
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
  reminders: ReminderStore;
  feeds: FeedStore;
  texts: TextStore;
  waiting: WaitingStore;
  codePace: CodePaceStore;
  appointmentCalls: AppointmentCallStore;
  duties: DutyStore;
  lineRequests: LineRequestStore;
  roster: RosterStore;
  erasures: ErasureStore;
  chatCodes: ChatCodeStore;
  droppedCalls: DroppedCallStore;
  alerts: AlertStore;
  presences: PresenceStore;
  notes: NoteStore;
  accounts: AccountStore;
  sessions: SessionStore;
  audit: AuditStore;
  secondFactors: SecondFactorStore;
  directoryEdits: DirectoryEditStore;
  directoryGaps: DirectoryGapStore;
  hours: HoursStore;
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
