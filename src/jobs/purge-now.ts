import type { Job } from './job.js';

/** Jobs that destroy what has been kept long enough. */
const DESTROYING = new Set([
  ...['destroy-old-words', 'destroy-contacts', 'destroy-daily-keys', 'erase-carrier-records', 'forget-links'],
  ...['count-past-bookings', 'destroy-sessions', 'destroy-past-records', 'trim-events', 'trim-audit'],
]);

export interface Purged {
  job: string;
  /** `undefined` when it failed: its own time will come. */
  count: number | undefined;
}

/** Runs them at once, one after the other; each may be run twice without harm. */
export async function purgeNow(jobs: readonly Job[]): Promise<Purged[]> {
  const purged: Purged[] = [];
  for (const { name, run } of jobs.filter((job) => DESTROYING.has(job.name)))
    purged.push({ job: name, count: await run().catch(() => undefined) });
  return purged;
}
