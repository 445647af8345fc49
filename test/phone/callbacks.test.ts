import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobsOf } from '../../src/jobs/schedule.js';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import type { CallbackId } from '../../src/phone-line/callback-store.js';
import { CLAIM_LASTS } from '../../src/phone-line/callbacks.js';
import { responderNamed } from '../support/line-office.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { type Heard, postSigned, type WebhookPhone } from '../support/webhook-phone.js';

const NUMBER = '+33639980061';
const KEYED = '0639980061';
const OPERATOR = '+33199000201';
const camille = responderNamed('operator-1');
const andrea = responderNamed('coordinator-1');

let office: RingingService;
beforeEach(async () => {
  office = await ringingService();
});
afterEach(async () => {
  expect(office.twilio.faults).toEqual([]);
  await office.remove();
});

const service = () => office.running.service;
const list = () => service().callbacks.list();
const contact = async (id: CallbackId) => {
  const found = await service().callbacks.get(id);
  return found === undefined ? undefined : service().contacts.open(found.contact, 'callback');
};
const sweep = async (): Promise<number | undefined> => {
  const { clock } = office.running;
  const job = jobsOf({ ...service(), clock, placeOf: async () => 'telephone' }).find(
    ({ name }) => name === 'sweep-callbacks',
  );
  return (await job?.run()) as number | undefined;
};

/** Nobody is on duty: the menu offers a callback as its last key. */
async function atTheMenu(): Promise<WebhookPhone> {
  for (const { responder, role } of await service().phoneLine.duties())
    if (role === 'psychologist') await service().phoneLine.setAvailable(responder, role, false);
  const caller = office.phone();
  await caller.dial();
  await caller.say('je voudrais parler à un psychologue maintenant');
  return caller;
}
async function asked({ message = '2' } = {}): Promise<CallbackId> {
  const caller = await atTheMenu();
  await caller.keys('5');
  await caller.keys('1');
  await caller.keys('1');
  await caller.keys(message);
  expect((await caller.keys(KEYED)).said).toContain('C’est noté');
  const [entry] = await list();
  if (entry === undefined) throw new Error('no callback');
  return entry.id;
}

/** The phone of whoever is called back. */
interface Person {
  answered(): Promise<Heard>;
  press(key: string): Promise<Heard>;
  ended(status: string): Promise<void>;
}
const people = (): Person[] =>
  office.twilio.requests
    .filter(({ method, path }) => method === 'post' && path.endsWith('/Calls.json'))
    .flatMap(({ fields }, index): Person[] => {
      if (fields.To !== NUMBER) return [];
      const CallSid = `CA${String(index + 1).padStart(32, '0')}`;
      const leg = office.phone('+33100000000');
      const path = (url = ''): string => url.slice(new URL(url).origin.length);
      return [
        {
          answered: () => leg.post(path(fields.Url), { CallSid }),
          press: (Digits) => leg.post(path(fields.Url).replace('-answered', '-key'), { CallSid, Digits }),
          ended: async (CallStatus) => {
            office.twilio.calls.set(CallSid, CallStatus);
            await postSigned(office.running, path(fields.StatusCallback), { CallSid, CallStatus });
          },
        },
      ];
    });
const desk = () => {
  const found = office.desks().at(-1);
  if (found === undefined) throw new Error('no desk phone rings');
  return found;
};
const person = (): Person => {
  const found = people().at(-1);
  if (found === undefined) throw new Error('nobody is called');
  return found;
};
/** The operator's phone has accepted, and the person's rings. */
async function calling(id: CallbackId, by = camille): Promise<void> {
  expect(await service().callbacks.claim(id, by)).toEqual({ kind: 'claimed' });
  expect((await service().callbacks.call(id, by)).kind).toBe('ringing');
  await desk().pickUp();
  expect((await desk().press('1')).verbs).toContain('Conference');
}

