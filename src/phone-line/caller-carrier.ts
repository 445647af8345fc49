import type { ConversationId, LineRequestId } from '../kernel/ids.js';
import type { ContactId, ContactPurpose } from '../privacy/vault-store.js';
import type { RingOutcome } from './carrier.js';

/** The telephone network towards callers who asked to be called. It never shows a number: a contact names it. */
export interface CallerCarrier {
  /** Rings the number that was left; whoever answers presses 1, which a voicemail cannot. */
  ringCaller(call: {
    contact: ContactId;
    purpose: ContactPurpose;
    request: LineRequestId;
    conversation: ConversationId;
    language: 'fr' | 'en';
    seconds: number;
  }): Promise<RingOutcome>;
}
