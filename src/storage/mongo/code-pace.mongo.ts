import type { Connection } from 'mongoose';
import type { CodePace, CodePaceStore } from '../../booking/code-pace-store.js';
import { any, collection, plain, type Stored, saveNext } from './collections.js';

const ONLY = 'pace';

export function codePaceStore(connection: Connection): CodePaceStore {
  const paces = collection<Stored<CodePace>>(connection, 'code-pace', {
    fields: { _id: String, wrong: any, free: Number, version: Number },
  });
  return {
    async get() {
      const found = await paces.findById(ONLY).lean<Stored<CodePace>>().exec();
      return found === null ? undefined : plain<CodePace>(found);
    },
    save: (pace) => saveNext<CodePace>(paces, ONLY, pace),
  };
}
