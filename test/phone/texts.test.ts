import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobsOf } from '../../src/jobs/schedule.js';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.js';
import { asId, type ConversationId, type StaffId } from '../../src/kernel/ids.js';
import { signatureOf } from '../../src/local-phone/signed-webhook.js';
import { type RingingService, ringingService } from '../support/ringing-service.js';
import { postSigned } from '../support/webhook-phone.js';

const NUMBER = '+33639980051';
const OTHER = '+33639980052';
const camille = { id: asId<StaffId>('operator-1'), pseudonym: 'Camille' };
const SOON = { timeout: 5_000 };

let office: RingingService;
let made: number;
beforeEach(async () => {
  office = await ringingService();
  made = 0;
});
afterEach(async () => {
  expect(office.twilio.faults).toEqual([]);
  await office.remove();
});

const newSid = (): string => {
  made += 1;
  return `SM${made.toString(16).padStart(32, 'f')}`;
};

async function text(
  Body: string,
  { from = NUMBER, sid = newSid(), ...fields }: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return postSigned(office.running, '/twilio/sms', { MessageSid: sid, From: from, Body, ...fields });
}
const sentTo = (to = NUMBER): string[] =>
  office.twilio.requests
    .filter(
      ({ method, path, fields }) => method === 'post' && path.endsWith('/Messages.json') && fields.To === to,
    )
    .map(({ fields }) => fields.Body ?? '');
const greeted = (to = NUMBER): number =>
  sentTo(to).filter((body) => body.includes('assistant automatique')).length;
const job = (name: string) => {
  const { service, clock } = office.running;
  const found = jobsOf({ ...service, clock, placeOf: async () => 'telephone' }).find(
    (one) => one.name === name,
  );
  if (found === undefined) throw new Error(`no job ${name}`);
  return found;
};
const waiting = async (): Promise<ConversationId> => {
  await text('une personne s’il vous plaît');
  const [head] = await office.running.service.conversations.list(['queue'], 1);
  if (head === undefined) throw new Error('nobody waits');
  return head.id;
};
const contacts = async (conversation: ConversationId): Promise<boolean> =>
  (await office.running.service.textThreads.begin(conversation)) !== undefined;

describe('a caller who writes a text', () => {
  it('is told who answers, the numbers, and how to stop, then is answered, in basic characters', async () => {
    const answer = await text('je suis en conflit avec mon chef d’établissement');
    expect(answer).toEqual({ status: 200, body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' });
    const first = sentTo().join('\n');
    expect(sentTo().length).toBeLessThanOrEqual(2);
    expect(first).toMatch(/assistant automatique[\s\S]*STOP[\s\S]*3114[\s\S]*conflit[\s\S]*département/);
    expect(first).not.toMatch(/[’«»…êç]/);
    expect(office.twilio.requests[0]?.fields.From).toBe('+33100000000');
  });

  it('goes on in the same conversation, and may answer with the number of a choice', async () => {
    await text('je voudrais prendre rendez-vous');
    expect(sentTo().join('\n')).toMatch(/\n1 [\s\S]*\n2 /);
    const count = sentTo().length;
    await text('1');
    expect(sentTo().slice(count).join()).toMatch(/\S/);
    expect(greeted()).toBe(1);
  });

  it('in danger is given presence and the numbers, and the desk an alert', async () => {
    await text('je veux mourir');
    expect(sentTo().join('\n')).toMatch(/je reste avec vous[\s\S]*3114/);
    expect(await office.running.service.alerts.live(9)).toHaveLength(1);
  });

  it('whose text comes twice, also at once, is answered once', async () => {
    const sid = newSid();
    await Promise.all([text('bonjour', { sid }), text('bonjour', { sid })]);
    const count = sentTo().length;
    await text('bonjour', { sid });
    expect([greeted(), sentTo().length]).toEqual([1, count]);
    expect(await office.running.service.conversations.list(['bot'], 10)).toHaveLength(1);
  });

  it('is somebody else for another number, and anew a day after the last text', async () => {
    await text('bonjour');
    await text('bonjour', { from: OTHER });
    office.running.clock.advance(DAY - 1);
    await text('encore moi');
    expect(await office.running.service.conversations.list(['bot'], 10)).toHaveLength(2);
    office.running.clock.advance(DAY);
    await text('encore moi');
    expect(await office.running.service.conversations.list(['bot'], 10)).toHaveLength(3);
  });

  it('from a short code or a name, or with a field that is missing, is not answered', async () => {
    for (const from of ['36111', 'MGEN', '']) expect((await text('bonjour', { from })).status).toBe(200);
    expect((await text('bonjour', { sid: 'wrong' })).status).toBe(400);
    expect(await office.running.service.conversations.list(['bot'], 10)).toEqual([]);
  });

  it('is heard only with the signature of the carrier', async () => {
    const url = `${office.running.url}/twilio/sms`;
    const fields = { MessageSid: newSid(), From: NUMBER, Body: 'bonjour' };
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signatureOf('wrong', url, fields),
      },
      body: new URLSearchParams(fields).toString(),
    });
    expect(response.status).toBe(403);
    expect(sentTo()).toEqual([]);
  });

  it('who writes very much is still heard and screened, but answered no more, until ten minutes later', async () => {
    for (let count = 0; count < 40; count += 1) await text(`message ${count}`);
    const answered = sentTo().length;
    await text('je veux mourir');
    expect(sentTo()).toHaveLength(answered);
    expect(await office.running.service.alerts.live(9)).toHaveLength(1);
    expect((await text('bonjour', { from: OTHER })).status).toBe(200);
    expect(greeted(OTHER)).toBe(1);
    office.running.clock.advance(10 * MINUTE);
    await text('je suis là');
    expect(sentTo().length).toBeGreaterThan(answered);
  });

  it('is given the emergency numbers when nothing works behind', async () => {
    office.running.service.stores.conversations.get = async () => {
      throw new Error('down');
    };
    const answer = await text('bonjour');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/<Message statusCallback="\/twilio\/sms-status\?">[^<]*3114/);
  });
});