describe('a callback', () => {
  it('knows an overseas number by its own country code, however it was given', async () => {
    const now = office.running.clock.now();
    const ask = (number: string) =>
      service().callbacks.ask({
        ...{ conversation: asId<never>('somebody'), number, language: 'fr' },
        ...{ window: { from: now, to: now + DAY }, mayLeaveMessage: false },
      });
    const kept = await ask('0690 00 12 34');
    expect(kept.kind).toBe('kept');
    expect(await ask('+590690001234')).toEqual({ ...kept, kind: 'exists' });
    expect(await ask('0890 00 12 34')).toEqual({ kind: 'not-a-number' });
  });

  it('is kept only after a clear yes, for a time, without a message unless said, and never read back', async () => {
    const caller = await atTheMenu();
    expect(caller.last.said).toContain('Être rappelé : tapez 5');
    expect((await caller.keys('5')).said).toMatch(/trois fois au plus[\s\S]*d’accord/);
    expect((await caller.keys('1')).said).toMatch(/aujourd’hui[\s\S]*tapez 1[\s\S]*tapez 2[\s\S]*tapez 3/);
    await caller.keys('2');
    await caller.keys('2');
    const kept = await caller.keys(KEYED);
    expect(kept.said).toMatch(/C’est noté[\s\S]*Aucun message ne sera laissé/);
    expect(kept.xml).not.toContain('639980061');
    expect(await list()).toMatchObject([{ mayLeaveMessage: false, attempts: [], state: 'open', by: null }]);
    expect(JSON.stringify(await list())).not.toContain('639980061');
  });

  it.each([['2'], ['']])('keeps nothing without a yes: key %o', async (key) => {
    const caller = await atTheMenu();
    await caller.keys('5');
    const heard = key === '' ? await caller.silence() : await caller.keys(key);
    expect(heard.said).toContain('Aucun numéro n’est gardé');
    expect(await list()).toEqual([]);
  });

  it('is one for a number: asking again offers to withdraw it, and withdrawing destroys the number', async () => {
    const id = await asked();
    const caller = await atTheMenu();
    for (const key of ['5', '1', '1', '2']) await caller.keys(key);
    expect((await caller.keys(KEYED)).said).toContain('Un rappel est déjà prévu');
    expect((await caller.keys('2')).said).toContain('annulé');
    expect(await list()).toEqual([]);
    expect(await contact(id)).toBeUndefined();
  });

  it('in the chat is asked for in the same way', async () => {
    const { id } = await service().conversations.open({ channel: 'web', language: 'fr' });
    let count = 0;
    const say = async (text: string): Promise<string> => {
      count += 1;
      const { messages } = await service().takeTurn({
        conversation: id,
        key: `k${count}`,
        kind: 'text',
        text,
      });
      return messages.map(({ text: said }) => said).join('\n');
    };
    await service().takeTurn({ conversation: id, key: 'start', kind: 'start', text: '' });
    await say('je voudrais parler à un psychologue maintenant');
    expect(await say('Être rappelé')).toContain('d’accord');
    await say('oui');
    await say('1');
    await say('oui');
    expect(await say('06 39 98 00 61')).toContain('Un message pourra être laissé');
    expect(await list()).toMatchObject([{ mayLeaveMessage: true }]);
  });
});

