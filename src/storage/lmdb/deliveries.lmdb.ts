import type { DeliveryMark, DeliveryStore } from '../../conversations/delivery-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { saveNext } from './lmdb-file.js';

export function deliveryStore(file: LmdbFile): DeliveryStore {
  const marks = file.table<DeliveryMark>('deliveries');
  return {
    get: async (conversation) => marks.get(conversation),
    save: (mark) => file.transaction(() => saveNext(marks, mark.conversation, mark)),
  };
}
