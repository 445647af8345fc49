import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Writable } from 'node:stream';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobsOf } from '../../src/jobs/schedule.js';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import { placeOf } from '../../src/storage/counted-stores.js';
import { heard, type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

/** Monday 2 March 2026, 09:00 in Paris. */
let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

const titles = (result: Awaited<ReturnType<Talk['say']>>): string[] =>
  result.action.kind === 'listen' ? result.action.ask.choices.map(({ title }) => title) : [];

async function play(talk: Talk, ...lines: string[]) {
  let result = talk.welcome;
  for (const line of lines) result = await talk.say(line);
  return result;
}

const IN_STRASBOURG = [
  'je voudrais prendre rendez-vous avec un psychologue',
  'Prendre rendez-vous',
  'En face à face',
  'Strasbourg',
];
const WAIT = 'Être prévenu si un horaire se libère';
const codeIn = (text: string): string => /(\d{3} \d{3} \d{3})/.exec(text)?.[1] ?? '';

/** Somebody works on Sunday morning, for one appointment, which is booked. */
async function bookedSunday(): Promise<string> {
  const { stores, booking } = spoken.service;
  const [site] = (await stores.diary.read()).sites.filter(({ department }) => department === '67');
  const [rule] = (await stores.diary.read()).rules.filter((one) => one.site === site?.id);
  if (site === undefined || rule === undefined) throw new Error('a site was expected');
  await stores.diary.putRule({
    ...{ id: 'sunday', psychologist: rule.psychologist, site: site.id, modes: ['face_to_face'] },
    ...{ recurrence: { kind: 'once' }, firstDate: '2026-03-15', lastDate: '2026-03-15' },
    ...{ from: '10:00', to: '10:45', durations: [45] },
  });
  const [slot] = await booking.findSlots({ sites: [site.id], wish: { weekdays: [7] }, limit: 1 });
  if (slot === undefined) throw new Error('a slot was expected');
  const held = await booking.hold(slot, 'somebody' as never);
  if (held.kind !== 'held') throw new Error(held.kind);
  await booking.confirm(held.booking);
  return held.code;
}

const offerFreed = () => {
  const found = jobsOf({
    ...spoken.service,
    clock: spoken.clock,
    placeOf: (booking) => placeOf(spoken.service.stores.diary, booking),
  }).find(({ name }) => name === 'offer-freed-times');
  if (found === undefined) throw new Error('no job');
  return found.run();
};

const lastWords = async (talk: Talk): Promise<string> => {
  const messages = (await spoken.service.conversations.transcript(talk.id, 0, 200)) ?? [];
  return messages
    .slice(-4)
    .map(({ text }) => text)
    .join('\n');
};

const kept = async (): Promise<number> => {
  const farAhead = (spoken.clock.now() + 90 * DAY) as Instant;
  return (await spoken.service.stores.vault.ended(farAhead, 10)).length;
};

describe('waiting in a chat', () => {
  async function waits(): Promise<{ talk: Talk; code: string }> {
    const talk = await spoken.talk('web');
    const offered = await play(talk, ...IN_STRASBOURG, 'dimanche');
    expect(titles(offered)).toContain(WAIT);
    expect(heard(await talk.say(WAIT))).toContain('vous prévenir ici');
    const joined = heard(await talk.say('Me prévenir ici'));
    expect(joined).toContain('sur la liste d’attente');
    return { talk, code: codeIn(joined) };
  }

  it('is told of a time that was cancelled, takes it there, and goes on where they were', async () => {
    const booked = await bookedSunday();
    const { talk, code } = await waits();
    await talk.say('je voudrais annuler ou déplacer mon rendez-vous');
    await spoken.service.booking.cancel(booked);
    expect([await offerFreed(), await offerFreed()]).toEqual([1, 0]);
    expect(await lastWords(talk)).toMatch(
      /Un horaire s’est libéré : dimanche 15 mars à 10 h.*\n.*gardé pour vous jusqu’à 9 h 30/,
    );
    const taken = heard(await talk.say('Prendre cet horaire'));
    expect(taken).toContain('C’est confirmé : dimanche 15 mars à 10 h');
    expect(taken).toContain('est maintenant celui de ce rendez-vous');
    expect(taken).toMatch(/neuf chiffres/);
    expect(heard(await talk.say(code))).toContain('Votre rendez-vous : dimanche 15 mars à 10 h');
  });

  it('declines it, and waits on; it then goes to the next in line', async () => {
    const booked = await bookedSunday();
    const first = await waits();
    spoken.clock.advance(1);
    const second = await waits();
    await spoken.service.booking.cancel(booked);
    await offerFreed();
    expect(heard(await first.talk.say('non'))).toContain('vous gardez votre place');
    await offerFreed();
    expect(await lastWords(second.talk)).toContain('Un horaire s’est libéré');
    expect(heard(await second.talk.say('oui'))).toContain('C’est confirmé');
    expect((await spoken.service.waiting.lines()).length).toBe(1);
  });

  it('gets a time whose hold ran out, and loses it after half an hour without an answer', async () => {
    const booked = await bookedSunday();
    await spoken.service.booking.cancel(booked);
    const [slot] = await spoken.service.booking.findSlots({ wish: { weekdays: [7] }, limit: 1 });
    await spoken.service.booking.hold(slot as never, 'hesitates' as never);
    const { talk } = await waits();
    expect(await offerFreed()).toBe(0);
    spoken.clock.advance(5 * MINUTE);
    expect(await offerFreed()).toBe(1);
    spoken.clock.advance(30 * MINUTE);
    expect(heard(await talk.say('oui'))).toContain('n’est plus gardé');
  });

  it('gets a time that an absence no longer covers', async () => {
    const booked = await bookedSunday();
    await spoken.service.booking.cancel(booked);
    const { diary } = spoken.service.stores;
    const [rule] = (await diary.read()).rules.filter(({ id }) => id === 'sunday');
    if (rule === undefined) throw new Error('a rule was expected');
    await diary.removeRule(rule.site, 'sunday');
    await diary.putRule({ ...rule, recurrence: { kind: 'daily', every: 1 } });
    await diary.putAbsence({
      ...{ id: 'away', psychologist: rule.psychologist, zone: 'Europe/Paris', from: '00:00', to: '24:00' },
      ...{ recurrence: { kind: 'daily', every: 1 }, firstDate: '2026-03-14', lastDate: '2026-03-16' },
    });
    await waits();
    expect(await offerFreed()).toBe(0);
    await diary.removeAbsence('away');
    expect(await offerFreed()).toBe(1);
  });

  it('is not cut into while in danger, with a person, or after the chat was left', async () => {
    const booked = await bookedSunday();
    const inDanger = await waits();
    await inDanger.talk.say('je veux mourir');
    const withPerson = await waits();
    await withPerson.talk.say('une personne s’il vous plaît');
    const left = await waits();
    spoken.clock.advance(HOUR);
    await spoken.service.booking.cancel(booked);
    expect(await offerFreed()).toBe(0);
    for (const { talk } of [inDanger, withPerson, left])
      expect(await lastWords(talk)).not.toContain('s’est libéré');
  });

  it('leaves the list with the code, by phone', async () => {
    await bookedSunday();
    const { code } = await waits();
    const call = await spoken.talk('phone');
    const found = await play(call, 'annuler ou déplacer mon rendez-vous', code);
    expect(heard(found)).toContain('Aucun horaire n’est gardé');
    expect(heard(await call.say('quitter'))).toContain('n’êtes plus sur la liste');
    expect(await spoken.service.waiting.lines()).toEqual([]);
  });

  it('takes the time that is held with the code, by phone', async () => {
    const booked = await bookedSunday();
    const { code } = await waits();
    await spoken.service.booking.cancel(booked);
    await offerFreed();
    const call = await spoken.talk('phone');
    expect(heard(await play(call, 'annuler ou déplacer mon rendez-vous', code))).toContain('s’est libéré');
    expect(heard(await call.input('keys', '1'))).toContain('C’est confirmé');
  });

  it('is asked which days would suit when what is free is too late for them', async () => {
    const talk = await spoken.talk('web');
    await play(talk, ...IN_STRASBOURG, 'd’autres horaires', WAIT);
    expect(heard(await talk.say('le plus tôt possible'))).toContain('vous prévenir ici');
    await talk.say('oui');
    const [line] = await spoken.service.waiting.lines();
    expect(line).toMatchObject({ mode: 'face_to_face', wish: null, way: 'chat' });
    expect(line?.before).toBeGreaterThan(spoken.clock.now());
    expect(line?.sites.length).toBeGreaterThan(0);
  });

  it('counts who joined, what was offered and what was taken', async () => {
    const booked = await bookedSunday();
    const { talk } = await waits();
    await spoken.service.booking.cancel(booked);
    await offerFreed();
    await talk.say('oui');
    await spoken.service.tally.settled();
    const [day] = await spoken.service.stores.counts.between('2026-03-02', '2026-03-02');
    expect(day?.counts).toMatchObject({ 'waiting|joined': 1, 'waiting|offered': 1, 'waiting|taken': 1 });
  });
});

describe('waiting with a contact', () => {
  const MAIL = 'hortense.vasseur@example.fr';
  const PLANTED = [MAIL, 'hortense', 'vasseur', '0639980017', '33639980017', '06 39 98 00 17'];
  let server: SMTPServer;
  let mails: string[];
  let log: string;
  beforeEach(async () => {
    await spoken.close();
    mails = [];
    log = '';
    server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
      onData(stream, _session, done) {
        const chunks: string[] = [];
        stream.on('data', (chunk) => chunks.push(String(chunk)));
        stream.on('end', () => {
          mails.push(chunks.join(''));
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.server.address() as AddressInfo;
    const SMTP_URL = `smtp://127.0.0.1:${port}?from=ligne@example.fr`;
    const write = (chunk: unknown, _encoding: unknown, done: () => void): void => {
      log += String(chunk);
      done();
    };
    spoken = await spokenService(
      undefined,
      { SMTP_URL, TWILIO_SMS_FROM: '+33100000000', LINE_NUMBER: '0 800 000 000' },
      createLogger('debug', new Writable({ write })),
    );
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const filesUnder = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const file = path.join(folder, name);
      return statSync(file).isDirectory() ? filesUnder(file) : [file];
    });
  const found = (bytes: Buffer): string[] =>
    PLANTED.filter((one) => bytes.includes(one) || bytes.includes(Buffer.from(one, 'utf16le')));

  it('is written to once, without a word of what it is about, and taken with the code', async () => {
    const booked = await bookedSunday();
    const talk = await spoken.talk('web');
    await play(talk, ...IN_STRASBOURG, 'dimanche', WAIT);
    const joined = heard(await talk.say(MAIL));
    expect(joined).toContain('je le garde deux heures');
    await spoken.service.booking.cancel(booked);
    expect([await offerFreed(), await offerFreed(), mails.length]).toEqual([1, 0, 1]);
    const text = (mails[0] ?? '').replaceAll('=\r\n', '');
    expect(text).toContain('0 800 000 000');
    expect(text).not.toMatch(/psycholog|EAE|Strasbourg/i);
    const later = await spoken.talk('web');
    await play(later, 'annuler ou déplacer mon rendez-vous', codeIn(joined));
    expect(heard(await later.say('oui'))).toContain('C’est confirmé : dimanche 15 mars à 10 h');
    expect(await kept()).toBe(0);
  });

  it('is in no file and no line of the log, and is destroyed when nobody waits any more', async () => {
    await bookedSunday();
    const call = await spoken.talk('phone');
    await play(call, ...IN_STRASBOURG, 'dimanche');
    expect(heard(await call.say('liste d’attente'))).toContain('Tapez un numéro de portable');
    expect(heard(await call.input('keys', '0639980017'))).toContain('sur la liste d’attente');
    const talk = await spoken.talk('web');
    await play(talk, ...IN_STRASBOURG, 'dimanche', WAIT, MAIL);
    expect(await kept()).toBe(2);
    for (const file of filesUnder(spoken.folder))
      expect([file, found(readFileSync(file))]).toEqual([file, []]);
    expect(found(Buffer.from(log))).toEqual([]);
    spoken.clock.set('2026-03-31T09:00:00Z');
    await offerFreed();
    expect([await kept(), await spoken.service.waiting.lines()]).toEqual([0, []]);
  });

  it('is declined with a word', async () => {
    await bookedSunday();
    const call = await spoken.talk('phone');
    await play(call, ...IN_STRASBOURG, 'dimanche', 'liste d’attente');
    expect(heard(await call.say('non'))).toContain('je ne vous inscris pas');
    expect(await kept()).toBe(0);
  });
});
