import type { Feed, FeedStore } from '../../booking/feed-store.js';
import type { PsychologistId } from '../../kernel/ids.js';
import type { LmdbFile } from './lmdb-file.js';

export function feedStore(file: LmdbFile): FeedStore {
  const feeds = file.table<Feed>('feeds');
  const secrets = file.table<PsychologistId>('feed-secrets');
  const drop = (psychologist: PsychologistId): void => {
    const before = feeds.get(psychologist);
    if (before === undefined) return;
    secrets.removeSync(before.secretHash);
    feeds.removeSync(psychologist);
  };
  return {
    put: (feed) =>
      file.transaction(() => {
        drop(feed.psychologist);
        feeds.putSync(feed.psychologist, feed);
        secrets.putSync(feed.secretHash, feed.psychologist);
      }),
    bySecret: async (secretHash) => {
      const psychologist = secrets.get(secretHash);
      return psychologist === undefined ? undefined : feeds.get(psychologist);
    },
    remove: (psychologist) => file.transaction(() => drop(psychologist)),
  };
}
