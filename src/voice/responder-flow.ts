import type { Language, Translate } from '../../locales/translate.js';
import type { LegId, LineRequestId } from '../kernel/ids.js';
import type { Callbacks } from '../phone-line/callbacks.js';
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
  /** The code that verifies a desk phone, digit by digit, twice. */
  deskCodeHeard(code: string): VoiceAction[];
  responderKeyed(leg: {
    request: LineRequestId;
    responder: ResponderId;
    leg: LegId;
    key: string;
  }): Promise<VoiceAction[]>;
  /** The room of a callback is empty again. */
  staffAfterRoom(): VoiceAction[];
  responderLegEnded(leg: { request: LineRequestId; responder: ResponderId; fate: LegFate }): Promise<void>;
}

const WHISPER_KEY: Readonly<Record<Whisper, string>> = {
  call: 'voice.screen',
  transfer: 'voice.screen-transfer',
  'take-over': 'voice.screen-take-over',
  callback: 'voice.screen-callback',
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
  callbacks,
  words,
}: {
  phoneLine: PhoneLine;
  calls: Pick<CalledCallers, 'staffReady'>;
  callbacks: Callbacks;
  words: Translate;
}): ResponderFlow {
  const said = (key: string): VoiceAction => ({
    kind: 'say',
    text: words(STAFF_LANGUAGE, key),
    language: STAFF_LANGUAGE,
  });
  /** Whoever asked to be called is rung once the desk phone has accepted. */
  const callPerson = async (request: LineRequestId): Promise<VoiceAction[]> => {
    if ((await callbacks.staffReady(request)) === 'nobody') {
      await callbacks.staffOver(request);
      return [said('voice.callback-failed'), { kind: 'hang-up' }];
    }
    return [{ kind: 'connect', request, party: 'staff' }];
  };

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
      const told = said(NOTICE_KEY[notice]);
      return [told, told, { kind: 'hang-up' }];
    },
    deskCodeHeard(code) {
      const digits = [...code].join('. ');
      const say = (key: string): VoiceAction => ({
        kind: 'say',
        text: words(STAFF_LANGUAGE, key, { digits }),
        language: STAFF_LANGUAGE,
        slow: true,
      });
      return [say('voice.desk-code'), say('voice.desk-code-again'), { kind: 'hang-up' }];
    },
    async responderKeyed({ request, responder, leg, key }) {
      if (key !== '1') {
        await phoneLine.legEnded(request, responder, 'refused');
        await phoneLine.ringOn(request);
        return [{ kind: 'hang-up' }];
      }
      const outcome = await phoneLine.accept(request, { responder, leg });
      if (outcome === 'taken') return [said('voice.taken'), { kind: 'hang-up' }];
      if (outcome === 'joined') return [{ kind: 'connect', request, party: 'guest' }];
      if ((await phoneLine.reasonOf(request)) === 'callback') return callPerson(request);
      const called = (await calls.staffReady(request)) === 'calling';
      return [
        ...(called ? [said('voice.caller-rings')] : []),
        { kind: 'connect', request, party: 'responder' },
      ];
    },
    async responderLegEnded({ request, responder, fate }) {
      await phoneLine.legEnded(request, responder, fate);
      await phoneLine.ringOn(request);
      if ((await phoneLine.reasonOf(request)) === 'callback') await callbacks.staffOver(request);
    },
    staffAfterRoom: () => [said('voice.callback-over'), { kind: 'hang-up' }],
  };
}
