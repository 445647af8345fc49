import { type Clock, DAY, type Instant, instant } from '../kernel/clock.js';
import { type ConversationId, newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { Secrets } from './secrets.js';
import type { ContactId, ContactPurpose, VaultStore } from './vault-store.js';

/** Contacts given on purpose: encrypted, opened for that purpose only, destroyed after it (product.md, rule 4). */
export interface ContactVault {
  keep(contact: {
    purpose: ContactPurpose;
    conversation: ConversationId;
    value: string;
    endsAt: Instant;
  }): Promise<ContactId>;
  /** `undefined` when it is gone or was given for another purpose. */
  open(id: ContactId, purpose: ContactPurpose): Promise<string | undefined>;
  /** What was given in this conversation for this purpose, oldest first by the end of the purpose. */
  of(conversation: ConversationId, purpose: ContactPurpose): Promise<string[]>;
  /** The purpose has ended now: destroyed 24 h later. */
  end(conversation: ConversationId, purpose: ContactPurpose): Promise<void>;
  withdraw(id: ContactId): Promise<void>;
  withdrawAll(conversation: ConversationId): Promise<void>;
  /** Destroys what ended 24 h ago or more; returns how many, at most 500 a call. */
  destroyDue(): Promise<number>;
}

export const CONTACT_KEPT_AFTER_END = DAY;
const BATCH = 500;
const MOST_OF_A_CONVERSATION = 100;

export function createContactVault(dependencies: {
  clock: Clock;
  random: Random;
  secrets: Secrets;
  store: VaultStore;
}): ContactVault {
  const { clock, random, secrets, store } = dependencies;
  const listed = async (conversation: ConversationId, purpose: ContactPurpose) =>
    (await store.of(conversation, MOST_OF_A_CONVERSATION))
      .filter((contact) => contact.purpose === purpose)
      .sort((a, b) => a.endsAt - b.endsAt || (a.id < b.id ? -1 : 1));
  const bound = (id: ContactId, purpose: ContactPurpose): string => `${id}/${purpose}`;

  return {
    async keep({ purpose, conversation, value, endsAt }) {
      const id = newId<ContactId>(random);
      const sealed = secrets.seal('vault', value, bound(id, purpose));
      await store.put({ id, purpose, conversation, sealed, endsAt });
      return id;
    },
    async open(id, purpose) {
      const contact = await store.get(id);
      if (contact === undefined || contact.purpose !== purpose) return undefined;
      if (clock.now() >= contact.endsAt + CONTACT_KEPT_AFTER_END) return undefined;
      return secrets.open('vault', contact.sealed, bound(id, purpose));
    },
    async of(conversation, purpose) {
      const contacts = await listed(conversation, purpose);
      return contacts
        .filter(({ endsAt }) => clock.now() < endsAt + CONTACT_KEPT_AFTER_END)
        .map(({ id, sealed }) => secrets.open('vault', sealed, bound(id, purpose)));
    },
    async end(conversation, purpose) {
      const now = clock.now();
      for (const contact of await listed(conversation, purpose))
        if (contact.endsAt > now) await store.put({ ...contact, endsAt: now });
    },
    withdraw: (id) => store.remove(id),
    withdrawAll: (conversation) => store.removeOf(conversation),
    async destroyDue() {
      const due = await store.ended(instant(clock.now() - CONTACT_KEPT_AFTER_END), BATCH);
      for (const { id } of due) await store.remove(id);
      return due.length;
    },
  };
}
