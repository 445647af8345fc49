import { beforeEach, describe, expect, it } from 'vitest';
import { CallLeg } from '../../src/local-phone/call-leg.js';
import type { Callee } from '../../src/local-phone/callee.js';
import { createDialOut } from '../../src/local-phone/dial-out.js';
import type { LegEnd } from '../../src/local-phone/leg-options.js';
import type { Answer, Party } from '../../src/local-phone/party.js';
import { VirtualClock } from '../../src/local-phone/phone-clock.js';
import { Rooms } from '../../src/local-phone/rooms.js';
import type { Webhook } from '../../src/local-phone/signed-webhook.js';

/** The behaviour of TwiML, by the number of each case in docs/phone.md (after Somleng's and twimulator's tests). */
const ROOT = 'http://service.example/first?a=1';
const doc = (inside: string): string => `<?xml version="1.0"?><Response>${inside}</Response>`;

let pages: Map<string, string>;
let sent: Required<Webhook>[];
let outputs: string[];
let answers: Answer[];
let callees: Map<string, Callee>;
let clock: VirtualClock;
beforeEach(() => {
  pages = new Map();
  sent = [];
  outputs = [];
  answers = [];
  callees = new Map();
  clock = new VirtualClock();
});

const party = (talks = 0): Party => ({
  hear: (text) => outputs.push(text),
  listen: (address) => outputs.push(`play ${address}`),
  answer: async () => answers.shift() ?? { kind: 'silence' },
  talk: async (room, time) => {
    await (talks === 0 ? room.closed : time.sleep(talks));
  },
});

const answersAfter = (after: number, talks = 30): Callee => ({
  behaviour: 'answers',
  after,
  party: party(talks),
});

function legWith(change: { talks?: number; statusCallback?: string } = {}): CallLeg {
  const send = async (webhook: Webhook) => {
    sent.push({ method: 'POST', ...webhook });
    return { status: 200, body: pages.get(webhook.url) ?? doc('<Hangup/>') };
  };
  let made = 0;
  return new CallLeg({
    sid: 'CA-caller',
    url: ROOT,
    fields: { From: '+1', To: '+2', Caller: '+1', Called: '+2', AccountSid: 'AC', Direction: 'inbound' },
    party: party(change.talks),
    rooms: new Rooms(),
    clock,
    send,
    statusCallback: change.statusCallback,
    dial: createDialOut({
      clock,
      send,
      newSid: () => {
        made += 1;
        return `CA-${made}`;
      },
      callee: (number) => callees.get(number) ?? { behaviour: 'no-answer', party: party() },
    }),
  });
}

async function run(inside: string, given: Answer[] = []): Promise<LegEnd> {
  pages.set(ROOT, doc(inside));
  answers = given;
  return legWith().run();
}
const keys = (pressed: string): Answer => ({ kind: 'keys', keys: pressed });
const second = () => sent[1];

describe('documents', () => {
  it.each([
    ['S-DOC-1', '<Other/>', 'the root is not <Response>'],
    ['S-DOC-2', 'hello', 'the document is not XML'],
  ])('%s: %s ends the call with an error', async (_case, page, message) => {
    pages.set(ROOT, page);
    expect(await legWith().run()).toEqual({ kind: 'twiml-error', message });
  });

  it('S-DOC-3: an unknown verb is an error, and nothing of the document is done', async () => {
    expect(await run('<Say>a</Say><Foobar/>')).toMatchObject({ kind: 'twiml-error' });
    expect(outputs).toEqual([]);
  });

  it('S-DOC-4: comments are nothing', async () => {
    callees.set('+3', answersAfter(1));
    await run('<!-- a --><Say>a</Say><Dial><!-- b --><Number>+3</Number></Dial>');
    expect(outputs).toEqual(['a']);
  });
});

