import type { Audit } from '../accounts/audit.js';
import type { Job } from './job.js';

/** What staff did is written down for a year, and then no longer known. */
export const trimAudit = (audit: Pick<Audit, 'trim'>): Job => ({
  name: 'trim-audit',
  pattern: '40 4 * * *',
  run: () => audit.trim(),
});
