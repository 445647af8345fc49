import type { Accounts } from '../../accounts/accounts.js';
import type { Audit } from '../../accounts/audit.js';
import type { BookingStore } from '../../booking/booking-store.js';
import type { DiaryEditor } from '../../booking/diary-editor.js';
import type { Planning } from '../../booking/planning.js';
import type { Clock } from '../../kernel/clock.js';
import type { Random } from '../../kernel/random.js';

/** What the coordinator's and the psychologists' pages stand on. */
export interface DiaryParts {
  accounts: Accounts;
  audit: Pick<Audit, 'record'>;
  clock: Clock;
  random: Random;
  diaryEditor: DiaryEditor;
  planning: Planning;
  stores: { bookings: Pick<BookingStore, 'confirmedIn'> };
}

/** What an act on the diary may lead to: `console.said.<code>`. */
export const DIARY_SAID = ['saved', 'removed'];