describe('requests', () => {
  it('S-REQ-1: the first says ringing, later ones in-progress, all say who calls whom', async () => {
    await run('<Say>a</Say><Redirect>/next</Redirect>');
    expect(sent.map(({ fields }) => fields.CallStatus)).toEqual(['ringing', 'in-progress']);
    for (const { fields } of sent)
      expect(Object.keys(fields)).toEqual(
        expect.arrayContaining([
          'From',
          'To',
          'Caller',
          'Called',
          'CallSid',
          'Direction',
          'AccountSid',
          'ApiVersion',
        ]),
      );
  });

  it('S-REQ-4: an address is relative to the last document', async () => {
    pages.set('http://service.example/deep/two', doc('<Redirect>three</Redirect>'));
    await run('<Redirect>/deep/two</Redirect>');
    expect(sent.at(-1)?.url).toBe('http://service.example/deep/three');
  });
});

describe('Gather', () => {
  it('S-GA-1: without an action posts to the same address', async () => {
    await run('<Gather numDigits="1"/>', [keys('1')]);
    expect(second()).toMatchObject({ url: ROOT, method: 'POST', fields: { Digits: '1' } });
  });

  it.each([
    ['S-GA-2', 'http://other.example/x', 'http://other.example/x'],
    ['S-GA-3', '/x?b=2', 'http://service.example/x?b=2'],
  ])('%s: posts to its action', async (_case, action, url) => {
    await run(`<Gather numDigits="1" action="${action}"/>`, [keys('1')]);
    expect(second()?.url).toBe(url);
  });

  it('S-GA-4: without input goes on with the next verb, without a request', async () => {
    await run('<Gather action="/x"/><Say>after</Say>');
    expect(sent).toHaveLength(1);
    expect(outputs).toEqual(['after']);
  });

  it('S-GA-5: may be a GET', async () => {
    await run('<Gather numDigits="1" action="/x" method="GET"/>', [keys('1')]);
    expect(second()?.method).toBe('GET');
  });

  it.each([
    ['S-GA-6', '', 5],
    ['S-GA-7', 'timeout="10"', 10],
  ])('%s: waits its time', async (_case, attribute, seconds) => {
    await run(`<Gather ${attribute}/>`);
    expect(clock.now()).toBe(seconds);
  });

  it.each([
    ['S-GA-8', '', '12#3', '12'],
    ['S-GA-9', 'finishOnKey=""', '12#3', '12#3'],
    ['S-GA-10', 'finishOnKey="*"', '12*3', '12'],
    ['S-GA-12', '', '1234567', '1234567'],
    ['S-GA-13', 'numDigits="5"', '1234567', '12345'],
  ])('%s: %s of %s takes %s', async (_case, attribute, pressed, taken) => {
    await run(`<Gather ${attribute}/>`, [keys(pressed)]);
    expect(second()?.fields.Digits).toBe(taken);
  });

  it('S-GA-11: its finishing key alone falls through, without a request', async () => {
    await run('<Gather action="/x"/><Say>after</Say>', [keys('#')]);
    expect(sent).toHaveLength(1);
    expect(outputs).toEqual(['after']);
  });

  it('S-GA-14: with actionOnEmptyResult silence is a result', async () => {
    await run('<Gather actionOnEmptyResult="true" action="/x"/><Say>never</Say>');
    expect(second()?.url).toBe('http://service.example/x');
    expect(outputs).toEqual([]);
  });

  it('S-GA-15, 16: nested outputs loop', async () => {
    await run('<Gather><Play loop="3">/a.mp3</Play></Gather>');
    expect(outputs).toEqual(['play /a.mp3', 'play /a.mp3', 'play /a.mp3']);
    outputs = [];
    await run('<Gather><Say loop="3">a</Say><Say loop="5">b</Say></Gather>');
    expect(outputs.join('')).toBe('aaabbbbb');
  });

  it('S-GA-17: a verb that may not stand in it is an error', async () => {
    expect(await run('<Gather><Dial>+3</Dial></Gather>')).toMatchObject({ kind: 'twiml-error' });
  });

  it('takes speech when it listens to it, and only then', async () => {
    const words: Answer = { kind: 'speech', text: 'bonjour' };
    await run('<Gather input="speech dtmf" action="/x"/>', [words]);
    expect(second()?.fields.SpeechResult).toBe('bonjour');
    sent = [];
    await run('<Gather action="/x"/>', [words]);
    expect(sent).toHaveLength(1);
  });
});

