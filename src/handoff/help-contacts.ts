import { type Clock, DAY, instant } from '../kernel/clock.js';
import type { AlertId, ConversationId, StaffId } from '../kernel/ids.js';
import type { ContactVault } from '../privacy/contact-vault.js';
import { type HelpfulKind, maskedParts } from '../privacy/masked-parts.js';
import type { AlertStore } from './alert-store.js';

/** `lieu`: what was answered to "where are you", as it was said. */
export interface HelpContact {
  kind: HelpfulKind | 'lieu';
  value: string;
}

export type RevealOutcome =
  | { kind: 'revealed'; contacts: HelpContact[] }
  /** Only who has the alert, and only while it is open. */
  | { kind: 'not-yours' };

/**
 * What may bring help to somebody in danger: the address, phone and name that the transcript masks (product.md,
 * "Safety protocol"). Kept from the moment of the alert on, destroyed 24 h after the alert closes.
 */
export interface HelpContacts {
  /** Keeps what was said while a life may be in danger; the same twice is kept once. */
  keep(conversation: ConversationId, said: { text: string; placeAsked: boolean }): Promise<void>;
  reveal(alert: AlertId, by: StaffId): Promise<RevealOutcome>;
  alertClosed(conversation: ConversationId): Promise<void>;
}

/** An alert that nobody ever closes does not keep an address for longer. */
const LONGEST_ALERT = 30 * DAY;
const LONGEST_VALUE = 500;
const MOST_KEPT = 20;

export function createHelpContacts(parts: {
  clock: Clock;
  alerts: Pick<AlertStore, 'get'>;
  vault: Pick<ContactVault, 'keep' | 'of' | 'end'>;
}): HelpContacts {
  const { clock, alerts, vault } = parts;

  const kept = (conversation: ConversationId): Promise<string[]> => vault.of(conversation, 'vital-reveal');

  return {
    async keep(conversation, { text, placeAsked }) {
      const found: HelpContact[] = placeAsked
        ? [{ kind: 'lieu', value: text.slice(0, LONGEST_VALUE) }]
        : maskedParts(text).map(({ kind, value }) => ({ kind, value: value.slice(0, LONGEST_VALUE) }));
      if (found.length === 0) return;
      const known = new Set(await kept(conversation));
      const fresh = found.map((contact) => JSON.stringify(contact)).filter((value) => !known.has(value));
      for (const value of fresh.slice(0, Math.max(0, MOST_KEPT - known.size)))
        await vault.keep({
          purpose: 'vital-reveal',
          conversation,
          value,
          endsAt: instant(clock.now() + LONGEST_ALERT),
        });
    },
    async reveal(id, by) {
      const alert = await alerts.get(id);
      if (alert?.state.kind !== 'acknowledged' || alert.state.by !== by) return { kind: 'not-yours' };
      const contacts = (await kept(alert.conversation)).map((value) => JSON.parse(value) as HelpContact);
      return { kind: 'revealed', contacts };
    },
    alertClosed: (conversation) => vault.end(conversation, 'vital-reveal'),
  };
}
