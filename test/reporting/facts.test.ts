import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTranslations } from '../../locales/translate.js';
import { CHANNELS } from '../../src/conversations/conversation.js';
import { CORPS } from '../../src/directory/profile.js';
import { ALERT_OUTCOMES } from '../../src/handoff/alert.js';
import { DAY, instant, SECOND } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';
import { NEEDS } from '../../src/kernel/needs.js';
import { bilanWords } from '../../src/operations/bilan-words-of.js';
import { type Bilan, bilanOf } from '../../src/reporting/bilan.js';
import { bilanCsv } from '../../src/reporting/bilan-csv.js';
import { bilanPage } from '../../src/reporting/bilan-html.js';
import { countersOf } from '../../src/reporting/counters.js';
import type { Fact } from '../../src/reporting/fact.js';
import { createTally } from '../../src/reporting/tally.js';
import { frozenClock } from '../support/frozen-clock.js';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

async function counted(): Promise<Record<string, number>> {
  await spoken.service.tally.settled();
  const days = await spoken.service.stores.counts.between('2026-01-01', '2026-12-31');
  expect(days.map(({ day }) => day)).toEqual(['2026-03-02']);
  return { ...days[0]?.counts };
}

describe('what is counted', () => {
  it('a booked appointment: contact, need, mode and rank, each once', async () => {
    const talk = await spoken.talk('web');
    for (const text of [
      'je suis professeure des écoles, je voudrais prendre rendez-vous avec un psychologue',
      'Prendre rendez-vous',
      'Par téléphone',
      '1',
      'Oui',
    ])
      await talk.say(text);
    expect(await counted()).toEqual({
      'contacts|web': 1,
      'needs|ecoute_psy': 1,
      'corps|premier_degre': 1,
      'support|telephone': 1,
      'sessions|1': 1,
    });
  });

  it('a corps that was asked for and keyed, once', async () => {
    const talk = await spoken.talk('phone');
    await talk.say('je voudrais un poste adapté pour raison de santé');
    await talk.say('Marseille');
    await talk.input('keys', '2');
    await talk.input('keys', '1');
    expect((await counted())['corps|second_degre']).toBe(1);
  });

  it('an input that comes twice once', async () => {
    const { id } = await spoken.talk('web');
    const input = { conversation: id, key: 'same', kind: 'text', text: 'annuler mon rendez-vous' } as const;
    await Promise.all([spoken.service.takeTurn(input), spoken.service.takeTurn(input)]);
    expect((await counted())['needs|info_rdv']).toBe(1);
  });

  it('an orientation with its académie, by service', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je suis en conflit avec mon chef d’établissement, académie de Nancy-Metz');
    const counts = await counted();
    expect(counts['academies|nancy-metz']).toBe(1);
    expect(Object.keys(counts).some((counter) => counter.startsWith('services|nancy-metz'))).toBe(true);
  });

  it('an alert: when, how soon it was taken, how it ended', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je veux mourir');
    const [alert] = await spoken.service.alerts.live(1);
    if (alert === undefined) throw new Error('no alert');
    spoken.clock.advance(40 * SECOND);
    await spoken.service.desk.claim(talk.id, { id: asId('s1'), pseudonym: 'Camille' });
    await spoken.service.alerts.acknowledge(alert.id, asId('s1'));
    await spoken.service.alerts.acknowledge(alert.id, asId('s1'));
    await spoken.service.alerts.close(alert.id, asId('s1'), 'safe-now');
    expect(await counted()).toEqual({
      'contacts|web': 1,
      'handed-over|handed-over': 1,
      'alert-hours|morning': 1,
      'alert-acknowledged|up-to-60': 1,
      'alert-outcome|safe-now': 1,
      'take-over-time|up-to-60': 1,
    });
  });

  it('a call at once, answered by a psychologist after some seconds', async () => {
    const { phoneLine } = spoken.service;
    const psychologist = asId<never>('psy-telephone-1');
    await phoneLine.setAvailable(psychologist, 'psychologist', true);
    const request = await phoneLine.request(asId('call'), 'immediate');
    const { lineRequests } = spoken.service.stores;
    const waiting = await lineRequests.get(request);
    if (waiting === undefined) throw new Error('no request');
    const since = spoken.clock.now();
    const ringing = { kind: 'ringing', rings: [{ responder: psychologist, leg: null }], since } as const;
    await lineRequests.save({ ...waiting, state: ringing, version: 2 });
    spoken.clock.advance(30 * SECOND);
    for (let twice = 0; twice < 2; twice += 1)
      expect(await phoneLine.accept(request, { responder: psychologist, leg: asId('leg') })).toBe('accepted');
    await phoneLine.leave(request);
    expect(await counted()).toEqual({
      'answered-by|psychologist': 1,
      'answer-time|up-to-60': 1,
      'support|immediate': 1,
      'sessions|immediate': 1,
    });
  });
});

