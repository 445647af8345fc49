import type { Connection } from 'mongoose';
import { type JobRecord, type JobStore, MOST_JOBS } from '../../jobs/job-store.js';
import { any, collection, plain, type Stored, saveNext } from './collections.js';

export function jobStore(connection: Connection): JobStore {
  const jobs = collection<Stored<JobRecord>>(connection, 'jobs', {
    fields: {
      ...{ _id: String, name: String, dueAt: Number, lease: any, startedAt: Number, endedAt: Number },
      ...{ outcome: String, count: Number, version: Number },
    },
  });
  return {
    async get(name) {
      const found = await jobs.findById(name).lean<Stored<JobRecord>>().exec();
      return found === null ? undefined : plain<JobRecord>(found);
    },
    save: (record) => saveNext<JobRecord>(jobs, record.name, record),
    list: async () =>
      (await jobs.find().sort({ _id: 1 }).limit(MOST_JOBS).lean<Stored<JobRecord>[]>().exec()).map((one) =>
        plain<JobRecord>(one),
      ),
  };
}
