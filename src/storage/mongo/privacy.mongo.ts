import type { Connection } from 'mongoose';
import type { DailyKey, DailyKeyStore } from '../../privacy/daily-key-store.js';
import type { RecordKeyStore } from '../../privacy/record-key-store.js';
import type { SealedContact, VaultStore } from '../../privacy/vault-store.js';
import { collection, isDuplicate, plain, type Stored } from './collections.js';

const MAX_KEYS = 10;

export function vaultStore(connection: Connection): VaultStore {
  const contacts = collection<Stored<SealedContact>>(connection, 'contacts', {
    fields: {
      _id: String,
      id: String,
      purpose: String,
      conversation: String,
      sealed: String,
      endsAt: Number,
    },
    indexes: { plain: [['conversation'], ['endsAt']] },
  });
  return {
    async put(contact) {
      await contacts.replaceOne({ _id: contact.id }, { ...contact, _id: contact.id }, { upsert: true });
    },
    async get(id) {
      const document = await contacts.findById(id).lean<Stored<SealedContact>>().exec();
      return document === null ? undefined : plain<SealedContact>(document);
    },
    async remove(id) {
      await contacts.deleteOne({ _id: id });
    },
    async removeOf(conversation) {
      await contacts.deleteMany({ conversation });
    },
    async of(conversation, limit) {
      const found = contacts.find({ conversation }).limit(limit);
      return (await found.lean<Stored<SealedContact>[]>().exec()).map((one) => plain<SealedContact>(one));
    },
    async ended(endedBy, limit) {
      const found = contacts.find({ endsAt: { $lte: endedBy } } as object).limit(limit);
      return (await found.lean<Stored<SealedContact>[]>().exec()).map((one) => plain<SealedContact>(one));
    },
  };
}

export function dailyKeyStore(connection: Connection): DailyKeyStore {
  const keys = collection<Stored<DailyKey>>(connection, 'daily-keys', {
    fields: { _id: String, day: String, key: String },
  });
  return {
    list: async () =>
      (await keys.find().sort({ day: 1 }).limit(MAX_KEYS).lean<Stored<DailyKey>[]>().exec()).map((one) =>
        plain<DailyKey>(one),
      ),
    async add(key) {
      try {
        await keys.create([{ ...key, _id: key.day }]);
        return 'added';
      } catch (error) {
        if (isDuplicate(error)) return 'exists';
        throw error;
      }
    },
    async destroy(day) {
      await keys.deleteOne({ _id: day });
    },
  };
}

/**
 * Wrapped keys. What is deleted leaves MongoDB's files when its storage engine reuses the space, and its
 * journal and oplog when they turn over: docs/decisions/0003-embedded-store.md.
 */
export function recordKeyStore(connection: Connection): RecordKeyStore {
  const keys = collection<{ _id: string; wrapped: string }>(connection, 'record-keys', {
    fields: { _id: String, wrapped: String },
  });
  return {
    async create(record, wrapped) {
      try {
        await keys.create([{ _id: record, wrapped }]);
        return 'created';
      } catch (error) {
        if (isDuplicate(error)) return 'exists';
        throw error;
      }
    },
    async get(record) {
      return (await keys.findById(record).lean<{ wrapped: string }>().exec())?.wrapped;
    },
    async destroy(records) {
      await keys.deleteMany({ _id: { $in: [...records] } });
    },
  };
}