describe('counting', () => {
  const silent = createLogger('silent');
  const contact: Fact = { kind: 'contact-opened', channel: 'web' };

  it('takes the day in Paris, on both sides of midnight', async () => {
    const clock = frozenClock('2026-03-02T22:59:59.999Z');
    const tally = createTally({ clock, log: silent, store: spoken.service.stores.counts });
    tally.record([contact]);
    clock.advance(1);
    tally.record([contact]);
    await tally.settled();
    const days = await spoken.service.stores.counts.between('2026-03-01', '2026-03-09');
    expect(days.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03']);
  });

  it('adds what a failing store refused with what comes next', async () => {
    let fails = true;
    const { counts } = spoken.service.stores;
    const add: typeof counts.add = async (...given) => {
      if (fails) throw new Error('down');
      return counts.add(...given);
    };
    const tally = createTally({ clock: spoken.clock, log: silent, store: { ...counts, add } });
    tally.record([contact]);
    await tally.settled();
    fails = false;
    tally.record([contact]);
    await tally.settled();
    expect(await counted()).toEqual({ 'contacts|web': 2 });
  });

  it('never takes words for a row', () => {
    for (const channel of ['06 12 34 56 78', 'Claire Martin', 'a$b.c', ''])
      expect(countersOf({ kind: 'contact-opened', channel })).toEqual(['contacts|other']);
  });
});

describe('the bilan', () => {
  const NEXT_YEAR = instant(Date.parse('2026-12-31T23:00:00Z'));
  const bilan = (now = NEXT_YEAR): Promise<Bilan> =>
    bilanOf({ store: spoken.service.stores.counts, now, year: 2026 });
  const tableOf = ({ tables }: Bilan, id: string) => tables.find((table) => table.id === id);

  it('of a year that has ended is exact, to the last day', async () => {
    const { counts } = spoken.service.stores;
    await counts.add('2026-12-31', { 'contacts|web': 17 });
    await counts.add('2027-01-01', { 'contacts|web': 9 });
    const { provisional, tables } = await bilan();
    expect(provisional).toBe(false);
    expect(tables.find(({ id }) => id === 'contacts')?.total).toEqual({ kind: 'count', count: 17 });
    expect((await bilan(instant(NEXT_YEAR - 1))).provisional).toBe(true);
  });

  it('of this year has whole months only, rounded', async () => {
    const { counts } = spoken.service.stores;
    await counts.add('2026-01-31', { 'contacts|web': 12 });
    await counts.add('2026-02-01', { 'contacts|web': 40 });
    const report = await bilan(instant(Date.parse('2026-02-28T12:00:00Z')));
    expect(report).toMatchObject({ provisional: true, until: '2026-01-31' });
    expect(tableOf(report, 'contacts')?.total).toEqual({ kind: 'count', count: 10 });
    expect((await bilan(instant(Date.parse('2026-01-31T22:00:00Z')))).until).toBeNull();
  });

  it('has a name for every row that may be counted, in every format', async () => {
    const rows = [
      ...CHANNELS.map((row) => `contacts|${row}`),
      ...NEEDS.map((row) => `needs|${row}`),
      ...CORPS.map((row) => `corps|${row}`),
      ...ALERT_OUTCOMES.map((row) => `alert-outcome|${row}`),
      ...['services|nancy-metz-crhp', 'services|centres-readaptation', 'services|actions-collectives'],
      ...['academies|nancy-metz', 'cancelled|cancelled', 'handed-over|handed-over', 'sessions|more'],
    ];
    const counts = Object.fromEntries(rows.map((row, index) => [row, 3 + index]));
    await spoken.service.stores.counts.add('2026-05-05', counts);
    const report = await bilan();
    const page = bilanPage(report, bilanWords(loadTranslations()));
    for (const words of ['jamais des personnes', '3\u202f893', '&#60; 5', 'n. d.', 'Conseiller'])
      expect(page).toContain(words);
    const csv = bilanCsv(report, bilanWords(loadTranslations()));
    expect(csv.split('\r\n').length).toBeGreaterThan(rows.length);
    for (const small of [3, 4]) expect(csv).not.toMatch(new RegExp(`;${small}\r`));
    expect(JSON.stringify(report)).not.toMatch(/"count":[1-4]\b/);
  });

  it('shows no small count of what was really said', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je suis en conflit avec mon chef d’établissement, académie de Nancy-Metz');
    await spoken.service.tally.settled();
    spoken.clock.advance(365 * DAY);
    const report = await bilan(spoken.clock.now());
    expect(tableOf(report, 'academies')?.rows).toEqual([{ row: 'nancy-metz', shown: { kind: 'few' } }]);
  });
});
