import type { Language, Translate } from '../../locales/translate.js';
import type { ConversationId, LineRequestId } from '../kernel/ids.js';
import type { VoiceAction } from './voice-action.js';

/** Calls that the service places to callers who left a number for it. */
export interface CalledCallers {
  /** Somebody of the staff has accepted: a caller who waits to be called is rung now. */
  staffReady(request: LineRequestId): Promise<'calling' | 'not-called'>;
  taken(request: LineRequestId): Promise<void>;
  /** Not answered, or not taken. */
  missed(request: LineRequestId): Promise<void>;
}

interface CalledLeg {
  conversation: ConversationId;
  request: LineRequestId;
  language: Language;
}

/** The phone of a caller who asked to be called. Whoever picks up hears nothing of what it is about. */
export interface CalledCallerFlow {
  callerPickedUp(leg: CalledLeg): VoiceAction[];
  callerKeyed(leg: CalledLeg & { key: string }): Promise<VoiceAction[]>;
  /** The leg is over, however it went. */
  calledLegEnded(leg: Pick<CalledLeg, 'conversation' | 'request'>): Promise<void>;
}

export function createCalledCallerFlow(parts: {
  calls: CalledCallers;
  words: Translate;
  openCall: (id: ConversationId, language: Language) => Promise<void>;
  callerGone: (id: ConversationId) => Promise<void>;
}): CalledCallerFlow {
  const { calls, words, openCall, callerGone } = parts;
  return {
    callerPickedUp: ({ conversation, request, language }) => [
      {
        kind: 'screen-caller',
        prompt: words(language, 'voice.screen-caller'),
        language,
        conversation,
        request,
      },
      { kind: 'hang-up' },
    ],
    async callerKeyed({ conversation, request, language, key }) {
      if (key !== '1') {
        await calls.missed(request);
        return [{ kind: 'hang-up' }];
      }
      await openCall(conversation, language);
      await calls.taken(request);
      return [{ kind: 'enter', request, conversation }];
    },
    async calledLegEnded({ conversation, request }) {
      await calls.missed(request);
      await callerGone(conversation);
    },
  };
}
