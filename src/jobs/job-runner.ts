import { after, type Clock, MINUTE } from '../kernel/clock.js';
import { errorFields, type Logger } from '../kernel/log.js';
import type { Job } from './job.js';
import type { JobRecord, JobStore } from './job-store.js';
import { nextDue } from './next-due.js';

/** A run that is not prolonged for so long belongs to an instance that died; it is prolonged at each tick. */
export const LEASE = 5 * MINUTE;

export interface JobRunner {
  /** Runs what is due and prolongs what is running. Safe at any time, from any number of instances. */
  tick(): Promise<void>;
}

type Outcome = Pick<JobRecord, 'outcome' | 'count'>;

export function createJobRunner(parts: {
  jobs: readonly Job[];
  store: JobStore;
  clock: Clock;
  log: Logger;
  /** Names this process among the instances. */
  holder: string;
}): JobRunner {
  const { jobs, store, clock, log, holder } = parts;
  /** Jobs this process runs now, with the record as it last saved it. */
  const running = new Map<string, JobRecord>();

  const save = async (record: JobRecord): Promise<JobRecord | undefined> => {
    const next = { ...record, version: record.version + 1 };
    return (await store.save(next)) === 'saved' ? next : undefined;
  };

  /** One conditional write decides who runs it. */
  const take = async (job: Job): Promise<JobRecord | undefined> => {
    const now = clock.now();
    const record = (await store.get(job.name)) ?? firstRecord(job.name, now);
    if (record.dueAt > now || (record.lease !== null && record.lease.until > now)) return undefined;
    return save({ ...record, lease: { holder, until: after(now, LEASE) }, startedAt: now });
  };

  const attempt = async (job: Job): Promise<Outcome> => {
    try {
      const count = await job.run();
      (count > 0 ? log.info : log.debug)('job done', { job: job.name, count });
      return { outcome: 'done', count };
    } catch (error) {
      log.error('job failed', { job: job.name, ...errorFields(error) });
      return { outcome: 'failed', count: 0 };
    }
  };

  const runDue = async (job: Job): Promise<void> => {
    const taken = await take(job);
    if (taken === undefined) return;
    running.set(job.name, taken);
    const ended = await attempt(job);
    const record = running.get(job.name) ?? taken;
    running.delete(job.name);
    const now = clock.now();
    await save({ ...record, ...ended, lease: null, endedAt: now, dueAt: nextDue(job.pattern, now) });
  };

  const prolong = async (name: string, record: JobRecord): Promise<void> => {
    const saved = await save({ ...record, lease: { holder, until: after(clock.now(), LEASE) } });
    if (saved !== undefined && running.has(name)) running.set(name, saved);
  };

  return {
    async tick() {
      await Promise.all(
        jobs.map((job) => {
          const record = running.get(job.name);
          return record === undefined ? runDue(job) : prolong(job.name, record);
        }),
      );
    },
  };
}

/** A job nobody has run yet is due: what fell due before it existed is caught up. */
const firstRecord = (name: string, now: JobRecord['dueAt']): JobRecord => ({
  name,
  dueAt: now,
  lease: null,
  startedAt: null,
  endedAt: null,
  outcome: null,
  count: 0,
  version: 0,
});
