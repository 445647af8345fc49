import type { ConversationHead, Offer, Owner } from '../conversations/conversation.js';
import type { Conversations } from '../conversations/conversations.js';
import { after, type Clock, type Instant, MINUTE } from '../kernel/clock.js';
import type { ConversationId, StaffId } from '../kernel/ids.js';
import type { Alerts } from './alerts.js';
import type { DeskOutcome, DeskWords, Operator } from './desk.js';

/** A colleague has so long to accept; then the conversation stays where it is. */
export const OFFER_LASTS = MINUTE;

export type TransferOutcome = DeskOutcome | { kind: 'offer-over' };

/** Giving a written conversation to a colleague: offered, then accepted; the caller is never with nobody. */
export interface Transfers {
  offer(id: ConversationId, by: Operator, to: StaffId): Promise<DeskOutcome>;
  /** The colleague is the owner now, of the alert too; the caller is told. */
  acceptOffer(id: ConversationId, by: Operator): Promise<TransferOutcome>;
  /** The colleague says no, or who offered takes it back. */
  endOffer(id: ConversationId, by: StaffId): Promise<TransferOutcome>;
}

export const liveOffer = ({ offer, owner }: ConversationHead, now: Instant): Offer | undefined =>
  offer && now < offer.until && owner.kind === 'operator' && owner.staff === offer.by ? offer : undefined;

export function createTransfers(parts: {
  clock: Clock;
  conversations: Pick<Conversations, 'head' | 'setOffer'>;
  alerts: Pick<Alerts, 'of' | 'pass'>;
  words: Pick<DeskWords, 'transferred'>;
  give: (head: ConversationHead, owner: Owner, text: string) => Promise<DeskOutcome>;
}): Transfers {
  const { clock, conversations, alerts, words, give } = parts;

  const setOffer = async (head: ConversationHead, offer: Offer | null): Promise<DeskOutcome> => {
    const outcome = await conversations.setOffer(head.id, { expectedEpoch: head.epoch, offer });
    return outcome.kind === 'posted' ? { kind: 'done' } : outcome;
  };

  return {
    async offer(id, by, to) {
      const head = await conversations.head(id);
      if (head === undefined) return { kind: 'unknown' };
      if (head.channel === 'phone') return { kind: 'by-phone' };
      if (head.owner.kind !== 'operator' || head.owner.staff !== by.id)
        return { kind: 'lost', owner: head.owner };
      return setOffer(head, { to, by: by.id, until: after(clock.now(), OFFER_LASTS) });
    },
    async acceptOffer(id, by) {
      const head = await conversations.head(id);
      if (head === undefined) return { kind: 'unknown' };
      const offer = liveOffer(head, clock.now());
      if (offer?.to !== by.id) return { kind: 'offer-over' };
      const owner: Owner = { kind: 'operator', staff: by.id, pseudonym: by.pseudonym, since: clock.now() };
      const outcome = await give(head, owner, words.transferred(head.language, by.pseudonym));
      if (outcome.kind !== 'done') return outcome;
      const alert = await alerts.of(id);
      if (alert !== undefined) await alerts.pass(alert.id, { from: offer.by, to: by.id });
      return outcome;
    },
    async endOffer(id, by) {
      const head = await conversations.head(id);
      if (head === undefined) return { kind: 'unknown' };
      const { offer } = head;
      if (!offer || (offer.to !== by && offer.by !== by)) return { kind: 'offer-over' };
      return setOffer(head, null);
    },
  };
}
