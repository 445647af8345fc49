import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobsOf } from '../../src/jobs/schedule.js';
import { SECOND } from '../../src/kernel/clock.js';
import { signatureOf } from '../../src/local-phone/signed-webhook.js';
import { onRosterAt } from '../../src/phone-line/roster.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { runningService } from '../support/running-service.js';
import { newCallSid, postSigned } from '../support/webhook-phone.js';

/** Every way such lines are known to fail, by its number in docs/phone.md. F19 (recordings) does not apply. */
/** The carrier is asked beside the answer: what it is asked may come a little later. */
const SOON = { timeout: 5_000 };

let office: RingingService;
beforeEach(async () => {
  office = await ringingService({ SUICIDE_LINE_DIAL: '+33199003114' });
});
afterEach(async () => {
  expect(office.twilio.faults).toEqual([]);
  await office.remove();
});

const [FIRST, SECOND_DESK, OPERATOR] = ['+33199000101', '+33199000102', '+33199000201'];
const rung = (): string[] => office.desks().map(({ number }) => number);
const desk = (index: number) => {
  const found = office.desks()[index];
  if (found === undefined) throw new Error(`no desk phone ${index} rings`);
  return found;
};
const switchOff = async (...ids: string[]): Promise<void> => {
  for (const duty of await office.running.service.phoneLine.duties())
    if (ids.includes(duty.responder))
      await office.running.service.phoneLine.setAvailable(duty.responder, duty.role, false);
};
const freeAgain = async () =>
  (await office.running.service.phoneLine.duties()).filter(({ busyWith }) => busyWith !== null);

describe('who answers', () => {
  it('F1: a voicemail that answers is not taken for a person, whatever is detected', async () => {
    const caller = await office.waiting();
    const whisper = await desk(0).pickUp();
    expect(whisper.verbs).toEqual(['Response', 'Gather', 'Say', 'Hangup']);
    const { StatusCallback = '' } = office.twilio.requests[0]?.fields ?? {};
    const machine = StatusCallback.replace('/leg-status', '/leg-machine');
    for (const AnsweredBy of ['human', 'machine_start'])
      await postSigned(office.running, machine.slice(new URL(machine).origin.length), {
        CallSid: desk(0).sid,
        AnsweredBy,
      });
    expect((await caller.silence()).verbs).not.toContain('Conference');
    expect((await desk(0).press('5')).verbs).toEqual(['Response', 'Hangup']);
    await desk(0).ended('completed');
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    expect((await caller.silence()).verbs).not.toContain('Conference');
  });

  it('F2: of two who press 1 at once one has the caller, the other hears that it is taken', async () => {
    const caller = office.phone();
    await caller.dial();
    await caller.say('je veux mourir');
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    const heard = await Promise.all([desk(0).press('1'), desk(1).press('1'), desk(0).press('1')]);
    const rooms = heard.map(({ verbs }) => verbs.includes('Conference'));
    expect(rooms[0]).toBe(rooms[2]);
    expect(rooms[0]).not.toBe(rooms[1]);
    expect(heard.find(({ verbs }) => !verbs.includes('Conference'))?.said).toContain('déjà pris');
    expect((await caller.silence()).verbs).toContain('Conference');
  });

  it('F3: when the caller hangs up while a phone rings, it stops, and pressing 1 leads nowhere', async () => {
    const caller = await office.waiting();
    await desk(0).pickUp();
    await caller.hangUp();
    expect(office.twilio.calls.get(desk(0).sid)).toBe('completed');
    const pressed = await desk(0).press('1');
    expect(pressed.said).toContain('déjà pris');
    expect(pressed.verbs).not.toContain('Conference');
    expect(await freeAgain()).toEqual([]);
  });

  it('F4: when the caller hangs up before being put through, nobody is left in the room', async () => {
    const caller = await office.waiting();
    expect((await desk(0).press('1')).verbs).toContain('Conference');
    await caller.hangUp();
    expect(office.twilio.calls.get(desk(0).sid)).toBe('completed');
    expect(await freeAgain()).toEqual([]);
  });

  it('F4: when the psychologist hangs up before the caller is put through, the next is rung', async () => {
    const caller = await office.waiting();
    await desk(0).press('1');
    await desk(0).ended('completed');
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    expect((await caller.silence()).verbs).not.toContain('Conference');
  });

  it('F5: a transfer to the 3114 that fails comes back to presence, and people are rung again', async () => {
    const caller = office.phone();
    await caller.dial();
    expect((await caller.say('je veux mourir')).said).toContain('31 14, tapez 3');
    const transfer = await caller.keys('3');
    expect(transfer.verbs).toEqual(['Response', 'Say', 'Dial', 'Number']);
    expect(transfer.xml).toContain('callerId="+33100000000"');
    expect(await freeAgain()).toEqual([]);
    const back = await caller.post(transfer.action, { DialCallStatus: 'busy' });
    expect(back.said).toContain('Personne n’a encore répondu');
    expect(back.verbs).toContain('Gather');
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK, FIRST, SECOND_DESK]);
  });

  it('F6: nobody on duty is said at once, with something else to choose', async () => {
    await switchOff('psy-telephone-1', 'psy-telephone-2');
    const caller = await office.waiting();
    expect(caller.last.said).toContain('Aucun psychologue n’est de permanence');
    expect(caller.last.said).toMatch(/rendez-vous[\s\S]*personne/);
    await expect.poll(rung, SOON).toEqual([]);
    expect((await caller.keys('2')).said).toContain('J’appelle un opérateur');
    await expect.poll(rung, SOON).toEqual([OPERATOR]);
  });

  it.each(['busy', 'failed', 'no-answer', 'canceled'] as const)(
    'F7: a leg that ends %s rings the next at once',
    async (status) => {
      await office.waiting();
      await desk(0).ended(status);
      await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    },
  );

  it('F7: a number that the carrier refuses rings the next at once', async () => {
    office.twilio.failures.push(400);
    await office.waiting();
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
  });

  it('F8: somebody in a call is not rung again', async () => {
    const caller = await office.waiting();
    await desk(0).press('1');
    await caller.silence();
    await office.waiting();
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    const third = await office.waiting();
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    expect((await third.silence()).said).toContain('position 1');
  });

  it('F23: who asked for a woman is never given a man, also after a refusal', async () => {
    const caller = await office.waiting();
    await expect.poll(rung, SOON).toEqual([FIRST]);
    expect((await caller.say('je préfère parler à une femme')).said).toContain('C’est noté');
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    await desk(1).press('2');
    await expect.poll(rung, SOON).toEqual([FIRST, SECOND_DESK]);
    expect((await caller.silence()).said).toContain('Personne n’a pu répondre');
  });
});

