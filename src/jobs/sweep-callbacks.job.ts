import type { Callbacks } from '../phone-line/callbacks.js';
import type { Job } from './job.js';

/** Gives back callbacks that were taken and forgotten, and destroys the numbers of those whose time is over. */
export const sweepCallbacks = (callbacks: Pick<Callbacks, 'sweep'>): Job => ({
  name: 'sweep-callbacks',
  pattern: '* * * * *',
  run: () => callbacks.sweep(),
});
