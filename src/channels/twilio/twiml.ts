import twilio from 'twilio';
import type { Ask } from '../../../dialogs/turn-types.js';
import type { Voice, VoiceAction } from '../../voice/voice-action.js';

type VoiceResponse = InstanceType<typeof twilio.twiml.VoiceResponse>;
type Speaker = Pick<VoiceResponse, 'say'>;

/** Neural voices of the carrier, one a language. */
const VOICE = { fr: 'Polly.Lea-Neural', en: 'Polly.Amy-Neural' } as const;
const SPEECH_LANGUAGE = { fr: 'fr-FR', en: 'en-GB' } as const;

const SILENCE_SECONDS = 6;
/** While a person is rung the phone asks again this often: the ring plan moves on by it. */
const WAIT_SECONDS = 4;
const SCREEN_SECONDS = 12;
const PERSON_SECONDS = 6;
const TRANSFER_SECONDS = 20;
/** Longer hints are cut by the carrier. */
const MAX_HINTS = 100;

const SLOW = '80%';

const say = (speaker: Speaker, text: string, { language, slow = false }: Voice): void => {
  const attributes = { language: SPEECH_LANGUAGE[language], voice: VOICE[language] } as const;
  if (slow) speaker.say(attributes, '').prosody({ rate: SLOW }, text);
  else speaker.say(attributes, text);
};

/** Path and query of the webhook that goes on; Twilio resolves it against the address it called. */
export const address = (path: string, query: Readonly<Record<string, string | number>>): string =>
  `/twilio/${path}?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string]))}`;

export interface Places {
  /** Path and query of this very request: where coming back goes. */
  currentUrl: string;
  /** E.164 or SIP address of the suicide prevention line. */
  suicideLineDial: string;
  /** What whoever is dialled sees: the line's number, never the caller's. */
  callerId: string;
}

/** Renders what the phone is to do as TwiML, through the carrier's own library only. */
export function renderTwiml(actions: readonly VoiceAction[], places: Places): string {
  const response = new twilio.twiml.VoiceResponse();
  for (const action of actions) RENDER[action.kind](response, action as never, places);
  return response.toString();
}

type Renderers = {
  [Kind in VoiceAction['kind']]: (
    response: VoiceResponse,
    action: Extract<VoiceAction, { kind: Kind }>,
    places: Places,
  ) => void;
};

const RENDER: Renderers = {
  say: (response, action) => say(response, action.text, action),
  ask: (response, action) => {
    const query = { c: action.conversation, t: action.turn };
    const gather = response.gather({
      input: ['speech', 'dtmf'],
      language: SPEECH_LANGUAGE[action.language],
      speechTimeout: 'auto',
      timeout: SILENCE_SECONDS,
      ...keyOptions(action.keys),
      ...(action.hints.length === 0 ? {} : { hints: action.hints.slice(0, MAX_HINTS).join(', ') }),
      action: address('turn', query),
      method: 'POST',
    });
    for (const text of action.prompt) say(gather, text, action);
    // Silence falls through: it is an answer too, never the end of the call.
    response.redirect({ method: 'POST' }, address('turn', query));
  },
  wait: (response, action) => {
    const gather = response.gather({
      input: ['speech', 'dtmf'],
      language: SPEECH_LANGUAGE[action.language],
      speechTimeout: 'auto',
      timeout: WAIT_SECONDS,
      numDigits: 1,
      finishOnKey: '',
      action: address('turn', { c: action.conversation, t: action.turn, r: action.request }),
      method: 'POST',
    });
    for (const text of action.prompt) say(gather, text, action);
    const query = {
      c: action.conversation,
      r: action.request,
      n: action.round,
      ...(action.slow === true ? { s: '1' } : {}),
    };
    response.redirect({ method: 'POST' }, address('wait', query));
  },
  enter: (response, action) => {
    const query = { c: action.conversation, r: action.request };
    response.redirect({ method: 'POST' }, address('enter', query));
  },
  connect: (response, action) => {
    const next = afterRoom(action);
    const dial = response.dial(next === undefined ? {} : { action: next, method: 'POST' });
    dial.conference(
      {
        beep: 'false',
        startConferenceOnEnter: true,
        endConferenceOnExit: action.party !== 'guest',
        maxParticipants: 3,
      },
      action.request,
    );
  },
  screen: (response, action) => {
    const gather = response.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: SCREEN_SECONDS,
      action: address('leg-key', { r: action.request, p: action.responder }),
      method: 'POST',
    });
    say(gather, action.prompt, action);
  },
  'screen-caller': (response, action) => {
    const gather = response.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: SCREEN_SECONDS,
      action: address('caller-key', { c: action.conversation, r: action.request, l: action.language }),
      method: 'POST',
    });
    say(gather, action.prompt, action);
  },
  'screen-person': (response, action) => {
    const gather = response.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: PERSON_SECONDS,
      action: address('callback-key', { b: action.callback }),
      method: 'POST',
    });
    say(gather, action.prompt, action);
  },
  transfer: (response, action, { suicideLineDial, callerId }) => {
    const back = { c: action.conversation, r: action.request };
    const dial = response.dial({
      action: address('after-transfer', back),
      method: 'POST',
      timeout: TRANSFER_SECONDS,
      answerOnBridge: true,
      callerId,
    });
    if (/^sips?:/.test(suicideLineDial)) dial.sip(suicideLineDial);
    else dial.number(suicideLineDial);
  },
  'come-back': (response, action, { currentUrl }) => {
    say(response, action.text, action);
    response.redirect({ method: 'POST' }, currentUrl);
  },
  'hang-up': (response) => response.hangup(),
};

/** Where a phone goes when its room has closed; `undefined`: the call ends. */
function afterRoom({
  party,
  conversation,
  request,
}: Extract<VoiceAction, { kind: 'connect' }>): string | undefined {
  if (party === 'staff') return address('callback-over', { r: request });
  return party === 'caller' && conversation !== undefined
    ? address('after-room', { c: conversation, r: request })
    : undefined;
}

function keyOptions(keys: Ask['keys']): { numDigits?: number; finishOnKey?: string } {
  if (keys.kind === 'code') return { numDigits: keys.length, finishOnKey: '#' };
  // Without a terminator `#` is a key like the others.
  return { numDigits: 1, finishOnKey: '' };
}
