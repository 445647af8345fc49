import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/kernel/clock.js';
import type { LineRequestId } from '../../src/kernel/ids.js';
import { GUEST_GONE_AFTER } from '../../src/phone-line/warm-transfer.js';
import { callerNamed, type LineOffice, legOf, lineOffice, responderNamed } from '../support/line-office.js';

const caller = callerNamed('caller');
const dominique = responderNamed('dominique');
const camille = responderNamed('camille');

let office: LineOffice;
let id: LineRequestId;
/** Dominique and the caller are talking. */
beforeEach(async () => {
  office = await lineOffice();
  id = await office.line.request(caller, 'immediate');
  await office.line.advance(id);
  await office.accept(id, 'dominique');
  await office.line.enter(id);
});
afterEach(() => office.remove());

const byDominique = { conversation: caller, by: dominique };
const toOperator = () => office.line.transfer(byDominique, { role: 'operator' });
const busy = async (): Promise<string[]> =>
  (await office.line.duties()).filter(({ busyWith }) => busyWith !== null).map(({ responder }) => responder);

describe('a warm transfer', () => {
  it('rings a colleague into the room, who stays with the caller when the first leaves', async () => {
    expect(await toOperator()).toEqual({ kind: 'ringing', responder: camille });
    expect(office.rung).toEqual(['dominique', 'camille']);
    expect(await office.accept(id, 'camille')).toBe('joined');
    expect(office.exits).toEqual(['leg-dominique:false']);
    expect(await office.line.talk(caller)).toMatchObject({ responder: dominique, guest: { joined: true } });
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.line.talk(caller)).toEqual({ request: id, responder: camille });
    expect(office.exits).toEqual(['leg-dominique:false', 'leg-camille:true']);
    expect(office.closed).toEqual([]);
    expect(await busy()).toEqual(['camille']);
  });

  it('ends the talk for the first at once by a command, only when the colleague is there', async () => {
    expect(await office.line.stepOut(byDominique)).toBe('alone');
    await toOperator();
    expect(await office.line.stepOut(byDominique)).toBe('alone');
    expect(office.ended).toEqual([]);
    await office.accept(id, 'camille');
    expect(await office.line.stepOut(byDominique)).toBe('left');
    expect(office.ended).toEqual(['leg-dominique']);
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.line.talk(caller)).toEqual({ request: id, responder: camille });
  });

  it.each(['refused', 'unanswered', 'hung-up'] as const)(
    'leaves the talk as it was when the colleague’s leg is %s',
    async (fate) => {
      await toOperator();
      await office.line.legEnded(id, camille, fate);
      expect(await office.line.talk(caller)).toEqual({ request: id, responder: dominique });
      expect(await busy()).toEqual(['dominique']);
      expect((await toOperator()).kind).toBe('ringing');
    },
  );

  it('gives the room back to the first when the colleague leaves it again', async () => {
    await toOperator();
    await office.accept(id, 'camille');
    await office.line.legEnded(id, camille, 'hung-up');
    expect(await office.line.talk(caller)).toEqual({ request: id, responder: dominique });
    expect(office.exits).toEqual(['leg-dominique:false', 'leg-dominique:true']);
  });

  it('lets nobody in when the room cannot be told to stay open', async () => {
    await toOperator();
    office.broken.add('exits');
    expect(await office.accept(id, 'camille')).toBe('taken');
    expect(await office.line.talk(caller)).toEqual({ request: id, responder: dominique });
    expect(await busy()).toEqual(['dominique']);
  });

  it('keeps the caller in line for the colleague when the first hangs up before they answer', async () => {
    await toOperator();
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.line.roomLeft(id)).toBe('waits');
    expect(await office.line.advance(id)).toEqual({ kind: 'ringing' });
    expect(await office.accept(id, 'camille')).toBe('accepted');
    expect(await office.line.roomLeft(id)).toBe('waits');
    expect(await office.line.enter(id)).toEqual({ kind: 'accepted' });
    expect(await office.line.roomLeft(id)).toBe('over');
  });

  it('does the same when the caller’s phone tells of it first, or the colleague presses 1 first', async () => {
    await toOperator();
    office.over.add('leg-dominique');
    office.broken.add('exits');
    expect(await office.accept(id, 'camille')).toBe('accepted');
    expect(await office.line.roomLeft(id)).toBe('waits');
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.line.advance(id)).toEqual({ kind: 'accepted' });
  });

  it('closes the room behind a first who leaves while it is told to stay open, and the caller waits on', async () => {
    await toOperator();
    office.meanwhile.exit = () => office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.accept(id, 'camille')).toBe('accepted');
    expect(office.closed).toEqual([id]);
    expect(await office.line.roomLeft(id)).toBe('waits');
    expect(await office.line.advance(id)).toEqual({ kind: 'accepted' });
  });

  it('ends for everybody when the caller hangs up, the phone that rings included', async () => {
    await toOperator();
    await office.line.leave(id);
    expect(office.ended).toEqual(['leg-dominique', 'leg-camille']);
    expect(await busy()).toEqual([]);
    expect(await office.accept(id, 'camille')).toBe('taken');
  });

  it('is for whoever has the caller, once at a time, and says when nobody can come', async () => {
    const notMine = { conversation: caller, by: camille };
    expect(await office.line.transfer(notMine, { role: 'psychologist' })).toEqual({ kind: 'not-yours' });
    await toOperator();
    expect(await toOperator()).toEqual({ kind: 'already' });
    await office.line.legEnded(id, camille, 'unanswered');
    office.busy.add('camille');
    expect(await toOperator()).toEqual({ kind: 'nobody' });
    const sacha = await office.line.transfer(byDominique, { responder: responderNamed('sacha') });
    expect(sacha).toEqual({ kind: 'ringing', responder: responderNamed('sacha') });
  });

  it('tries the next colleague when a phone cannot be rung', async () => {
    office.broken.add('camille');
    expect(await toOperator()).toEqual({ kind: 'nobody' });
    expect(await busy()).toEqual(['dominique']);
  });

  it('is swept when callbacks are lost: a ring that must be over, legs that are', async () => {
    await toOperator();
    office.clock.advance(GUEST_GONE_AFTER - 1);
    expect(await office.line.sweep()).toBe(0);
    office.clock.advance(1);
    expect(await office.line.sweep()).toBe(1);
    expect(await busy()).toEqual(['dominique']);
    await toOperator();
    await office.accept(id, 'camille');
    office.over.add('leg-dominique');
    expect(await office.line.sweep()).toBe(1);
    expect(await office.line.talk(caller)).toEqual({ request: id, responder: camille });
  });
});

