import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/kernel/clock.js';
import type { ResponderId } from '../../src/phone-line/line.js';
import {
  callerNamed,
  type LineOffice,
  lineOffice,
  responderNamed,
  STAFF,
  type Staff,
} from '../support/line-office.js';

const caller = callerNamed('caller');
const dominique: ResponderId = responderNamed('dominique');

let office: LineOffice;
const open = async (staff: Staff = STAFF): Promise<void> => {
  await office?.remove();
  office = await lineOffice(staff);
};
beforeEach(async () => {
  office = await lineOffice();
});
afterEach(() => office.remove());

const immediate = async (name: string) => {
  const id = await office.line.request(callerNamed(name), 'immediate');
  await office.line.advance(id);
  return id;
};
const wait = async (id: Awaited<ReturnType<typeof immediate>>, ms: number) => {
  office.clock.advance(ms);
  return office.line.advance(id);
};

describe('the immediate line', () => {
  it('rings whoever has been idle longest, for twenty seconds, then the next, then operators', async () => {
    const id = await immediate('caller');
    await wait(id, 20 * SECOND - 1);
    expect(office.rung).toEqual(['dominique']);
    await wait(id, 1);
    expect(office.rung).toEqual(['dominique', 'sacha']);
    expect(office.ended).toEqual(['leg-dominique']);
    await wait(id, 20 * SECOND);
    expect(office.rung).toEqual(['dominique', 'sacha', 'camille']);
    expect(await wait(id, 20 * SECOND)).toEqual({ kind: 'ended', because: 'nobody' });
  });

  it('rings operators beside psychologists from sixty seconds on, not before', async () => {
    await open([
      ['a', 'psychologist'],
      ['b', 'psychologist'],
      ['c', 'psychologist'],
      ['d', 'psychologist'],
      ['camille', 'operator'],
    ]);
    const id = await immediate('caller');
    for (const elapsed of [20, 20, 19.999]) await wait(id, elapsed * SECOND);
    expect(office.rung).toEqual(['a', 'b', 'c']);
    await wait(id, SECOND);
    expect(office.rung).toEqual(['a', 'b', 'c', 'd', 'camille']);
  });

  it('connects one of several who press 1 at once, whatever is repeated, and stops the other phones', async () => {
    const id = await office.line.request(caller, 'vital');
    await office.line.advance(id);
    expect(office.rung).toEqual(['dominique', 'sacha']);
    const answers = await Promise.all([
      office.accept(id, 'dominique'),
      office.accept(id, 'sacha'),
      office.accept(id, 'dominique'),
      office.accept(id, 'camille'),
    ]);
    expect(answers).toEqual(['accepted', 'taken', 'accepted', 'taken']);
    expect(office.ended).toEqual(['leg-sacha']);
    expect(await office.line.advance(id)).toEqual({ kind: 'accepted' });
    expect(await office.line.onDuty()).toEqual({ psychologists: 2, operators: 1 });
  });

  it('pauses a psychologist after two missed rings in a row, not after one, and tells the coordinator', async () => {
    for (const turn of ['one', 'two']) {
      const id = await immediate(turn);
      await office.line.legEnded(id, dominique, 'unanswered');
      await office.line.leave(id);
      expect((await office.line.onDuty()).psychologists).toBe(turn === 'one' ? 2 : 1);
    }
    expect(office.paused).toEqual(['dominique']);
    await office.line.setAvailable(dominique, 'psychologist', true);
    expect((await office.line.onDuty()).psychologists).toBe(2);
  });

  it('starts counting again after an answered ring', async () => {
    const missed = await immediate('one');
    await office.line.legEnded(missed, dominique, 'unanswered');
    await office.line.leave(missed);
    const talked = await immediate('two');
    await office.accept(talked, 'dominique');
    await office.line.advance(talked);
    await office.line.leave(talked);
    const again = await immediate('three');
    await office.line.legEnded(again, dominique, 'unanswered');
    expect(office.paused).toEqual([]);
  });

  it('rings several at once for a life at risk, for fifteen seconds, then operators, and counts no miss', async () => {
    for (const turn of ['one', 'two', 'three']) {
      const id = await office.line.request(callerNamed(turn), 'vital');
      await office.line.advance(id);
      expect(office.rung.slice(-2)).toEqual(['dominique', 'sacha']);
      await wait(id, 15 * SECOND - 1);
      expect(office.rung.at(-1)).toBe('sacha');
      await wait(id, 1);
      expect(office.rung.at(-1)).toBe('camille');
      expect(await wait(id, 15 * SECOND)).toEqual({ kind: 'ended', because: 'nobody' });
    }
    expect(new Set(office.seconds)).toEqual(new Set([15]));
    expect(await office.line.onDuty()).toEqual({ psychologists: 2, operators: 1 });
    expect(office.paused).toEqual([]);
  });

  it('rings everybody anew when the caller who waits turns out to be in danger', async () => {
    const id = await immediate('caller');
    await office.line.legEnded(id, dominique, 'unanswered');
    expect(await office.line.request(caller, 'vital')).toBe(id);
    await office.line.advance(id);
    expect(office.rung).toEqual(['dominique', 'dominique', 'sacha']);
    expect(await office.line.request(caller, 'operator')).toBe(id);
    expect(await office.line.reasonOf(id)).toBe('vital');
  });

  it('takes no notice of a late or repeated end of a leg', async () => {
    const id = await immediate('caller');
    await office.line.legEnded(id, dominique, 'unanswered');
    await office.line.advance(id);
    await office.line.legEnded(id, dominique, 'unanswered');
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.accept(id, 'sacha')).toBe('accepted');
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.line.advance(id)).toEqual({ kind: 'accepted' });
  });

  it('rings nobody who is in an appointment or on another call', async () => {
    office.busy.add(dominique);
    await immediate('first');
    await immediate('second');
    expect(office.rung).toEqual(['sacha']);
  });

  it('goes on at once when a phone cannot be rung', async () => {
    office.broken.add(dominique);
    const id = await office.line.request(caller, 'immediate');
    expect(await office.line.advance(id)).toEqual({ kind: 'ringing' });
    expect(office.rung).toEqual(['dominique', 'sacha']);
  });

  it('stops ringing and frees the responder when the caller leaves', async () => {
    const id = await immediate('caller');
    await office.line.leave(id);
    expect(office.ended).toEqual(['leg-dominique']);
    expect(await office.accept(id, 'dominique')).toBe('taken');
    await immediate('next');
    expect(office.rung).toEqual(['dominique', 'dominique']);
  });

  it('keeps one request a caller', async () => {
    const [one, two] = await Promise.all([
      office.line.request(caller, 'immediate'),
      office.line.request(caller, 'vital'),
    ]);
    expect(one).toBe(two);
  });

  it('gives each of twenty callers a person of their own, or a place in line', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) => office.line.request(callerNamed(`c${index}`), 'immediate')),
    );
    await Promise.all(ids.map((id) => office.line.advance(id)));
    expect(new Set(office.rung).size).toBe(office.rung.length);
    expect(office.rung.length).toBeLessThanOrEqual(3);
  });
});

