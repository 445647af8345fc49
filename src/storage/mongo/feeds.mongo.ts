import type { Connection } from 'mongoose';
import type { Feed, FeedStore } from '../../booking/feed-store.js';
import { collection, plain, type Stored } from './collections.js';

export function feedStore(connection: Connection): FeedStore {
  const feeds = collection<Stored<Feed>>(connection, 'feeds', {
    fields: { _id: String, psychologist: String, secretHash: String },
    indexes: { unique: ['secretHash'] },
  });
  return {
    async put(feed) {
      const document = { ...feed, _id: feed.psychologist };
      await feeds.replaceOne({ _id: feed.psychologist }, document, { upsert: true });
    },
    async bySecret(secretHash) {
      const document = await feeds.findOne({ secretHash }).lean<Stored<Feed>>().exec();
      return document === null ? undefined : plain<Feed>(document);
    },
    async remove(psychologist) {
      await feeds.deleteOne({ _id: psychologist });
    },
  };
}