describe('calling back', () => {
  it('F25: is done by one person, who is seen by the others', async () => {
    const id = await asked();
    const claims = await Promise.all(
      [camille, andrea, camille].map((by) => service().callbacks.claim(id, by)),
    );
    const winners = claims.filter(({ kind }) => kind === 'claimed');
    expect(winners.length).toBe(claims[0]?.kind === 'claimed' ? 2 : 1);
    const by = (await list())[0]?.by;
    const other = by === camille ? andrea : camille;
    expect(await service().callbacks.claim(id, other)).toEqual({ kind: 'taken', by });
    expect(await service().callbacks.call(id, other)).toEqual({ kind: 'not-yours' });
  });

  it('F25: tells whoever else picks up nothing of the service, and puts nobody through who does not press 1', async () => {
    const id = await asked();
    await calling(id);
    const heard = await person().answered();
    expect(heard.verbs).toEqual(['Response', 'Gather', 'Say', 'Gather', 'Say', 'Hangup']);
    expect(heard.said).not.toMatch(/écoute|psy|numéro unique|éducation|MGEN/i);
    expect((await person().press('2')).verbs).toEqual(['Response', 'Hangup']);
    await person().ended('completed');
    expect(await list()).toMatchObject([{ state: 'open', attempts: [{ by: camille, reached: false }] }]);
  });

  it('rings the desk phone first, then the person, who are put together once they press 1', async () => {
    const id = await asked();
    await service().callbacks.claim(id, camille);
    await service().callbacks.call(id, camille);
    expect(office.desks().map(({ number }) => number)).toEqual([OPERATOR]);
    expect(people()).toHaveLength(0);
    expect((await desk().pickUp()).said).toContain('Un rappel vous attend');
    const [room, again] = await Promise.all([desk().press('1'), desk().press('1')]);
    expect(again.xml).toBe(room.xml);
    expect(people()).toHaveLength(1);
    expect(room.xml).not.toContain('639980061');
    await person().answered();
    const joined = await person().press('1');
    expect(joined.verbs).toContain('Conference');
    expect(joined.said).toBe(room.said);
    await person().ended('completed');
    expect(await list()).toEqual([]);
    expect(await contact(id)).toBeUndefined();
    expect((await service().callbacks.get(id))?.state).toMatchObject({
      kind: 'done',
      outcome: 'reached',
      by: camille,
    });
  });

  it('is tried three times at most, then the number is destroyed; a late end of one call ends no other', async () => {
    const id = await asked();
    for (const status of ['busy', 'no-answer']) {
      await calling(id);
      await person().ended(status);
      await desk().ended('completed');
    }
    await calling(id);
    await people()[0]?.ended('completed');
    expect((await list())[0]?.state).toBe('calling');
    await person().ended('failed');
    expect(await list()).toEqual([]);
    expect(await contact(id)).toBeUndefined();
    const done = await service().callbacks.get(id);
    expect(done?.attempts.map(({ by, reached }) => [by, reached])).toEqual([
      [camille, false],
      [camille, false],
      [camille, false],
    ]);
  });

  it('leaves a message only when that was said', async () => {
    await calling(await asked({ message: '1' }));
    expect((await person().answered()).said).toContain('Nous n’avons pas pu vous joindre');
  });

  it('ends for the person when the desk phone is gone meanwhile, with an excuse', async () => {
    const id = await asked();
    await calling(id);
    await person().answered();
    await desk().ended('completed');
    expect((await person().press('1')).said).toContain('n’est plus en ligne');
    expect(await list()).toMatchObject([{ state: 'open', attempts: [{ reached: false }] }]);
    expect((await service().phoneLine.duties()).filter(({ busyWith }) => busyWith !== null)).toEqual([]);
  });

  it('waits for its time, is given back when it is forgotten, and ends with its time', async () => {
    const caller = await atTheMenu();
    for (const key of ['5', '1', '2', '2']) await caller.keys(key);
    await caller.keys(KEYED);
    const [entry] = await list();
    const id = entry?.id ?? ('' as CallbackId);
    await service().callbacks.claim(id, camille);
    expect(await service().callbacks.call(id, camille)).toEqual({ kind: 'too-early' });
    office.running.clock.advance(CLAIM_LASTS - 1);
    expect(await sweep()).toBe(0);
    office.running.clock.advance(1);
    expect(await sweep()).toBe(1);
    expect((await list())[0]?.state).toBe('open');
    office.running.clock.advance((entry?.to ?? 0) - office.running.clock.now() - 1);
    expect(await sweep()).toBe(0);
    office.running.clock.advance(1);
    expect(await sweep()).toBe(1);
    expect(await list()).toEqual([]);
    expect(await contact(id)).toBeUndefined();
  });

  it('is ended by who has it, and by nobody else', async () => {
    const id = await asked();
    await service().callbacks.claim(id, camille);
    expect(await service().callbacks.done(id, andrea, 'reached')).toBe('not-yours');
    expect(await service().callbacks.done(id, camille, 'unreached')).toBe('done');
    expect(await list()).toEqual([]);
  });

  it('is only counted afterwards, and forgotten after a month', async () => {
    const id = await asked();
    await service().callbacks.withdraw(id);
    await service().tally.settled();
    const [day] = await service().stores.counts.between('2026-03-02', '2026-03-02');
    expect(day?.counts).toMatchObject({ 'callbacks|asked': 1, 'callbacks-ended|withdrawn': 1 });
    office.running.clock.advance(30 * DAY + HOUR + MINUTE);
    await sweep();
    expect(await service().callbacks.get(id)).toBeUndefined();
  });
});
