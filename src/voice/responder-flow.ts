import type { Language, Translate } from '../../locales/translate.js';
import type { LegId, LineRequestId } from '../kernel/ids.js';
import type { ResponderId } from '../phone-line/line.js';
import type { LegFate, PhoneLine } from '../phone-line/phone-line.js';
import type { VoiceAction } from './voice-action.js';

/** The other end of the line: the phone of a professional who is rung. */
export interface ResponderFlow {
  /** A professional picked up. */
  responderPickedUp(leg: { request: LineRequestId; responder: ResponderId }): VoiceAction[];
  responderKeyed(leg: {
    request: LineRequestId;
    responder: ResponderId;
    leg: LegId;
    key: string;
  }): Promise<VoiceAction[]>;
  responderLegEnded(leg: { request: LineRequestId; responder: ResponderId; fate: LegFate }): Promise<void>;
}

/** Staff are spoken to in French. */
const STAFF_LANGUAGE: Language = 'fr';

export function createResponderFlow({
  phoneLine,
  words,
}: {
  phoneLine: PhoneLine;
  words: Translate;
}): ResponderFlow {
  return {
    responderPickedUp: ({ request, responder }) => [
      {
        kind: 'screen',
        prompt: words(STAFF_LANGUAGE, 'voice.screen'),
        language: STAFF_LANGUAGE,
        request,
        responder,
      },
      { kind: 'hang-up' },
    ],
    async responderKeyed({ request, responder, leg, key }) {
      if (key !== '1') {
        await phoneLine.legEnded(request, responder, 'refused');
        await phoneLine.ringOn(request);
        return [{ kind: 'hang-up' }];
      }
      if ((await phoneLine.accept(request, { responder, leg })) === 'accepted')
        return [{ kind: 'connect', request, party: 'responder' }];
      return [
        { kind: 'say', text: words(STAFF_LANGUAGE, 'voice.taken'), language: STAFF_LANGUAGE },
        { kind: 'hang-up' },
      ];
    },
    async responderLegEnded({ request, responder, fate }) {
      await phoneLine.legEnded(request, responder, fate);
      await phoneLine.ringOn(request);
    },
  };
}
