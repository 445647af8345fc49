import type { CallerInput, TakeTurn, TurnResult } from '../../dialogs/turn-types.js';
import type { Language, Translations } from '../../locales/translate.js';
import type { ConversationId, LegId, LineRequestId } from '../kernel/ids.js';
import type { ResponderId } from '../phone-line/line.js';
import type { LegFate, PhoneLine } from '../phone-line/phone-line.js';
import type { VoiceAction } from './voice-action.js';

/** What the phone needs to know of a conversation. */
export interface CallConversations {
  openCall(id: ConversationId): Promise<void>;
  /** `undefined` when it is over or unknown. */
  status(
    id: ConversationId,
  ): Promise<{ language: Language; version: number; lineRequest: LineRequestId | null } | undefined>;
}

export interface CallFlow {
  /** A call comes in. The same call announced twice hears the same. */
  incoming(conversation: ConversationId): Promise<VoiceAction[]>;
  /** What was keyed or said in answer to turn `turn`; nothing at all is silence. */
  answered(answer: {
    conversation: ConversationId;
    turn: number;
    keys?: string;
    speech?: string;
  }): Promise<VoiceAction[]>;
  /** The caller waits for a person; `round` counts from 1. */
  waiting(wait: {
    conversation: ConversationId;
    request: LineRequestId;
    round: number;
  }): Promise<VoiceAction[]>;
  /** The caller comes back from the room. */
  afterRoom(conversation: ConversationId, request: LineRequestId): Promise<VoiceAction[]>;
  /** The caller has hung up, whenever that is. */
  callerGone(conversation: ConversationId): Promise<void>;
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

export interface CallFlowDependencies {
  takeTurn: TakeTurn;
  conversations: CallConversations;
  phoneLine: PhoneLine;
  translations: Translations;
}

/** Every so many rounds of waiting the caller hears that we are still there. */
const ROUNDS_BETWEEN_WORDS = 3;
/** Staff are spoken to in French. */
const STAFF_LANGUAGE: Language = 'fr';

export function createCallFlow(dependencies: CallFlowDependencies): CallFlow {
  const { takeTurn, conversations, phoneLine, translations } = dependencies;
  const words = translations.spoken;

  const turn = async (input: CallerInput): Promise<VoiceAction[]> => {
    const result = await takeTurn(input);
    const status = await conversations.status(input.conversation);
    return toActions(result, input.conversation, status?.language ?? 'fr');
  };

  const toActions = (result: TurnResult, conversation: ConversationId, language: Language): VoiceAction[] => {
    const says = result.messages.map(({ text }) => text);
    const { action, version } = result;
    const spoken = says.map((text): VoiceAction => ({ kind: 'say', text, language }));
    switch (action.kind) {
      case 'listen':
        return [
          {
            kind: 'ask',
            prompt: [...says, ...(action.ask.menu ? menu(action.ask.choices, language) : [])],
            language,
            conversation,
            turn: version,
            keys: action.ask.keys,
            hints: action.ask.hints,
          },
        ];
      case 'hold-the-line':
        return [
          {
            kind: 'wait',
            prompt: says,
            language,
            conversation,
            turn: version,
            request: action.request,
            round: 1,
          },
        ];
      case 'human':
        return [
          {
            kind: 'ask',
            prompt: [...says, words(language, 'voice.person-listening')],
            language,
            conversation,
            turn: version,
            keys: { kind: 'none' },
            hints: [],
          },
        ];
      case 'end':
        return [...spoken, { kind: 'hang-up' }];
    }
  };

  const menu = (choices: readonly { title: string }[], language: Language): string[] =>
    choices.map(({ title }, index) => words(language, 'voice.choice', { title, key: index + 1 }));

  const lineEnded = (
    conversation: ConversationId,
    request: LineRequestId,
    how: 'nobody' | 'done',
  ): Promise<VoiceAction[]> => turn({ conversation, key: `line-${request}`, kind: 'line-ended', text: how });

  return {
    async incoming(conversation) {
      await conversations.openCall(conversation);
      return turn({ conversation, key: 'start', kind: 'start', text: '' });
    },
    answered({ conversation, turn: number, keys, speech }) {
      const key = `turn-${number}`;
      if (keys !== undefined && keys !== '') return turn({ conversation, key, kind: 'keys', text: keys });
      if (speech !== undefined && speech.trim() !== '')
        return turn({ conversation, key, kind: 'text', text: speech });
      return turn({ conversation, key, kind: 'silence', text: '' });
    },
    async waiting({ conversation, request, round }) {
      const progress = await phoneLine.advance(request);
      const status = await conversations.status(conversation);
      const language = status?.language ?? 'fr';
      if (progress.kind === 'ended')
        return lineEnded(conversation, request, progress.because === 'nobody' ? 'nobody' : 'done');
      if (progress.kind === 'accepted')
        return [
          { kind: 'say', text: words(language, 'phone.connected'), language },
          { kind: 'connect', request, party: 'caller', conversation },
        ];
      const prompt = round % ROUNDS_BETWEEN_WORDS === 0 ? [words(language, 'phone.still-ringing')] : [];
      const turnNumber = status?.version ?? 0;
      return [{ kind: 'wait', prompt, language, conversation, turn: turnNumber, request, round: round + 1 }];
    },
    async afterRoom(conversation, request) {
      await phoneLine.leave(request);
      return lineEnded(conversation, request, 'done');
    },
    async callerGone(conversation) {
      const status = await conversations.status(conversation);
      if (status === undefined) return;
      if (status.lineRequest !== null) await phoneLine.leave(status.lineRequest);
      await takeTurn({ conversation, key: 'hang-up', kind: 'hang-up', text: '' });
    },
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
        return [{ kind: 'hang-up' }];
      }
      if ((await phoneLine.accept(request, { responder, leg })) === 'accepted')
        return [{ kind: 'connect', request, party: 'responder' }];
      return [
        { kind: 'say', text: words(STAFF_LANGUAGE, 'voice.taken'), language: STAFF_LANGUAGE },
        { kind: 'hang-up' },
      ];
    },
    responderLegEnded: ({ request, responder, fate }) => phoneLine.legEnded(request, responder, fate),
  };
}
