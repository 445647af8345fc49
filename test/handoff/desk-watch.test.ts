import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createDeskWatch,
  type DeskWatch,
  OWNER_LOST_AFTER,
  VITAL_OWNER_LOST_AFTER,
} from '../../src/handoff/desk-watch.js';
import { OFFER_LASTS } from '../../src/handoff/transfers.js';
import { MINUTE, SECOND } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

const camille = { id: asId<StaffId>('camille'), pseudonym: 'Camille' };
const sacha = { id: asId<StaffId>('sacha'), pseudonym: 'Sacha' };

let spoken: SpokenService;
let rounds: number[];
let watch: DeskWatch;
const watching = (): DeskWatch =>
  createDeskWatch({
    ...spoken.service,
    clock: spoken.clock,
    escalation: { ring: async (round) => rounds.push(round) },
  });
beforeEach(async () => {
  spoken = await spokenService();
  rounds = [];
  watch = watching();
});
afterEach(() => spoken.close());

const talkThat = async (says: string): Promise<Talk> => {
  const talk = await spoken.talk('web');
  await talk.say(says);
  return talk;
};
const waiting = (): Promise<Talk> => talkThat('une personne s’il vous plaît');
const inDanger = (): Promise<Talk> => talkThat('je veux mourir');
const ownerOf = async ({ id }: Talk) => (await spoken.service.conversations.head(id))?.owner;
const toldLast = async ({ id }: Talk) =>
  ((await spoken.service.conversations.transcript(id, 0, 500)) ?? [])
    .filter(({ from }) => from === 'system')
    .at(-1)?.text;
const alertNow = async () => (await spoken.service.alerts.live(1))[0];

describe('an alert that nobody takes', () => {
  it('calls all operators again at sixty seconds and not before, then the coordinators, once each time', async () => {
    await inDanger();
    spoken.clock.advance(MINUTE - 1);
    expect(await watch.look()).toBe(0);
    spoken.clock.advance(1);
    const another = watching();
    const looked = await Promise.all([watch.look(), another.look(), watch.look()]);
    expect(looked.reduce((a, b) => a + b)).toBe(1);
    expect(rounds).toEqual([0]);
    spoken.clock.advance(20 * SECOND - 1);
    await watch.look();
    expect(rounds).toEqual([0]);
    spoken.clock.advance(1);
    await watch.look();
    spoken.clock.advance(MINUTE);
    await watch.look();
    expect(rounds).toEqual([0, 1, 2]);
  });

  it('goes on where it was after a restart', async () => {
    await inDanger();
    spoken.clock.advance(MINUTE);
    await watch.look();
    spoken.clock.advance(20 * SECOND);
    await watching().look();
    expect(rounds).toEqual([0, 1]);
  });

  it('calls nobody once somebody has it', async () => {
    await inDanger();
    const alert = await alertNow();
    if (alert === undefined) throw new Error('no alert');
    await spoken.service.alerts.acknowledge(alert.id, camille.id);
    await spoken.service.presences.beat(camille);
    spoken.clock.advance(MINUTE);
    await spoken.service.presences.beat(camille);
    await watch.look();
    expect(rounds).toEqual([]);
  });
});

