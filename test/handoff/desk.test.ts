import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isOverdue } from '../../src/handoff/alerts.js';
import { SECOND } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { type SpokenService, spokenService, type Talk } from '../support/spoken-service.js';

const camille = { id: asId<StaffId>('camille'), pseudonym: 'Camille' };
const ENDED = { outcome: 'listened', orientation: 'none' } as const;
const sacha = { id: asId<StaffId>('sacha'), pseudonym: 'Sacha' };

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

const waiting = async (): Promise<Talk> => {
  const talk = await spoken.talk('web');
  await talk.say('une personne s’il vous plaît');
  return talk;
};
const inDanger = async (): Promise<Talk> => {
  const talk = await spoken.talk('web');
  await talk.say('je veux mourir');
  return talk;
};

describe('the live desk', () => {
  it('lists alerts first, then who has waited longest', async () => {
    const first = await waiting();
    spoken.clock.advance(SECOND);
    const second = await waiting();
    spoken.clock.advance(SECOND);
    const danger = await inDanger();
    const { rows } = await spoken.service.desk.page({ filter: 'all', me: camille.id, page: 1 });
    expect(rows.map(({ conversation }) => conversation)).toEqual([danger.id, first.id, second.id]);
  });

  it('gives a conversation to one of twenty operators, and tells the others who has it', async () => {
    const talk = await waiting();
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        spoken.service.desk.claim(talk.id, { id: asId(`s${index}`), pseudonym: `P${index}` }),
      ),
    );
    expect(claims.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    const lost = claims.filter(({ kind }) => kind === 'lost');
    expect(lost).toHaveLength(19);
    const owner = (await spoken.service.conversations.head(talk.id))?.owner;
    expect(owner?.kind).toBe('operator');
  });

  it('lets only the owner answer, hand back and close, and tells the caller each change', async () => {
    const { desk, conversations } = spoken.service;
    const talk = await waiting();
    await desk.claim(talk.id, camille);
    expect((await desk.reply(talk.id, sacha, 'bonjour')).kind).toBe('lost');
    expect((await desk.reply(talk.id, camille, 'Bonjour, je vous écoute.')).kind).toBe('done');
    expect((await talk.say('je vous écoute aussi')).messages).toEqual([]);
    expect((await desk.handBack(talk.id, sacha, 'anything')).kind).toBe('lost');
    expect((await desk.handBack(talk.id, camille, 'anything')).kind).toBe('done');
    expect((await talk.say('non merci')).messages.length).toBeGreaterThan(0);
    await desk.claim(talk.id, camille);
    expect((await desk.close(talk.id, camille, ENDED)).kind).toBe('done');
    const said = (await conversations.transcript(talk.id, 0, 100)) ?? [];
    const told = said.filter(({ from }) => from === 'system').map(({ text }) => text);
    expect(told[0]).toContain('Camille');
    expect(told.at(-1)).toContain('terminée');
  });

  it('refuses to close a conversation while its alert is open', async () => {
    const { desk, alerts } = spoken.service;
    const talk = await inDanger();
    await desk.claim(talk.id, camille);
    expect((await desk.close(talk.id, camille, ENDED)).kind).toBe('alert-open');
    const [alert] = await alerts.live(1);
    if (alert === undefined) throw new Error('no alert');
    expect(alert.state).toMatchObject({ kind: 'acknowledged', by: camille.id });
    expect((await desk.close(talk.id, camille, ENDED)).kind).toBe('alert-open');
    expect((await alerts.close(alert.id, camille.id, 'safe-now')).kind).toBe('closed');
    expect((await desk.close(talk.id, camille, ENDED)).kind).toBe('done');
  });

  it('keeps the alert when the caller erases the words', async () => {
    const talk = await inDanger();
    expect(await spoken.service.conversations.erase(talk.id)).toBe('erased');
    const { rows } = await spoken.service.desk.page({ filter: 'all', me: camille.id, page: 1 });
    const [entry] = rows;
    expect(entry?.alert?.conversation).toBe(talk.id);
    expect(entry?.head).toBeUndefined();
  });
});

describe('an alert', () => {
  it('is owned by whoever acknowledges it first, and closed by nobody else', async () => {
    const { alerts } = spoken.service;
    await inDanger();
    const [alert] = await alerts.live(1);
    if (alert === undefined) throw new Error('no alert');
    expect((await alerts.close(alert.id, camille.id, 'safe-now')).kind).toBe('not-yours');
    await alerts.acknowledge(alert.id, camille.id);
    expect(await alerts.acknowledge(alert.id, sacha.id)).toEqual({ kind: 'already', by: camille.id });
    expect((await alerts.close(alert.id, sacha.id, 'safe-now')).kind).toBe('not-yours');
  });

  it('is overdue after sixty seconds without an answer, not before', async () => {
    await inDanger();
    const [alert] = await spoken.service.alerts.live(1);
    if (alert === undefined) throw new Error('no alert');
    spoken.clock.advance(60 * SECOND - 1);
    expect(isOverdue(alert, spoken.clock.now())).toBe(false);
    spoken.clock.advance(1);
    expect(isOverdue(alert, spoken.clock.now())).toBe(true);
  });

  it('is raised once however often the danger is repeated', async () => {
    const talk = await inDanger();
    await talk.say('je veux mourir');
    expect(await spoken.service.alerts.live(10)).toHaveLength(1);
  });
});
