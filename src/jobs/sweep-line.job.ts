import type { PhoneLine } from '../phone-line/phone-line.js';
import type { Job } from './job.js';

/** Ends what lost callbacks left on the line: callers who have gone, talks that are over, responders held. */
export const sweepLine = (line: Pick<PhoneLine, 'sweep'>): Job => ({
  name: 'sweep-line',
  pattern: '*/20 * * * * *',
  run: () => line.sweep(),
});
