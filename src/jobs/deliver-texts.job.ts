import type { Job } from './job.js';

/** Sends texts that a failure or a killed process left unsent. */
export const deliverTexts = (texts: { deliverUnfinished(): Promise<number> }): Job => ({
  name: 'deliver-texts',
  pattern: '* * * * *',
  run: () => texts.deliverUnfinished(),
});