describe('a call asked for at the desk', () => {
  it('rings the desk phone of who asks, for a caller who talks with the bot, and nobody else', async () => {
    const other = callerNamed('other');
    const brought = await office.line.bringIn(camille, other);
    if (brought.kind !== 'ringing') throw new Error(brought.kind);
    expect(office.rung).toEqual(['dominique', 'camille']);
    expect(await office.line.advance(brought.request)).toEqual({ kind: 'ringing' });
    expect(await office.accept(brought.request, 'camille')).toBe('accepted');
    expect(await office.line.advance(brought.request)).toEqual({ kind: 'accepted' });
  });

  it('ends without a word when they do not answer, and counts nothing as missed', async () => {
    const other = callerNamed('other');
    for (let time = 0; time < 3; time += 1) {
      const brought = await office.line.bringIn(camille, other);
      if (brought.kind !== 'ringing') throw new Error(brought.kind);
      office.clock.advance(20 * SECOND);
      await office.line.legEnded(brought.request, camille, 'unanswered');
      await office.line.ringOn(brought.request);
      expect(await office.line.advance(brought.request)).toEqual({ kind: 'ended', because: 'nobody' });
    }
    expect(office.paused).toEqual([]);
    expect(office.rung).toEqual(['dominique', 'camille', 'camille', 'camille']);
  });

  it('rings beside those who ring already, and the first who accepts has the caller', async () => {
    const other = callerNamed('other');
    const waiting = await office.line.request(other, 'immediate');
    await office.line.advance(waiting);
    expect(await office.line.bringIn(camille, other)).toEqual({ kind: 'ringing', request: waiting });
    expect(office.rung).toEqual(['dominique', 'sacha', 'camille']);
    expect(await office.accept(waiting, 'camille')).toBe('accepted');
    expect(office.ended).toEqual([legOf('sacha')]);
  });

  it('says when somebody has the caller, or whoever asks is on another call', async () => {
    expect(await office.line.bringIn(camille, caller)).toEqual({ kind: 'taken' });
    expect(await office.line.bringIn(dominique, callerNamed('other'))).toEqual({ kind: 'busy' });
  });

  it('rings somebody who was never on duty', async () => {
    const andrea = responderNamed('andrea');
    expect((await office.line.bringIn(andrea, callerNamed('other'))).kind).toBe('ringing');
    expect(await office.line.onDuty()).toEqual({ psychologists: 2, operators: 1 });
  });
});