describe('waiting in line', () => {
  const everybodyTalks = async () => {
    const talks = [await immediate('x'), await immediate('y')];
    for (const [index, name] of ['dominique', 'sacha'].entries()) {
      const talk = talks[index];
      if (talk === undefined) throw new Error('no talk');
      await office.accept(talk, name);
      await office.line.advance(talk);
    }
    return talks;
  };

  it('tells each caller their place, serves danger first and then who came first', async () => {
    await open(STAFF.slice(0, 2));
    const [talk] = await everybodyTalks();
    const first = await office.line.request(callerNamed('first'), 'immediate');
    office.clock.advance(1);
    const second = await office.line.request(callerNamed('second'), 'immediate');
    expect(await office.line.advance(first)).toMatchObject({ kind: 'queued', position: 1 });
    expect(await office.line.advance(second)).toMatchObject({ kind: 'queued', position: 2 });
    const danger = await office.line.request(callerNamed('danger'), 'vital');
    expect(await office.line.advance(danger)).toMatchObject({ kind: 'queued', position: 1 });
    if (talk !== undefined) await office.line.leave(talk);
    office.rung.length = 0;
    expect(await office.line.advance(second)).toMatchObject({ kind: 'queued', position: 3 });
    expect(await office.line.advance(danger)).toEqual({ kind: 'ringing' });
    expect(office.rung).toEqual(['dominique']);
  });

  it('passes over a caller whose phone no longer asks', async () => {
    await open(STAFF.slice(0, 2));
    await everybodyTalks();
    await office.line.request(callerNamed('gone'), 'immediate');
    const here = await office.line.request(callerNamed('here'), 'immediate');
    expect(await wait(here, 30 * SECOND)).toMatchObject({ position: 1 });
  });

  it('ends after ten minutes with something else to offer, not before', async () => {
    await open(STAFF.slice(0, 2));
    await everybodyTalks();
    const id = await immediate('patient');
    expect(await wait(id, 10 * MINUTE - 1)).toMatchObject({ kind: 'queued' });
    expect(await wait(id, 1)).toEqual({ kind: 'ended', because: 'nobody' });
  });

  it('estimates the wait from talks that were seen, and from nothing says nothing', async () => {
    await open(STAFF.slice(0, 1));
    for (const name of ['a', 'b', 'c']) {
      const id = await immediate(name);
      await office.accept(id, 'dominique');
      await office.line.advance(id);
      if (name === 'c')
        expect(await office.line.advance(await immediate('d'))).toMatchObject({ minutes: null });
      office.clock.advance(12 * MINUTE);
      await office.line.leave(id);
    }
    const talk = await immediate('e');
    await office.accept(talk, 'dominique');
    await office.line.advance(talk);
    expect(await office.line.advance(await immediate('f'))).toMatchObject({ position: 1, minutes: 12 });
  });
});

