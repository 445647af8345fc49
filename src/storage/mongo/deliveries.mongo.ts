import type { Connection } from 'mongoose';
import type { DeliveryMark, DeliveryStore } from '../../conversations/delivery-store.js';
import { collection, plain, type Stored, saveNext } from './collections.js';

/** Also named where conversations are removed. */
export const DELIVERIES = 'deliveries';

export function deliveryStore(connection: Connection): DeliveryStore {
  const marks = collection<Stored<DeliveryMark>>(connection, DELIVERIES, {
    fields: { _id: String, conversation: String, delivered: Number, claimedUntil: Number, version: Number },
  });
  return {
    async get(conversation) {
      const found = await marks.findById(conversation).lean<Stored<DeliveryMark>>().exec();
      return found === null ? undefined : plain<DeliveryMark>(found);
    },
    save: (mark) => saveNext<DeliveryMark>(marks, mark.conversation, mark),
  };
}