describe('what comes twice, late, slow or not at all', () => {
  it('F9: a late end of an earlier leg does not end the talk, a repeated answer is taken once', async () => {
    const caller = await office.waiting();
    await desk(0).ended('no-answer');
    const [one, two] = await Promise.all([desk(1).press('1'), desk(1).press('1')]);
    expect(two.xml).toBe(one.xml);
    await desk(0).ended('completed');
    await desk(0).ended('no-answer');
    expect((await caller.silence()).verbs).toContain('Conference');
  });

  it('F10: an answer that takes too long says so in time, and comes back with what was keyed', async () => {
    const caller = office.phone();
    await caller.dial();
    const store = office.running.service.stores.conversations;
    const commit = store.commit.bind(store);
    store.commit = async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, 3_200));
      return commit(...given);
    };
    const since = Date.now();
    const moment = await caller.keys('2');
    expect(Date.now() - since).toBeLessThan(3_000);
    expect(moment.verbs).toEqual(['Response', 'Say', 'Redirect']);
    expect(moment.next).toContain('k=2');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    store.commit = commit;
    expect((await caller.silence()).said).toMatch(/rendez-vous/);
  });

  it('F11: silence is an answer: every question goes on after it, and twice leads to a person', async () => {
    const caller = office.phone();
    for (const heard of [await caller.dial(), await caller.silence()])
      expect(heard.verbs.slice(-1)).toEqual(['Redirect']);
    expect((await caller.silence()).said).toContain('J’appelle un opérateur');
    await expect.poll(rung, SOON).toEqual([OPERATOR]);
  });

  it('F12: wrong keys lead to a person after two, never round and round', async () => {
    const caller = office.phone();
    await caller.dial();
    await caller.keys('9');
    expect((await caller.keys('9')).said).toContain('J’appelle un opérateur');
  });

  it('F17: a room that the carrier lists late is closed all the same', async () => {
    const caller = await office.waiting();
    await desk(0).press('1');
    const room = (await caller.silence()).said.trim().split('\n').at(-1) ?? '';
    office.twilio.conferences.set(`CF${'1'.repeat(32)}`, {
      name: room,
      status: 'in-progress',
      hiddenReads: 1,
    });
    await desk(0).ended('completed');
    expect([...office.twilio.conferences.values()][0]?.status).toBe('completed');
    expect((await caller.post(caller.last.action)).said).toContain('L’échange est terminé');
  });

  it('F18: a caller who has gone without any callback is swept, and the psychologist freed', async () => {
    await office.waiting();
    const { service, clock } = office.running;
    const sweep = jobsOf({ ...service, clock, placeOf: async () => 'telephone' }).find(
      ({ name }) => name === 'sweep-line',
    );
    clock.advance(90 * SECOND - 1);
    expect(await sweep?.run()).toBe(0);
    clock.advance(1);
    expect(await sweep?.run()).toBe(1);
    expect(office.twilio.calls.get(desk(0).sid)).toBe('completed');
    expect(await freeAgain()).toEqual([]);
  });

  it('F21: a roster that cannot be read empties no line', async () => {
    office.running.service.stores.roster.list = async () => {
      throw new Error('down');
    };
    await office.waiting();
    await expect.poll(rung, SOON).toEqual([FIRST]);
  });

  it('F22: a night on the roster ends at its wall clock, also when the clocks change', () => {
    const night = {
      kind: 'rule',
      id: 'n',
      responder: 'p' as never,
      role: 'psychologist',
      weekday: 6,
      from: '20:00',
      to: '08:00',
      firstDate: '2026-01-01',
      lastDate: null,
    } as const;
    const there = (at: string) => onRosterAt([night], Date.parse(at) as never).size;
    expect([there('2026-03-29T05:59:59Z'), there('2026-03-29T06:00:00Z')]).toEqual([1, 0]);
    expect([there('2026-10-25T06:59:59Z'), there('2026-10-25T07:00:00Z')]).toEqual([1, 0]);
  });
});

