import { describe, expect, it } from 'vitest';
import { loadTranslations } from '../../../locales/translate.js';
import { renderFailure } from '../../../src/channels/twilio/failure-twiml.js';
import { renderTwiml } from '../../../src/channels/twilio/twiml.js';
import { asId, type ConversationId, type LineRequestId } from '../../../src/kernel/ids.js';
import type { VoiceAction } from '../../../src/voice/voice-action.js';
import { checked } from '../../support/check-twiml.js';
import { twimlFaults, twimlGrammar } from '../../support/twiml-grammar.js';

const grammar = twimlGrammar();
const faults = (inside: string): string[] => twimlFaults(`<Response>${inside}</Response>`, grammar);
const conversation = asId<ConversationId>('conversation');
const request = asId<LineRequestId>('request');
const PLACES = {
  currentUrl: '/twilio/turn?c=a&t=1&k=12',
  suicideLineDial: '+33199003114',
  callerId: '+33100000000',
};
const NASTY = `</Say><Hangup/> "&' <Dial>+33639980017</Dial>`;

const EVERY_ACTION: VoiceAction[] = [
  { kind: 'say', text: NASTY, language: 'fr', slow: true },
  {
    kind: 'ask',
    prompt: [NASTY],
    language: 'en',
    conversation,
    turn: 1,
    keys: { kind: 'code', length: 9 },
    hints: [NASTY, 'Strasbourg'],
  },
  { kind: 'wait', prompt: [NASTY], language: 'fr', slow: true, conversation, turn: 1, request, round: 2 },
  { kind: 'connect', request, party: 'caller', conversation },
  { kind: 'connect', request, party: 'responder' },
  { kind: 'transfer', request, conversation },
  { kind: 'screen', prompt: NASTY, language: 'fr', request, responder: 'dominique' },
  { kind: 'come-back', text: NASTY, language: 'fr' },
  { kind: 'hang-up' },
];

describe('the grammar taken from the library', () => {
  it('knows the verbs, their nouns and the values of their attributes', () => {
    expect(faults('<Gather input="speech dtmf" timeout="5"><Say language="fr-FR">a</Say></Gather>')).toEqual(
      [],
    );
    expect(faults('<Say><prosody rate="80%">a</prosody></Say>')).toEqual([]);
    expect(faults('<Dial answerOnBridge="true"><Conference beep="false">r</Conference></Dial>')).toEqual([]);
  });

  it.each([
    ['<Foobar/>', '<Foobar> may not stand in VoiceResponse'],
    ['<Gather><Dial>1</Dial></Gather>', '<Dial> may not stand in Gather'],
    ['<Gather numDigit="1"/>', '<Gather> has no attribute numDigit'],
    ['<Gather input="keys"/>', '<Gather input="keys"> is not GatherInput[]'],
    ['<Pause length="long"/>', '<Pause length="long"> is not number'],
  ])('refuses %s', (xml, fault) => {
    expect(faults(xml).join()).toContain(fault.split(' is not')[0] ?? fault);
  });
});

describe('what is sent to the carrier', () => {
  it('is TwiML, whatever the words are, and the words are nothing but words', () => {
    const before = checked.documents;
    for (const action of EVERY_ACTION) {
      const xml = renderTwiml([action], PLACES);
      expect(xml).not.toContain('<Dial>+33639980017');
      expect(xml).not.toContain('Say><Hangup');
    }
    expect(
      renderTwiml([{ kind: 'transfer', request, conversation }], {
        ...PLACES,
        suicideLineDial: 'sip:a@b.fr',
      }),
    ).toContain('<Sip>sip:a@b.fr</Sip>');
    expect(checked.documents).toBe(before + EVERY_ACTION.length + 1);
    expect(checked.faults).toEqual([]);
  });

  it('listens to speech and keys, can be interrupted, and goes on after silence', () => {
    const [, ask] = EVERY_ACTION;
    const xml = renderTwiml(ask === undefined ? [] : [ask], PLACES);
    expect(xml).toMatch(/<Gather input="speech dtmf".*?method="POST"><Say/);
    expect(xml).not.toContain('bargeIn="false"');
    expect(xml).toMatch(/<\/Gather><Redirect method="POST">/);
  });

  it('when all has failed says 15, 17, 112 and 3114, then dials the last resort, or says it again', () => {
    const translations = loadTranslations();
    const alone = renderFailure(translations, { lastResortNumber: '', callerId: '' });
    for (const number of ['15', '17', '112', '31 14']) expect(alone).toContain(number);
    expect(alone.match(/<Say/g)).toHaveLength(2);
    const last = { lastResortNumber: '+33199000999', callerId: '+33100000000' };
    expect(renderFailure(translations, last)).toMatch(
      /<Dial[^>]* callerId="\+33100000000">\+33199000999<\/Dial>/,
    );
  });

  it('greets in less than fifteen seconds, at fourteen characters a second', () => {
    const { spoken } = loadTranslations();
    for (const language of ['fr', 'en'] as const) {
      const keys = ['welcome.greeting', 'welcome.emergency', 'welcome.question-phone'];
      const text = keys.map((key) => spoken(language, key)).join(' ');
      expect(text.length / 14).toBeLessThanOrEqual(15);
      expect(text).toMatch(/assistant automatique|automatic assistant/);
    }
  });
});
