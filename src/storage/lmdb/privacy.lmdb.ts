import type { DailyKey, DailyKeyStore } from '../../privacy/daily-key-store.js';
import type { SealedContact, VaultStore } from '../../privacy/vault-store.js';
import type { LmdbFile } from './lmdb-file.js';
import { values } from './lmdb-file.js';

const MAX_KEYS = 10;
const MAX_CONTACTS_OF_A_CONVERSATION = 100;

export function vaultStore(file: LmdbFile): VaultStore {
  const contacts = file.table<SealedContact>('contacts');
  /** `[conversation, id]` and `[endsAt, id]`. */
  const byConversation = file.table<SealedContact['id']>('contacts-by-conversation');
  const byEnd = file.table<SealedContact['id']>('contacts-by-end');

  const removeOne = (id: SealedContact['id']): void => {
    const contact = contacts.get(id);
    if (contact === undefined) return;
    contacts.removeSync(id);
    byConversation.removeSync([contact.conversation, id]);
    byEnd.removeSync([contact.endsAt, id]);
  };

  return {
    put: (contact) =>
      file.transaction(() => {
        removeOne(contact.id);
        contacts.putSync(contact.id, contact);
        byConversation.putSync([contact.conversation, contact.id], contact.id);
        byEnd.putSync([contact.endsAt, contact.id], contact.id);
      }),
    get: async (id) => contacts.get(id),
    remove: (id) => file.transaction(() => removeOne(id)),
    removeOf: (conversation) =>
      file.transaction(() => {
        const range = {
          start: [conversation, ''],
          end: [conversation, '\uffff'],
          limit: MAX_CONTACTS_OF_A_CONVERSATION,
        };
        for (const id of values(byConversation, range)) removeOne(id);
      }),
    of: async (conversation, limit) =>
      values(byConversation, { start: [conversation, ''], end: [conversation, '\uffff'], limit }).flatMap(
        (id) => contacts.get(id) ?? [],
      ),
    ended: async (endedBy, limit) =>
      values(byEnd, { start: [0, ''], end: [endedBy, '\uffff'], limit }).flatMap(
        (id) => contacts.get(id) ?? [],
      ),
  };
}

export function dailyKeyStore(file: LmdbFile): DailyKeyStore {
  const keys = file.table<DailyKey>('daily-keys');
  return {
    list: async () => values(keys, { limit: MAX_KEYS }),
    add: (key) =>
      file.transaction(() => {
        if (keys.get(key.day) !== undefined) return 'exists';
        keys.putSync(key.day, key);
        return 'added';
      }),
    destroy: (day) => file.transaction(() => keys.removeSync(day)),
  };
}