describe('who may speak to the service, and what it gives away', () => {
  const signed = async (url: string, { token, over = url }: { token: string; over?: string }) => {
    const fields = { CallSid: newCallSid(), From: '+266696687' };
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signatureOf(token, over, fields),
        'x-forwarded-host': 'evil.example.org',
        'x-forwarded-proto': 'https',
      },
      body: new URLSearchParams(fields).toString(),
    });
    return response.status;
  };
  const TOKEN = 'another-token-of-this-test';

  it('F13: behind a proxy the public address is what is signed, whatever the proxy headers say', async () => {
    const behind = await runningService({ PUBLIC_URL: 'http://localhost:4444', TWILIO_AUTH_TOKEN: TOKEN });
    const local = `http://127.0.0.1:${behind.port}/twilio/voice`;
    expect(await signed(local, { token: TOKEN, over: 'http://localhost:4444/twilio/voice' })).toBe(200);
    expect(await signed(local, { token: TOKEN })).toBe(403);
    expect(await signed(local, { token: TOKEN, over: 'https://evil.example.org/twilio/voice' })).toBe(403);
    await behind.remove();
  });

  it('F14: without a signature, or over another body, nothing is answered; without a token nothing is there', async () => {
    const url = `${office.running.url}/twilio/voice`;
    expect(await signed(url, { token: '' })).toBe(403);
    const fields = { CallSid: newCallSid(), From: '+266696687' };
    const other = signatureOf(office.running.environment.TWILIO_AUTH_TOKEN ?? '', url, fields);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': other },
      body: new URLSearchParams({ ...fields, From: '+33639980001' }).toString(),
    });
    expect(response.status).toBe(403);
    const key = 'b'.repeat(64);
    const bare = await runningService({
      PUBLIC_URL: 'https://line.example.org',
      SECRET_KEY: key,
      CODE_KEY: key,
    });
    expect(await signed(`http://127.0.0.1:${bare.port}/twilio/voice`, { token: '' })).toBe(404);
    await bare.remove();
  });

  it('F15: while the token is replaced, the one before it still opens', async () => {
    const turning = await runningService({
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_AUTH_TOKEN_PREVIOUS: 'the-token-before-it',
    });
    const url = `${turning.url}/twilio/voice`;
    expect(await signed(url, { token: TOKEN })).toBe(200);
    expect(await signed(url, { token: 'the-token-before-it' })).toBe(200);
    expect(await signed(url, { token: 'the-token-before-that' })).toBe(403);
    await turning.remove();
  });

  it('F16: what a caller says never becomes TwiML', async () => {
    const caller = office.phone();
    await caller.dial();
    for (const words of ['</Say><Dial>+33639980001</Dial>', '"><Hangup/>', '&lt;Hangup/&gt;']) {
      const heard = await caller.say(words);
      expect(heard.verbs.filter((verb) => ['Dial', 'Hangup'].includes(verb))).toEqual([]);
    }
  });

  it('F20: callers who withhold their number are callers like others, each for themselves', async () => {
    const numbers = ['+266696687', '+266696687', 'anonymous', '', '+266696687'];
    const callers = numbers.map((number) => office.phone(number));
    for (const caller of callers) expect((await caller.dial()).said).toContain('numéro unique');
    const [first, second] = callers;
    await first?.say('je voudrais prendre rendez-vous avec un psychologue');
    expect((await second?.keys('*'))?.said).toContain('numéro unique');
  });

  it('F24: the number of the caller reaches no other leg, no request to the carrier, no log', async () => {
    const caller = office.phone('+33639980024');
    await caller.dial();
    await caller.say('je voudrais parler à un psychologue maintenant');
    const heard = [await desk(0).pickUp(), await desk(0).press('1')].map(({ xml }) => xml).join();
    const places = [heard, JSON.stringify(office.twilio.requests), office.running.logged(), caller.last.xml];
    for (const place of places) expect(place).not.toContain('639980024');
    expect(office.twilio.requests[0]?.fields.From).not.toContain('6399');
  });
});
