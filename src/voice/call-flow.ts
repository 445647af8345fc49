import type { CallerInput, TakeTurn, TurnResult } from '../../dialogs/turn-types.js';
import type { Language, Translations } from '../../locales/translate.js';
import type { ConversationId, LineRequestId } from '../kernel/ids.js';
import type { Callbacks } from '../phone-line/callbacks.js';
import type { LineProgress, PhoneLine } from '../phone-line/phone-line.js';
import { atMost } from './at-most.js';
import { type CallbackFlow, createCallbackFlow } from './callback-flow.js';
import { type CalledCallerFlow, type CalledCallers, createCalledCallerFlow } from './called-caller-flow.js';
import { createResponderFlow, type ResponderFlow } from './responder-flow.js';
import type { Voice, VoiceAction } from './voice-action.js';

/** What the phone needs to know of a conversation. */
export interface CallConversations {
  openCall(id: ConversationId, language?: Language): Promise<void>;
  /** `undefined` when it is over or unknown. */
  status(
    id: ConversationId,
  ): Promise<{ language: Language; version: number; lineRequest: LineRequestId | null } | undefined>;
}

export interface CallFlow extends ResponderFlow, CallbackFlow, CalledCallerFlow {
  /** A call comes in. The same call announced twice hears the same. `earlier`: a call it may go on from. */
  incoming(conversation: ConversationId, earlier?: ConversationId): Promise<VoiceAction[]>;
  /** What was keyed or said in answer to turn `turn`; nothing at all is silence. */
  answered(answer: {
    conversation: ConversationId;
    turn: number;
    keys?: string;
    speech?: string;
    /** The request that is waited for meanwhile. */
    request?: LineRequestId;
  }): Promise<VoiceAction[]>;
  /** The caller waits for a person; `round` counts from 1. */
  waiting(wait: {
    conversation: ConversationId;
    request: LineRequestId;
    round: number;
    slow?: boolean;
  }): Promise<VoiceAction[]>;
  /** The caller has been told that somebody is there, and is about to be put through. */
  entering(conversation: ConversationId, request: LineRequestId): Promise<VoiceAction[]>;
  /** The caller comes back from the suicide prevention line, or it could not be reached. */
  afterTransfer(back: {
    conversation: ConversationId;
    request: LineRequestId;
    talked: boolean;
  }): Promise<VoiceAction[]>;
  /** The caller comes back from the room. */
  afterRoom(conversation: ConversationId, request: LineRequestId): Promise<VoiceAction[]>;
  /** The caller has hung up, whenever that is. */
  callerGone(conversation: ConversationId): Promise<void>;
}

export interface CallFlowDependencies {
  takeTurn: TakeTurn;
  conversations: CallConversations;
  phoneLine: PhoneLine;
  calls: CalledCallers;
  callbacks: Callbacks;
  translations: Translations;
  /** Whether the suicide prevention line may be dialled (SUICIDE_LINE_DIAL). */
  suicideLine: boolean;
}

/** Every so many rounds of waiting the caller hears that we are still there. */
const ROUNDS_BETWEEN_WORDS = 3;
/** While somebody is rung for a life at risk, this key puts the caller through to the 3114. */
const SUICIDE_LINE_KEY = '3';
/** Long enough for a carrier that is well. */
const RING_STARTS_WITHIN_MS = 1_200;