describe('an operator whose machine dies', () => {
  it('gives the conversation back within sixty seconds, and the caller is told', async () => {
    const { desk, presences } = spoken.service;
    const talk = await waiting();
    await presences.beat(camille, talk.id);
    await desk.claim(talk.id, camille);
    spoken.clock.advance(OWNER_LOST_AFTER - 1);
    await watch.look();
    expect((await ownerOf(talk))?.kind).toBe('operator');
    spoken.clock.advance(1);
    await watch.look();
    expect((await ownerOf(talk))?.kind).toBe('queue');
    expect(await toldLast(talk)).toContain('Vous gardez votre place');
    expect(OWNER_LOST_AFTER).toBeLessThan(MINUTE);
    expect((await desk.reply(talk.id, camille, 'je suis là')).kind).toBe('lost');
    expect((await desk.claim(talk.id, sacha)).kind).toBe('done');
  });

  it('gives danger back within ten seconds, with a new alert for everybody', async () => {
    const { desk, presences, alerts } = spoken.service;
    const talk = await inDanger();
    await presences.beat(camille, talk.id);
    await desk.claim(talk.id, camille);
    expect((await alertNow())?.state.kind).toBe('acknowledged');
    spoken.clock.advance(VITAL_OWNER_LOST_AFTER);
    await watch.look();
    expect((await ownerOf(talk))?.kind).toBe('queue');
    const again = await alertNow();
    expect(again?.state.kind).toBe('open');
    expect(await toldLast(talk)).toContain('3114');
    spoken.clock.advance(MINUTE);
    await watch.look();
    expect(rounds).toEqual([0]);
    expect((await alerts.acknowledge(again?.id ?? asId('none'), sacha.id)).kind).toBe('acknowledged');
    expect(VITAL_OWNER_LOST_AFTER + 2 * SECOND).toBeLessThanOrEqual(10 * SECOND);
  });

  it('loses nothing while the page goes on answering', async () => {
    const { desk, presences } = spoken.service;
    const talk = await inDanger();
    await desk.claim(talk.id, camille);
    for (let beat = 0; beat < 40; beat += 1) {
      spoken.clock.advance(3 * SECOND);
      await presences.beat(camille, talk.id);
      await watch.look();
    }
    expect((await ownerOf(talk))?.kind).toBe('operator');
    expect(rounds).toEqual([]);
  });

  it('does nothing to what somebody else has taken meanwhile', async () => {
    const { desk, conversations, presences } = spoken.service;
    const talk = await waiting();
    await desk.claim(talk.id, camille);
    const before = await conversations.head(talk.id);
    if (before === undefined) throw new Error('no head');
    await desk.handBack(talk.id, camille, 'anything');
    await desk.claim(talk.id, sacha);
    await presences.beat(sacha, talk.id);
    expect((await desk.ownerLost(before)).kind).toBe('lost');
    expect(await ownerOf(talk)).toMatchObject({ kind: 'operator', staff: sacha.id });
  });
});

describe('an offer to a colleague', () => {
  it('makes the colleague the owner, of the alert too, and tells the caller by name', async () => {
    const { desk, presences } = spoken.service;
    const talk = await inDanger();
    await desk.claim(talk.id, camille);
    await presences.beat(sacha);
    expect((await desk.offer(talk.id, camille, sacha.id)).kind).toBe('done');
    expect(await ownerOf(talk)).toMatchObject({ staff: camille.id });
    expect((await desk.acceptOffer(talk.id, sacha)).kind).toBe('done');
    expect(await ownerOf(talk)).toMatchObject({ staff: sacha.id });
    expect((await alertNow())?.state).toMatchObject({ kind: 'acknowledged', by: sacha.id });
    expect(await toldLast(talk)).toContain('Sacha');
  });

  it('is over at its time: the first keeps the conversation, and a late yes changes nothing', async () => {
    const { desk, presences, conversations } = spoken.service;
    const talk = await waiting();
    await desk.claim(talk.id, camille);
    await desk.offer(talk.id, camille, sacha.id);
    spoken.clock.advance(OFFER_LASTS);
    await presences.beat(camille, talk.id);
    expect((await desk.acceptOffer(talk.id, sacha)).kind).toBe('offer-over');
    await watch.look();
    expect((await conversations.head(talk.id))?.offer).toBeNull();
    expect(await ownerOf(talk)).toMatchObject({ staff: camille.id });
  });

  it('is accepted by nobody else, and ended by a refusal', async () => {
    const { desk } = spoken.service;
    const talk = await waiting();
    await desk.claim(talk.id, camille);
    await desk.offer(talk.id, camille, sacha.id);
    expect((await desk.acceptOffer(talk.id, { id: asId('lou'), pseudonym: 'Lou' })).kind).toBe('offer-over');
    expect((await desk.endOffer(talk.id, asId('lou'))).kind).toBe('offer-over');
    expect((await desk.endOffer(talk.id, sacha.id)).kind).toBe('done');
    expect((await desk.acceptOffer(talk.id, sacha)).kind).toBe('offer-over');
  });
});
