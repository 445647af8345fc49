import type { Language, Translate } from '../../locales/translate.js';
import type { LegId, LineRequestId } from '../kernel/ids.js';
import type { StaffNotice, Whisper } from '../phone-line/carrier.js';
import type { ResponderId } from '../phone-line/line.js';
import type { LegFate, PhoneLine } from '../phone-line/phone-line.js';
import type { CalledCallers } from './called-caller-flow.js';
import type { VoiceAction } from './voice-action.js';

/** The other end of the line: the phone of a professional who is rung. */
export interface ResponderFlow {
  /** A professional picked up. */
  responderPickedUp(leg: { request: LineRequestId; responder: ResponderId; whisper: Whisper }): VoiceAction[];
  /** Somebody of the staff picked up for a notice. */
  noticeHeard(notice: StaffNotice): VoiceAction[];
  responderKeyed(leg: {
    request: LineRequestId;
    responder: ResponderId;
    leg: LegId;
    key: string;
  }): Promise<VoiceAction[]>;
  responderLegEnded(leg: { request: LineRequestId; responder: ResponderId; fate: LegFate }): Promise<void>;
}

const WHISPER_KEY: Readonly<Record<Whisper, string>> = {
  call: 'voice.screen',
  transfer: 'voice.screen-transfer',
  'take-over': 'voice.screen-take-over',
};
const NOTICE_KEY: Readonly<Record<StaffNotice, string>> = {
  alert: 'voice.notice-alert',
  paused: 'voice.notice-paused',
};

/** Staff are spoken to in French. */
const STAFF_LANGUAGE: Language = 'fr';

export function createResponderFlow({
  phoneLine,
  calls,
  words,
}: {
  phoneLine: PhoneLine;
  calls: Pick<CalledCallers, 'staffReady'>;
  words: Translate;
}): ResponderFlow {
  return {
    responderPickedUp: ({ request, responder, whisper }) => [
      {
        kind: 'screen',
        prompt: words(STAFF_LANGUAGE, WHISPER_KEY[whisper]),
        language: STAFF_LANGUAGE,
        request,
        responder,
      },
      { kind: 'hang-up' },
    ],
    noticeHeard(notice) {
      const text = words(STAFF_LANGUAGE, NOTICE_KEY[notice]);
      const said: VoiceAction = { kind: 'say', text, language: STAFF_LANGUAGE };
      return [said, said, { kind: 'hang-up' }];
    },
    async responderKeyed({ request, responder, leg, key }) {
      if (key !== '1') {
        await phoneLine.legEnded(request, responder, 'refused');
        await phoneLine.ringOn(request);
        return [{ kind: 'hang-up' }];
      }
      const outcome = await phoneLine.accept(request, { responder, leg });
      if (outcome === 'joined') return [{ kind: 'connect', request, party: 'guest' }];
      if (outcome === 'accepted') {
        const calling = (await calls.staffReady(request)) === 'calling';
        const text = words(STAFF_LANGUAGE, 'voice.caller-rings');
        return [
          ...(calling ? [{ kind: 'say', text, language: STAFF_LANGUAGE } as const] : []),
          { kind: 'connect', request, party: 'responder' },
        ];
      }
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
