import type { CallerHasher } from '../privacy/caller-hash.js';
import type { Job } from './job.js';

/** Destroys the key that stood for yesterday's numbers, two hours after its day. */
export const destroyDailyKeys = (hasher: CallerHasher): Job => ({
  name: 'destroy-daily-keys',
  pattern: '*/5 * * * *',
  run: async () => {
    await hasher.rotate();
    return 0;
  },
});
