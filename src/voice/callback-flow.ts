import type { Translate } from '../../locales/translate.js';
import type { CallbackId } from '../phone-line/callback-store.js';
import type { Callbacks } from '../phone-line/callbacks.js';
import type { VoiceAction } from './voice-action.js';

/** The phone of somebody who asked to be called: whoever picks up learns nothing but that, until they press 1. */
export interface CallbackFlow {
  personPickedUp(callback: CallbackId): Promise<VoiceAction[]>;
  personKeyed(callback: CallbackId, key: string): Promise<VoiceAction[]>;
  /** @param attempt counts from 1: a late end of an earlier call ends no other */
  personLegEnded(callback: CallbackId, attempt: number): Promise<void>;
}

/** Somebody else may have picked up, or a voicemail: asked twice, then the call ends. */
const ASKED = 2;

export function createCallbackFlow({
  callbacks,
  words,
}: {
  callbacks: Callbacks;
  words: Translate;
}): CallbackFlow {
  return {
    async personPickedUp(id) {
      const found = await callbacks.get(id);
      if (found === undefined) return [{ kind: 'hang-up' }];
      const { language, mayLeaveMessage } = found;
      const prompt = words(language, 'voice.callback-screen');
      const asks = Array.from(
        { length: ASKED },
        (): VoiceAction => ({ kind: 'screen-person', prompt, language, callback: id }),
      );
      const text = words(language, 'voice.callback-message');
      const message: VoiceAction[] = mayLeaveMessage ? [{ kind: 'say', text, language }] : [];
      return [...asks, ...message, { kind: 'hang-up' }];
    },
    async personKeyed(id, key) {
      if (key !== '1') return [{ kind: 'hang-up' }];
      const request = await callbacks.personReady(id);
      if (request !== undefined) return [{ kind: 'connect', request, party: 'person' }];
      const language = (await callbacks.get(id))?.language ?? 'fr';
      return [{ kind: 'say', text: words(language, 'voice.callback-nobody'), language }, { kind: 'hang-up' }];
    },
    personLegEnded: (id, attempt) => callbacks.legOver(id, attempt),
  };
}