describe('Dial', () => {
  it('S-DI-1, 10: rings thirty seconds, then the next verb runs; without an action there is no request', async () => {
    await run('<Dial>+3</Dial><Say>after</Say>');
    expect(clock.now()).toBeGreaterThanOrEqual(30);
    expect(outputs).toEqual(['after']);
    expect(sent).toHaveLength(1);
  });

  it('S-DI-2, 4: several ring at once, the first who answers is put through, the others are cancelled', async () => {
    callees
      .set('+3', answersAfter(9))
      .set('+4', answersAfter(2, 20))
      .set('+5', { behaviour: 'no-answer', party: party() });
    await run(
      '<Dial action="/x"><Number statusCallback="/s" statusCallbackEvent="completed">+3</Number><Number>+4</Number><Number>+5</Number></Dial>',
    );
    const action = sent.find(({ url }) => url.endsWith('/x'));
    expect(action?.fields).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: 'CA-2',
      DialCallDuration: '20',
    });
    expect(sent.find(({ url }) => url.endsWith('/s'))?.fields.CallStatus).toBe('canceled');
    expect(clock.now()).toBe(22);
  });

  it('S-DI-3: after an action the following verbs are never reached', async () => {
    callees.set('+3', answersAfter(1));
    await run('<Dial action="/x">+3</Dial><Say>never</Say>');
    expect(outputs).toEqual([]);
  });

  it.each([
    ['busy', 'busy'],
    ['failed', 'failed'],
    ['no-answer', 'no-answer'],
  ] as const)(
    'S-DI-5, 6: a phone that is %s gives %s, without a sid or a duration',
    async (behaviour, status) => {
      callees.set('+3', { behaviour, party: party() });
      await run('<Dial action="/x">+3</Dial>');
      expect(second()?.fields.DialCallStatus).toBe(status);
      expect(second()?.fields.DialCallSid).toBeUndefined();
      expect(second()?.fields.DialCallDuration).toBeUndefined();
    },
  );

  it('S-DI-7, 8, 9: GET, callerId and timeout are kept', async () => {
    await run(
      '<Dial action="/x" method="GET" callerId="+9" timeout="10"><Number statusCallback="/s" statusCallbackEvent="initiated">+3</Number></Dial>',
    );
    expect(clock.now()).toBe(10);
    expect(sent.find(({ url }) => url.endsWith('/s'))?.fields.From).toBe('+9');
    expect(sent.at(-1)?.method).toBe('GET');
  });

  it('tells the events of a number in order', async () => {
    callees.set('+3', answersAfter(3, 5));
    await run(
      '<Dial><Number statusCallback="/s" statusCallbackEvent="initiated ringing answered completed">+3</Number></Dial>',
    );
    const told = sent.filter(({ url }) => url.endsWith('/s')).map(({ fields }) => fields.CallStatus);
    expect(told).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
  });

  it('plays the whisper to who answers, and does not put through who hangs up on it', async () => {
    callees.set('+3', answersAfter(1));
    pages.set('http://service.example/w', doc('<Say>whisper</Say>'));
    await run('<Dial action="/x"><Number url="/w">+3</Number></Dial>');
    expect(outputs).toEqual(['whisper']);
    expect(sent.at(-1)?.fields.DialCallStatus).toBe('completed');
    pages.set('http://service.example/w', doc('<Hangup/>'));
    await run('<Dial action="/x"><Number url="/w">+3</Number></Dial>');
    expect(sent.at(-1)?.fields.DialCallStatus).toBe('no-answer');
  });

  it('cancels what rings when the caller hangs up', async () => {
    callees.set('+3', answersAfter(20));
    pages.set(ROOT, doc('<Dial action="/x"><Number statusCallback="/s">+3</Number></Dial>'));
    const leg = legWith();
    const over = leg.run();
    await clock.sleep(5);
    leg.hangUp();
    await over;
    expect(sent.find(({ url }) => url.endsWith('/s'))?.fields.CallStatus).toBe('canceled');
    expect(clock.now()).toBe(5);
  });
});

