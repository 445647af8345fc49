import type { Accounts } from '../../accounts/accounts.js';
import type { Audit } from '../../accounts/audit.js';
import type { AttendanceDesk } from '../../booking/attendance.js';
import type { BookingStore } from '../../booking/booking-store.js';
import type { CalendarFeeds } from '../../booking/calendar-feeds.js';
import type { Coverage } from '../../booking/coverage.js';
import type { DiaryEditor } from '../../booking/diary-editor.js';
import type { DiaryStore } from '../../booking/diary-store.js';
import type { Planning } from '../../booking/planning.js';
import type { Clock } from '../../kernel/clock.js';
import type { Random } from '../../kernel/random.js';
import type { OpeningTimes } from '../../opening-hours/opening-times.js';
import type { RosterEditor } from '../../phone-line/roster-editor.js';

/** What the coordinator's and the psychologists' pages stand on. */
export interface DiaryParts {
  accounts: Accounts;
  audit: Pick<Audit, 'record'>;
  clock: Clock;
  random: Random;
  diaryEditor: DiaryEditor;
  planning: Planning;
  attendance: AttendanceDesk;
  calendars: CalendarFeeds;
  coverage: Coverage;
  rosterEditor: RosterEditor;
  openingTimes: Pick<OpeningTimes, 'opensBetween'>;
  publicUrl: () => string;
  stores: { bookings: Pick<BookingStore, 'confirmedIn'>; diary: DiaryStore };
}

/** What an act on the diary may lead to: `console.said.<code>`. */
export const DIARY_SAID = ['saved', 'removed', 'changed-meanwhile'];