describe('what the caller asked for', () => {
  it('keeps the language and the gender, and prefers the académie', async () => {
    await open([
      ['a', 'psychologist', { gender: 'man' }],
      ['b', 'psychologist', { gender: 'woman' }],
      ['c', 'psychologist', { gender: 'woman', academies: ['strasbourg'], languages: ['fr', 'en'] }],
    ]);
    const wish = { gender: 'woman', academy: 'strasbourg' } as const;
    const id = await office.line.request(caller, 'immediate', wish);
    await office.line.advance(id);
    await office.line.legEnded(id, responderNamed('c'), 'refused');
    await office.line.advance(id);
    await office.line.legEnded(id, responderNamed('b'), 'refused');
    expect(await office.line.advance(id)).toEqual({ kind: 'ended', because: 'nobody' });
    expect(office.rung).toEqual(['c', 'b']);
    expect(await office.line.onDuty({ language: 'en' })).toEqual({ psychologists: 1, operators: 0 });
  });

  it('goes before nothing when a life is at risk', async () => {
    await open([['a', 'psychologist', { gender: 'man' }]]);
    await office.line.advance(await office.line.request(caller, 'vital', { gender: 'woman' }));
    expect(office.rung).toEqual(['a']);
  });
});

describe('somebody hangs up', () => {
  it('before the caller was put through: the caller waits on and the next is rung', async () => {
    const id = await immediate('caller');
    await office.accept(id, 'dominique');
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.line.advance(id)).toEqual({ kind: 'ringing' });
    expect(office.rung).toEqual(['dominique', 'sacha']);
  });

  it('while the caller is told that somebody is there: the caller enters no empty room, the next is rung', async () => {
    const id = await immediate('caller');
    await office.accept(id, 'dominique');
    expect(await office.line.advance(id)).toEqual({ kind: 'accepted' });
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(await office.line.enter(id)).toEqual({ kind: 'ringing' });
    expect(office.rung).toEqual(['dominique', 'sacha']);
  });

  it('during the talk: the room is closed, so that nobody stays in it alone', async () => {
    const id = await immediate('caller');
    await office.accept(id, 'dominique');
    await office.line.enter(id);
    await office.line.legEnded(id, dominique, 'hung-up');
    expect(office.closed).toEqual([id]);
    expect(await office.line.advance(id)).toEqual({ kind: 'ended', because: 'done' });
  });
});

describe('the sweep', () => {
  it('ends a request whose caller has gone without a word, after ninety seconds', async () => {
    const id = await immediate('caller');
    office.clock.advance(90 * SECOND - 1);
    expect(await office.line.sweep()).toBe(0);
    office.clock.advance(1);
    expect(await office.line.sweep()).toBe(1);
    expect(await office.line.advance(id)).toEqual({ kind: 'ended', because: 'caller-left' });
    expect((await office.line.duties()).every(({ busyWith }) => busyWith === null)).toBe(true);
  });

  it('ends a talk whose leg is over for certain, and no other', async () => {
    const id = await immediate('caller');
    await office.accept(id, 'dominique');
    await office.line.enter(id);
    office.clock.advance(60 * MINUTE);
    expect(await office.line.sweep()).toBe(0);
    office.over.add('leg-dominique');
    expect(await office.line.sweep()).toBe(1);
    expect(await office.line.advance(id)).toEqual({ kind: 'ended', because: 'done' });
  });

  it('frees a responder whom a killed process left claimed, when seen so twice', async () => {
    const id = await office.line.request(caller, 'immediate');
    const duty = await office.stores.duties.get(dominique);
    if (duty === undefined) throw new Error('no duty');
    await office.stores.duties.save({ ...duty, busyWith: id, version: duty.version + 1 });
    expect(await office.line.sweep()).toBe(0);
    expect(await office.line.sweep()).toBe(1);
    expect((await office.stores.duties.get(dominique))?.busyWith).toBeNull();
  });
});

describe('what the line can do without', () => {
  it('rings whoever says they are there when the roster or the diary cannot be read', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('down');
    };
    office.roster = { list: broken };
    office.busyTimes = { inAppointment: broken };
    await immediate('caller');
    expect(office.rung).toEqual(['dominique']);
    expect(office.troubles).toContain('roster');
    expect(office.troubles).toContain('appointments');
  });

  it('rings only who is on the roster when somebody is, and goes by the switches when nobody is', async () => {
    const from = office.clock.now();
    await office.stores.roster.put({
      kind: 'override',
      id: 'today',
      responder: responderNamed('sacha'),
      role: 'psychologist',
      from,
      to: (from + MINUTE) as typeof from,
      change: { kind: 'add' },
    });
    expect((await office.line.onDuty()).psychologists).toBe(1);
    await immediate('caller');
    expect(office.rung).toEqual(['sacha']);
    office.clock.advance(MINUTE);
    expect((await office.line.onDuty()).psychologists).toBe(2);
  });
});
