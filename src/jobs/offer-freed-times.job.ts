import type { WaitingList } from '../booking/waiting-list.js';
import type { Job } from './job.js';

/** What came free goes to the waiting list, and what was not answered to the next in line. */
export const offerFreedTimes = (waiting: Pick<WaitingList, 'offerFree'>): Job => ({
  name: 'offer-freed-times',
  pattern: '* 0-1,3-23 * * *',
  run: () => waiting.offerFree(),
});