describe('STOP', () => {
  it.each(['STOP', 'stop.', 'Arrêt', 'STOP SMS'])(
    '%s destroys the number at once, without an answer',
    async (stop) => {
      const id = await waiting();
      const before = sentTo().length;
      await text(stop);
      expect(await contacts(id)).toBe(false);
      await office.running.service.desk.claim(id, camille);
      await office.running.service.desk.reply(id, camille, 'Bonjour');
      expect(sentTo()).toHaveLength(before);
      expect(await office.running.service.textThreads.isStopped(NUMBER)).toBe(true);
    },
  );

  it('is also what the carrier says it is, and is over when the number writes again', async () => {
    await text('fini', { OptOutType: 'STOP' });
    expect(sentTo()).toEqual([]);
    await text('bonjour');
    expect(greeted()).toBe(1);
    expect(await office.running.service.textThreads.isStopped(NUMBER)).toBe(false);
  });

  it('holds for reminders too, for other numbers not', async () => {
    await text('STOP');
    const { textThreads } = office.running.service;
    expect([await textThreads.isStopped(NUMBER), await textThreads.isStopped(OTHER)]).toEqual([true, false]);
  });

  it('within a sentence is a word like any other', async () => {
    await text('je voudrais que tout ça s’arrête, stop au harcèlement');
    expect(greeted()).toBe(1);
  });
});

describe('an operator', () => {
  it('answers minutes later, and the answer comes as a text', async () => {
    const id = await waiting();
    office.running.clock.advance(20 * MINUTE);
    expect(await office.running.service.desk.claim(id, camille)).toEqual({ kind: 'done' });
    await office.running.service.desk.reply(id, camille, 'Bonjour, ici Camille. Je vous lis.');
    await expect.poll(() => sentTo().join('\n'), SOON).toContain('Bonjour, ici Camille. Je vous lis.');
    const count = sentTo().length;
    await text('merci d’être là');
    expect(sentTo()).toHaveLength(count);
    await office.running.service.desk.close(id, camille, { outcome: 'listened', orientation: 'none' });
    await expect.poll(() => sentTo().at(-1), SOON).toContain('terminée');
    await expect.poll(() => contacts(id), SOON).toBe(false);
  });

  it('is still read when the carrier failed at first: the job sends it once it can', async () => {
    const id = await waiting();
    await office.running.service.desk.claim(id, camille);
    await expect.poll(() => sentTo().at(-1), SOON).toContain('Camille');
    const count = sentTo().length;
    office.twilio.failures.push(500);
    await office.running.service.desk.reply(id, camille, 'Êtes-vous là ?');
    await expect.poll(() => sentTo().length, SOON).toBe(count + 1);
    expect(await job('deliver-texts').run()).toBe(0);
    office.running.clock.advance(MINUTE);
    expect(await job('deliver-texts').run()).toBe(1);
    expect(sentTo().slice(-2)).toEqual(['Etes-vous là ?', 'Etes-vous là ?']);
    expect(await job('deliver-texts').run()).toBe(0);
  });
});

describe('what is left of a text', () => {
  it('is nothing at the carrier: both ways are deleted, with proof', async () => {
    await text('bonjour');
    office.running.clock.advance(MINUTE);
    const out = sentTo().length;
    expect(await job('erase-carrier-records').run()).toBe(out + 1);
    const deleted = office.twilio.requests.filter(({ method }) => method === 'delete');
    expect(deleted.every(({ path }) => path.includes('/Messages/'))).toBe(true);
    expect(deleted).toHaveLength(out + 1);
    expect(office.twilio.texts.size).toBe(0);
  });

  it('is no number here two days later', async () => {
    await text('bonjour');
    const { stores } = office.running.service;
    office.running.clock.advance(2 * DAY + HOUR);
    expect(await job('destroy-contacts').run()).toBe(1);
    await job('forget-links').run();
    const [head] = await office.running.service.conversations.list(['bot'], 1);
    if (head === undefined) throw new Error('no conversation');
    expect(await stores.textThreads.of(head.id)).toBeUndefined();
  });
});
