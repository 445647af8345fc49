import type { AlertStore } from '../handoff/alert-store.js';
import type { Clock } from '../kernel/clock.js';
import type { LineRequestStore } from '../phone-line/line-store.js';
import { alertsEndBefore, lineRequestsEndBefore } from '../privacy/retention.js';
import type { Job } from './job.js';

const BATCH = 500;
const BATCHES = 100;

/** Destroys alerts a year after they were closed, and waits on the phone after thirty days. */
export function destroyPastRecords(parts: {
  clock: Clock;
  alerts: Pick<AlertStore, 'removeClosed'>;
  lineRequests: Pick<LineRequestStore, 'removeEnded'>;
}): Job {
  const { clock, alerts, lineRequests } = parts;
  return {
    name: 'destroy-past-records',
    pattern: '40 4 * * *',
    async run() {
      const now = clock.now();
      const closed = await inBatches(() => alerts.removeClosed(alertsEndBefore(now), BATCH));
      const ended = await inBatches(() => lineRequests.removeEnded(lineRequestsEndBefore(now), BATCH));
      return closed + ended;
    },
  };
}

async function inBatches(remove: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const removed = await remove();
    total += removed;
    if (removed < BATCH) break;
  }
  return total;
}
