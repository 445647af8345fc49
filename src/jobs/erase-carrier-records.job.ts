import type { CarrierRecords } from '../phone-line/carrier-records.js';
import type { Job } from './job.js';

/** Deletes at the carrier what it keeps of calls and messages that are over (product.md, "Anonymity", rule 8). */
export const eraseCarrierRecords = (records: Pick<CarrierRecords, 'eraseDue'>): Job => ({
  name: 'erase-carrier-records',
  pattern: '* * * * *',
  run: () => records.eraseDue(),
});
