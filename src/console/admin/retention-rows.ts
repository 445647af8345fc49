import { API_TOKEN_LASTS } from '../../accounts/api-token.js';
import { AUDIT_KEPT } from '../../accounts/audit.js';
import { SESSION_LONGEST } from '../../accounts/sessions.js';
import { PAST_BOOKINGS_KEPT_DAYS } from '../../jobs/count-past-bookings.job.js';
import { KEPT_EVENTS } from '../../jobs/trim-events.job.js';
import { DAY, HOUR } from '../../kernel/clock.js';
import { OLD_KEY_KEPT } from '../../privacy/caller-hash.js';
import { CONTACT_KEPT_AFTER_END } from '../../privacy/contact-vault.js';
import { ALERT_DAYS, LINE_REQUEST_DAYS } from '../../privacy/retention.js';

export interface RetentionRow {
  what: string;
  kept: 'days' | 'hours' | 'hours-after-purpose' | 'hours-after-change' | 'entries' | 'always';
  count: number;
}

/** How long each kind of data is kept, from the constants the jobs themselves go by. */
export const retentionRows = ({ transcriptDays }: { transcriptDays: number }): RetentionRow[] => [
  { what: 'words', kept: 'days', count: transcriptDays },
  { what: 'contacts', kept: 'hours-after-purpose', count: CONTACT_KEPT_AFTER_END / HOUR },
  { what: 'daily-keys', kept: 'hours-after-change', count: OLD_KEY_KEPT / HOUR },
  { what: 'bookings', kept: 'days', count: PAST_BOOKINGS_KEPT_DAYS },
  { what: 'alerts', kept: 'days', count: ALERT_DAYS },
  { what: 'line-requests', kept: 'days', count: LINE_REQUEST_DAYS },
  { what: 'events', kept: 'entries', count: KEPT_EVENTS },
  { what: 'audit', kept: 'days', count: AUDIT_KEPT / DAY },
  { what: 'sessions', kept: 'hours', count: SESSION_LONGEST / HOUR },
  { what: 'tokens', kept: 'days', count: API_TOKEN_LASTS / DAY },
  { what: 'counts', kept: 'always', count: 0 },
];
