import { type JobRecord, type JobStore, MOST_JOBS } from '../../jobs/job-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext, values } from './lmdb-file.js';

export function jobStore(file: LmdbFile): JobStore {
  const jobs = file.table<JobRecord>('jobs');
  return {
    get: async (name) => jobs.get(name),
    save: (record) => file.transaction(() => saveNext(jobs, record.name, record)),
    list: async () => values(jobs, { limit: MOST_JOBS }),
  };
}