export function createCallFlow(dependencies: CallFlowDependencies): CallFlow {
  const { takeTurn, conversations, phoneLine, calls, translations, suicideLine } = dependencies;
  const words = translations.spoken;

  const turn = async (input: CallerInput): Promise<VoiceAction[]> => {
    const result = await takeTurn(input);
    const status = await conversations.status(input.conversation);
    const voice: Voice = { language: status?.language ?? 'fr', slow: result.slow === true };
    if (result.action.kind === 'hold-the-line') return hold(result, input.conversation, voice);
    const asked = status?.lineRequest ?? null;
    if (asked !== null && (await phoneLine.advance(asked)).kind === 'accepted')
      return putThrough(input.conversation, asked, voice.language);
    return toActions(result, input.conversation, voice);
  };

  const putThrough = (
    conversation: ConversationId,
    request: LineRequestId,
    language: Language,
  ): VoiceAction[] => [
    { kind: 'say', text: words(language, 'phone.connected'), language },
    { kind: 'enter', request, conversation },
  ];

  const offersSuicideLine = async (request: LineRequestId): Promise<boolean> =>
    suicideLine && (await phoneLine.reasonOf(request)) === 'vital';

  /** The first phone rings while the caller is still being told so; a slow carrier delays no word. */
  const hold = async (
    { messages, action, version }: TurnResult,
    conversation: ConversationId,
    voice: Voice,
  ): Promise<VoiceAction[]> => {
    if (action.kind !== 'hold-the-line') return [];
    const { request } = action;
    await atMost(RING_STARTS_WITHIN_MS, phoneLine.advance(request));
    const prompt = messages.map(({ text }) => text);
    if (await offersSuicideLine(request)) prompt.push(words(voice.language, 'voice.suicide-line-key'));
    return [{ kind: 'wait', prompt, ...voice, conversation, turn: version, request, round: 1 }];
  };

  /** What is said to somebody in line, now and then. */
  const company = async (
    request: LineRequestId,
    progress: LineProgress,
    language: Language,
  ): Promise<string[]> => {
    if (await offersSuicideLine(request))
      return [words(language, 'phone.still-ringing'), words(language, 'voice.suicide-line-key')];
    if (progress.kind !== 'queued') return [words(language, 'phone.still-ringing')];
    const { position, minutes } = progress;
    const place = words(language, 'phone.queued', { position });
    const wait =
      minutes === null
        ? words(language, 'phone.queued-unknown')
        : words(language, 'phone.queued-minutes', { minutes });
    return [place, wait, words(language, 'phone.may-leave')];
  };

  const toActions = (result: TurnResult, conversation: ConversationId, voice: Voice): VoiceAction[] => {
    const { language } = voice;
    const says = result.messages.map(({ text }) => text);
    const { action, version } = result;
    const spoken = says.map((text): VoiceAction => ({ kind: 'say', text, ...voice }));
    switch (action.kind) {
      case 'listen':
        return [
          {
            kind: 'ask',
            prompt: [...says, ...(action.ask.menu ? menu(action.ask.choices, language) : [])],
            ...voice,
            conversation,
            turn: version,
            keys: action.ask.keys,
            hints: action.ask.hints,
          },
        ];
      case 'hold-the-line':
        return [];
      case 'human':
        return [
          {
            kind: 'ask',
            prompt: [...says, words(language, 'voice.person-listening')],
            ...voice,
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

  /** Nobody else is rung meanwhile: a caller is never in two conversations. */
  const toSuicideLine = async (
    conversation: ConversationId,
    request: LineRequestId,
  ): Promise<VoiceAction[]> => {
    const language = (await conversations.status(conversation))?.language ?? 'fr';
    await phoneLine.leave(request);
    return [
      { kind: 'say', text: words(language, 'voice.suicide-line'), language },
      { kind: 'transfer', request, conversation },
    ];
  };

  /** Whoever was there has gone: the caller waits for the ring under way, or the next. */
  const waitsOn = async (
    conversation: ConversationId,
    { request, key }: { request: LineRequestId; key: string },
  ): Promise<VoiceAction[]> => {
    const status = await conversations.status(conversation);
    const language = status?.language ?? 'fr';
    const prompt = [words(language, key)];
    const turnNumber = status?.version ?? 0;
    return [{ kind: 'wait', prompt, language, conversation, turn: turnNumber, request, round: 1 }];
  };

  const callerGone = async (conversation: ConversationId): Promise<void> => {
    const status = await conversations.status(conversation);
    if (status === undefined) return;
    if (status.lineRequest !== null) await phoneLine.leave(status.lineRequest);
    await takeTurn({ conversation, key: 'hang-up', kind: 'hang-up', text: '' });
  };

  return {
    async incoming(conversation, earlier) {
      await conversations.openCall(conversation);
      return turn({ conversation, key: 'start', kind: 'start', text: earlier ?? '' });
    },
    async answered({ conversation, turn: number, keys, speech, request }) {
      if (request !== undefined && keys === SUICIDE_LINE_KEY && (await offersSuicideLine(request)))
        return toSuicideLine(conversation, request);
      const key = `turn-${number}`;
      if (keys !== undefined && keys !== '') return turn({ conversation, key, kind: 'keys', text: keys });
      if (speech !== undefined && speech.trim() !== '')
        return turn({ conversation, key, kind: 'text', text: speech });
      return turn({ conversation, key, kind: 'silence', text: '' });
    },
    async waiting({ conversation, request, round, slow = false }) {
      const progress = await phoneLine.advance(request);
      const status = await conversations.status(conversation);
      const language = status?.language ?? 'fr';
      if (progress.kind === 'ended')
        return lineEnded(conversation, request, progress.because === 'nobody' ? 'nobody' : 'done');
      if (progress.kind === 'accepted') return putThrough(conversation, request, language);
      const speaks = round % ROUNDS_BETWEEN_WORDS === 0 || (round === 1 && progress.kind === 'queued');
      const prompt = speaks ? await company(request, progress, language) : [];
      const turnNumber = status?.version ?? 0;
      return [
        { kind: 'wait', prompt, language, slow, conversation, turn: turnNumber, request, round: round + 1 },
      ];
    },
    async entering(conversation, request) {
      const progress = await phoneLine.enter(request);
      if (progress.kind === 'accepted') return [{ kind: 'connect', request, party: 'caller', conversation }];
      if (progress.kind === 'ended')
        return lineEnded(conversation, request, progress.because === 'nobody' ? 'nobody' : 'done');
      return waitsOn(conversation, { request, key: 'phone.still-ringing' });
    },
    async afterTransfer({ conversation, request, talked }) {
      return lineEnded(conversation, request, talked ? 'done' : 'nobody');
    },
    async afterRoom(conversation, request) {
      if ((await phoneLine.roomLeft(request)) === 'waits')
        return waitsOn(conversation, { request, key: 'phone.colleague-rings' });
      return lineEnded(conversation, request, 'done');
    },
    callerGone,
    ...createResponderFlow({ phoneLine, calls, callbacks: dependencies.callbacks, words }),
    ...createCallbackFlow({ callbacks: dependencies.callbacks, words }),
    ...createCalledCallerFlow({
      ...{ calls, words, callerGone },
      openCall: (id, language) => conversations.openCall(id, language),
    }),
  };
}
