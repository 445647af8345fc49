import { z } from 'zod';
import { after, type Clock, HOUR, MINUTE } from '../kernel/clock.js';
import type { ConversationId } from '../kernel/ids.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import { readContact } from './contact.js';
import type { Messenger } from './messenger.js';
import type { PendingText, TextStore } from './text-store.js';

export type TextOutcome = 'kept' | 'not-a-mobile' | 'not-offered';

/** What a caller asked to receive by SMS: sent once, then destroyed with the number. */
export interface Texts {
  /** Whether texts can be sent at all; otherwise nobody is asked for a number. */
  offered: boolean;
  /**
   * Keeps a number for one text, sent within minutes. Asked twice, the last one counts.
   * @param number as it was typed, keyed or said
   * @param text lines, the most important first: whole ones are sent, up to 1,000 characters
   */
  ask(request: { conversation: ConversationId; number: string; text: string }): Promise<TextOutcome>;
  /** Sends what is due and returns how many were sent. Number and text are destroyed after, sent or given up. */
  sendDue(): Promise<number>;
}

/** A message of the carrier holds 1,600 characters; this many can still be read on a phone. */
const LONGEST_TEXT = 1_000;

/** A process that stopped while it sent is taken over after this. */
const LEASE = 5 * MINUTE;
/** Waits after each failed try; then it is given up. */
const RETRIES = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE];
/** All tries, and the hour of the night in which no job runs, are over by then. */
const PURPOSE_ENDS = 3 * HOUR;
const BATCH = 100;

const sealedText = z.object({ to: z.string(), text: z.string() });

export function createTexts(parts: {
  clock: Clock;
  store: TextStore;
  contacts: ContactVault;
  messenger: Messenger;
}): Texts {
  const { clock, store, contacts, messenger } = parts;
  const offered = messenger.ways.includes('sms');

  async function forget(pending: PendingText): Promise<void> {
    await contacts.withdraw(pending.contact);
    await store.remove(pending);
  }

  async function attempt({ contact }: PendingText): Promise<'sent' | 'failed' | 'gone'> {
    const sealed = await contacts.open(contact, 'guidance');
    if (sealed === undefined) return 'gone';
    const { to, text } = sealedText.parse(JSON.parse(sealed));
    return messenger.send({ way: 'sms', to, subject: '', text });
  }

  async function sendOne(due: PendingText): Promise<number> {
    const claimed = {
      ...due,
      dueAt: after(clock.now(), LEASE),
      tries: due.tries + 1,
      version: due.version + 1,
    };
    if ((await store.save(claimed)) === 'conflict') return 0;
    const outcome = await attempt(claimed);
    const wait = RETRIES[due.tries];
    if (outcome === 'failed' && wait !== undefined) {
      await store.save({ ...claimed, dueAt: after(clock.now(), wait), version: claimed.version + 1 });
      return 0;
    }
    await forget(claimed);
    return outcome === 'sent' ? 1 : 0;
  }

  return {
    offered,
    async ask({ conversation, number, text }) {
      if (!offered) return 'not-offered';
      const given = readContact(number);
      if (given?.way !== 'sms') return 'not-a-mobile';
      const before = await store.get(conversation);
      const now = clock.now();
      const contact = await contacts.keep({
        ...{ purpose: 'guidance', conversation, endsAt: after(now, PURPOSE_ENDS) },
        value: JSON.stringify({ to: given.to, text: fitting(text) }),
      });
      const pending: PendingText = {
        ...{ conversation, contact, dueAt: now, tries: 0, version: (before?.version ?? 0) + 1 },
      };
      if ((await store.save(pending)) === 'conflict') await contacts.withdraw(contact);
      else if (before !== undefined) await contacts.withdraw(before.contact);
      return 'kept';
    },
    async sendDue() {
      let sent = 0;
      for (const pending of await store.due(clock.now(), BATCH)) sent += await sendOne(pending);
      return sent;
    },
  };
}

/** Whole lines that fit: half a telephone number is worse than none. */
function fitting(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const cut = text.lastIndexOf('\n', LONGEST_TEXT);
  return text.slice(0, cut > 0 ? cut : LONGEST_TEXT);
}