describe('Redirect, Reject, Say, Hangup', () => {
  it('S-RD-1, 2, 3: goes there, verbs after it are ignored', async () => {
    await run('<Redirect method="GET">http://other.example/x</Redirect><Say>never</Say>');
    expect(second()).toMatchObject({ url: 'http://other.example/x', method: 'GET' });
    expect(outputs).toEqual([]);
  });

  it('S-RD-4: an empty one is an error', async () => {
    expect(await run('<Redirect/>')).toMatchObject({ kind: 'twiml-error' });
  });

  it('S-RJ-1, 2: a rejected call is never answered', async () => {
    expect(await run('<Reject/>')).toEqual({ kind: 'rejected', reason: 'rejected' });
    expect(await run('<Reject reason="busy"/>')).toEqual({ kind: 'rejected', reason: 'busy' });
    expect(sent.every(({ fields }) => fields.CallStatus === 'ringing')).toBe(true);
  });

  it('S-SA-5, 6: loops, and a loop of 0 has an end', async () => {
    await run('<Say loop="2">a</Say>');
    expect(outputs).toEqual(['a', 'a']);
    outputs = [];
    await run('<Say loop="0">a</Say>');
    expect(outputs).toHaveLength(1_000);
  });

  it('S-HA-1: nothing runs after it, and neither after an empty document', async () => {
    expect(await run('<Hangup/><Say>never</Say>')).toEqual({ kind: 'completed' });
    expect(await run('')).toEqual({ kind: 'completed' });
    expect(outputs).toEqual([]);
  });
});

describe('a live call', () => {
  const during = async (change: (leg: CallLeg) => void): Promise<void> => {
    pages.set(ROOT, doc('<Gather timeout="60"/><Say>never</Say>'));
    const leg = legWith();
    const over = leg.run();
    await clock.sleep(5);
    change(leg);
    await over;
    expect(outputs).not.toContain('never');
  };

  it('S-UP-1: is ended', async () => {
    await during((leg) => leg.hangUp());
    expect(clock.now()).toBe(5);
  });

  it('S-UP-2: is sent to another address', async () => {
    pages.set('http://service.example/new', doc('<Say>new</Say>'));
    await during((leg) => leg.update({ url: 'http://service.example/new' }));
    expect(outputs).toEqual(['new']);
  });

  it('S-UP-3: is given another document', async () => {
    await during((leg) => leg.update({ xml: doc('<Say>inline</Say>') }));
    expect(outputs).toEqual(['inline']);
    expect(sent).toHaveLength(1);
  });
});

describe('status callbacks', () => {
  it.each([
    ['S-SC-1, 4: a failure is tried once more, not for ever', [500, 500, 500], 2],
    ['S-SC-3: a success is not repeated', [204], 1],
    ['S-SC-2: nobody there is tried once more', ['down', 204], 2],
  ] as const)('%s', async (_case, results, times) => {
    const tried: string[] = [];
    const queue: (number | string)[] = [...results];
    const leg = new CallLeg({
      ...legWith().options,
      statusCallback: 'http://service.example/status',
      send: async ({ url }) => {
        if (!url.endsWith('/status')) return { status: 200, body: doc('<Say>a</Say>') };
        tried.push(url);
        const result = queue.shift();
        if (typeof result !== 'number') throw new Error('down');
        return { status: result, body: '' };
      },
    });
    expect(await leg.run()).toEqual({ kind: 'completed' });
    expect(tried).toHaveLength(times);
  });
});
