import type { Connection } from 'mongoose';
import { type CountStore, type DayCounts, MOST_DAYS, REMEMBERED_NAMES } from '../../reporting/count-store.js';
import { any, collection, isDuplicate, type Stored } from './collections.js';

type StoredDay = Stored<DayCounts & { names: string[] }>;

/** Two that make the same day at once collide once. */
const TRIES = 5;

/** One document a day: adding is one write, whoever else adds. */
export function countStore(connection: Connection): CountStore {
  const days = collection<StoredDay>(connection, 'daily-counts', {
    fields: { _id: String, day: String, counts: any, names: [String] },
  });

  const addOnce = async (day: string, change: object, once: string | undefined): Promise<boolean> => {
    const filter = once === undefined ? { _id: day } : { _id: day, names: { $ne: once } };
    const { matchedCount } = await days.updateOne(filter as object, change);
    return matchedCount === 1;
  };

  const knows = async (day: string, once: string): Promise<boolean> =>
    (await days.countDocuments({ _id: day, names: once } as object)) === 1;

  const make = async (day: string): Promise<void> => {
    try {
      await days.create([{ _id: day, day, counts: {}, names: [] }]);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  };

  return {
    async add(day, counts, once) {
      const added = Object.entries(counts).map(([counter, count]) => [`counts.${counter}`, count]);
      const change = {
        $inc: Object.fromEntries(added),
        ...(once === undefined ? {} : { $push: { names: { $each: [once], $slice: -REMEMBERED_NAMES } } }),
      };
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        if (await addOnce(day, change, once)) return 'added';
        if (once !== undefined && (await knows(day, once))) return 'already';
        await make(day);
      }
      throw new Error('a day could not be counted');
    },
    async between(first, last) {
      const found = days.find({ _id: { $gte: first, $lte: last } }).sort({ _id: 1 });
      const documents = await found.limit(MOST_DAYS).lean<StoredDay[]>().exec();
      return documents.map(({ day, counts }) => ({ day, counts }));
    },
  };
}
