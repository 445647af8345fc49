import { describe, expect, it } from 'vitest';
import type { Slot } from '../../src/booking/booking.js';
import { ticksOf } from '../../src/booking/ticks.js';
import { DAY, HOUR, instant, MINUTE } from '../../src/kernel/clock.js';
import { memoryCodePace } from '../support/booking-fakes.js';
import { caller, confirmed, desk, firstSlot, held, other } from './booking-support.js';
import {
  aRule,
  aSite,
  at,
  conversationId,
  everyDay,
  isoOf,
  psychologistId,
  siteId,
  startsOf,
} from './builders.js';

const UNKNOWN = '572457246';

async function slotAt(service: ReturnType<typeof desk>['service'], start: string): Promise<Slot> {
  const [slot] = await service.findSlots({ from: at(start), limit: 1 });
  if (slot === undefined) throw new Error('a slot was expected');
  return slot;
}

describe('moving an appointment', () => {
  it('puts it at the new time under the same code, and frees the old one', async () => {
    const { service } = desk();
    const before = await firstSlot(service);
    const { code } = await confirmed(service);
    const slot = await slotAt(service, '2026-03-05T08:00Z');
    expect(await service.move(code, slot)).toMatchObject({ kind: 'moved', booking: { start: slot.start } });
    expect(await service.byCode(code)).toMatchObject({ kind: 'found', booking: { start: slot.start } });
    expect(await firstSlot(service)).toEqual(before);
  });

  it('answers the same when the turn is run again', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    const slot = await slotAt(service, '2026-03-05T08:00Z');
    await service.move(code, slot);
    expect((await service.move(code, slot)).kind).toBe('moved');
  });

  it('keeps the old time when the new one is taken, and offers the nearest', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    const mine = await service.byCode(code);
    const slot = await slotAt(service, '2026-03-05T08:00Z');
    await held(service, slot, other);
    const outcome = await service.move(code, slot);
    expect(outcome.kind === 'taken' && startsOf(outcome.nearest)).toEqual([
      '2026-03-05T08:45Z',
      '2026-03-05T09:30Z',
      '2026-03-05T10:15Z',
    ]);
    expect(await service.byCode(code)).toEqual(mine);
  });

  it('lets one of two appointments that want the same time have it', async () => {
    const { service, store } = desk();
    const first = await confirmed(service);
    const second = await confirmed(service);
    const slot = await slotAt(service, '2026-03-05T08:00Z');
    const outcomes = await Promise.all([service.move(first.code, slot), service.move(second.code, slot)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['moved', 'taken']);
    const ticks = store.all().flatMap(ticksOf);
    expect(new Set(ticks).size).toBe(ticks.length);
  });

  it('keeps the length that was booked, even where it is no longer offered', async () => {
    const { service, diary, store } = desk({ rules: everyDay({ durations: [30] }) });
    const { code } = await confirmed(service);
    await diary.putRule(aRule({ recurrence: { kind: 'daily', every: 1 }, durations: [45] }));
    const slots = await service.slotsToMove(code, { from: at('2026-03-05T08:00Z'), limit: 2 });
    expect(startsOf(slots)).toEqual(['2026-03-05T08:00Z', '2026-03-05T08:30Z']);
    const [slot] = slots;
    await service.move(code, { ...(slot as Slot), end: instant((slot as Slot).start + 45 * MINUTE) });
    expect(store.all().map(({ start, end }) => [isoOf(start), end - start])).toEqual([
      ['2026-03-05T08:00Z', 30 * MINUTE],
    ]);
  });

  it('keeps the chosen time for five minutes, beside the booked one', async () => {
    const { service, clock } = desk();
    const { code } = await confirmed(service);
    const booked = await service.byCode(code);
    const slot = await slotAt(service, '2026-03-05T08:00Z');
    const kept = await service.keepForMove(code, slot);
    expect(kept).toEqual({ kind: 'kept', until: clock.now() + 5 * MINUTE });
    clock.advance(5 * MINUTE - 1);
    expect((await service.hold(slot, other)).kind).toBe('taken');
    expect(await service.byCode(code)).toEqual(booked);
    clock.advance(1);
    expect((await service.hold(slot, other)).kind).toBe('held');
  });

  it('offers the same psychologist and the same way of meeting', async () => {
    const rules = [...everyDay(), ...everyDay({ id: 'b', psychologist: psychologistId('bea') })];
    const { service } = desk({ rules });
    const first = await firstSlot(service);
    const { code } = await confirmed(service, first);
    const slots = await service.slotsToMove(code, { limit: 5 });
    expect(new Set(slots.map(({ psychologist }) => psychologist))).toEqual(new Set([first.psychologist]));
  });

  it('needs a code that is known, and a time that the diary opens', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    const slot = await slotAt(service, '2026-03-05T08:00Z');
    expect(await service.move(UNKNOWN, slot)).toEqual({ kind: 'not-found' });
    expect(await service.keepForMove(UNKNOWN, slot)).toEqual({ kind: 'not-found' });
    expect(await service.slotsToMove(UNKNOWN, { limit: 3 })).toEqual([]);
    const closed = { ...slot, start: instant(slot.start + 12 * HOUR), end: instant(slot.end + 12 * HOUR) };
    expect((await service.move(code, closed)).kind).toBe('taken');
    expect((await service.keepForMove(code, closed)).kind).toBe('taken');
  });
});

describe('following up', () => {
  const follow = async (set: ReturnType<typeof desk>, code: string): Promise<string> => {
    const [slot] = await set.service.findSlots({ limit: 1 });
    const outcome = await set.service.hold(slot as Slot, caller, { followUp: code });
    if (outcome.kind !== 'held') return outcome.kind;
    expect(outcome.code).toBe(code);
    return set.service.confirm(outcome.booking);
  };

  it('keeps the code for three appointments with the same psychologist, one ahead at a time', async () => {
    const set = desk();
    const { service, clock, store } = set;
    const { code } = await confirmed(service);
    expect((await service.followUp(code)).kind).toBe('booked-already');
    for (const session of [2, 3]) {
      clock.advance(DAY);
      expect(await service.followUp(code)).toMatchObject({
        kind: 'allowed',
        session,
        psychologist: 'anna',
        minutes: 45,
      });
      expect(await follow(set, code)).toBe('confirmed');
    }
    clock.advance(DAY);
    expect(await service.followUp(code)).toEqual({ kind: 'quota-reached' });
    expect(await follow(set, code)).toBe('taken');
    expect(store.all().map(({ session }) => session)).toEqual([1, 2, 3]);
  });

  it('does not count an appointment that was cancelled', async () => {
    const set = desk();
    const { code } = await confirmed(set.service);
    set.clock.advance(DAY);
    await follow(set, code);
    expect(await set.service.cancel(code)).toBe('cancelled');
    expect(await set.service.followUp(code)).toMatchObject({ kind: 'allowed', session: 2 });
    expect(await follow(set, code)).toBe('confirmed');
  });

  it('is never with another psychologist', async () => {
    const { service, clock } = desk({
      rules: [
        aRule({ firstDate: '2026-03-02', lastDate: '2026-03-02' }),
        ...everyDay({ id: 'b', psychologist: psychologistId('bea'), firstDate: '2026-03-03' }),
      ],
    });
    const { code } = await confirmed(service);
    clock.advance(DAY);
    const slot = await firstSlot(service);
    expect(slot.psychologist).toBe('bea');
    expect((await service.hold(slot, caller, { followUp: code })).kind).toBe('taken');
  });

  it('needs a code that is known, and not a cancelled one', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    await service.cancel(code);
    expect([await service.followUp(code), await service.followUp(UNKNOWN)]).toEqual([
      { kind: 'not-found' },
      { kind: 'not-found' },
    ]);
  });
});

describe('a time that the service proposes', () => {
  async function proposed() {
    const set = desk();
    const { code, booking } = await confirmed(set.service);
    const slot = await slotAt(set.service, '2026-03-05T08:00Z');
    const to = { ...slot, blockedFrom: slot.start, blockedTo: slot.end };
    await set.store.propose(booking, { to, until: slot.start, by: 'service' }, set.clock.now());
    return { ...set, code, slot };
  }

  it('is told with the appointment, which stands until the caller has answered', async () => {
    const { service, code, slot } = await proposed();
    const found = await service.byCode(code);
    expect(found).toMatchObject({ kind: 'found', proposed: { start: slot.start } });
    expect(found.kind === 'found' && found.booking.start).toBe(at('2026-03-02T09:30Z'));
  });

  it('is taken or refused with the code', async () => {
    const accepted = await proposed();
    expect(await accepted.service.answerProposal(accepted.code, 'accept')).toMatchObject({
      kind: 'moved',
      booking: { start: accepted.slot.start },
    });
    expect(await accepted.service.byCode(accepted.code)).toMatchObject({ proposed: null });
    const refused = await proposed();
    expect(await refused.service.answerProposal(refused.code, 'refuse')).toEqual({ kind: 'refused' });
    expect(await refused.service.byCode(refused.code)).toMatchObject({ proposed: null });
    await held(refused.service, refused.slot, other);
  });

  it('is lost with the answer of a caller who comes after its end', async () => {
    const { service, code, slot, store } = await proposed();
    const [booking] = store.all();
    if (booking?.proposal == null) throw new Error('a proposal was expected');
    const ended = { ...booking.proposal, until: instant(at('2026-03-02T07:00Z')) };
    await store.propose(booking.id, ended, instant(0));
    await held(service, slot, other);
    expect((await service.answerProposal(code, 'accept')).kind).toBe('taken');
  });
});

describe('a telephone appointment', () => {
  const telephone = everyDay({ modes: ['telephone'] });

  it('is had from five minutes before its start to fifteen after, to the millisecond', async () => {
    const { service, clock } = desk({ rules: telephone });
    const { start } = await firstSlot(service);
    const { code } = await confirmed(service);
    const when: [number, string][] = [
      [-5 * MINUTE - 1, 'not-now'],
      [-5 * MINUTE, 'now'],
      [15 * MINUTE - 1, 'now'],
      [15 * MINUTE, 'not-now'],
    ];
    for (const [ms, kind] of when) {
      clock.set(start + ms);
      expect([ms, (await service.admit(code)).kind]).toEqual([ms, kind]);
    }
    clock.set(start);
    expect(await service.admit(code)).toEqual({ kind: 'now', psychologist: 'anna' });
    expect(await service.admit(UNKNOWN)).toEqual({ kind: 'not-found' });
  });

  it('is not had at a place', async () => {
    const { service, clock } = desk();
    const { start } = await firstSlot(service);
    const { code } = await confirmed(service);
    clock.set(start);
    expect(await service.admit(code)).toEqual({ kind: 'not-now' });
  });
});

describe('wrong codes', () => {
  const tryCodes = async (service: ReturnType<typeof desk>['service'], count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) await service.byCode(UNKNOWN);
  };

  it('slow nobody down until there are more than twenty in ten minutes', async () => {
    const { service, waited, clock } = desk();
    await tryCodes(service, 21);
    expect(waited).toEqual([]);
    await service.byCode(UNKNOWN);
    expect(waited).toEqual([100]);
    clock.advance(10 * MINUTE);
    await service.byCode(UNKNOWN);
    expect(waited).toEqual([100]);
  });

  it('make every answer slower, right codes too, so that the time tells nothing', async () => {
    const { service, waited, clock } = desk();
    const { code } = await confirmed(service);
    for (let index = 0; index < 60; index += 1) {
      await service.byCode(UNKNOWN);
      clock.advance(4_000);
    }
    const before = waited.length;
    expect((await service.byCode(code)).kind).toBe('found');
    expect(waited.slice(before)).toEqual([1_600]);
  });

  it('leave a flood to people: more than eight seconds of waiting is an answer of its own', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    await tryCodes(service, 200);
    expect(await service.byCode(code)).toEqual({ kind: 'too-busy' });
    expect(await service.cancel(code)).toBe('too-busy');
    expect(await service.move(code, await firstSlot(service))).toEqual({ kind: 'too-busy' });
  });

  it('slow down every instance on the store, whichever heard them', async () => {
    const pace = memoryCodePace();
    const [one, two] = [desk({ pace }), desk({ pace })];
    const { code } = await confirmed(two.service);
    await tryCodes(one.service, 25);
    expect((await two.service.byCode(code)).kind).toBe('found');
    expect(two.waited).toEqual([500]);
    expect(JSON.stringify(await pace.get())).not.toContain(code.slice(0, 6));
  });

  it('are all counted when they come at once', async () => {
    const pace = memoryCodePace();
    const { service } = desk({ pace });
    await Promise.all(Array.from({ length: 20 }, () => service.byCode(UNKNOWN)));
    expect((await pace.get())?.wrong.map(({ count }) => count)).toEqual([20]);
  });

  it('never slow an operator, whose own mistakes do not count', async () => {
    const { service, waited } = desk();
    const { code } = await confirmed(service);
    for (let index = 0; index < 100; index += 1) await service.byCode(UNKNOWN, 'operator');
    await tryCodes(service, 200);
    const before = waited.length;
    expect((await service.byCode(code, 'operator')).kind).toBe('found');
    expect(await service.cancel(code, 'operator')).toBe('cancelled');
    expect(waited).toHaveLength(before);
  });
});

describe('the site of an appointment', () => {
  it('is shown although the diary has lost its openings', async () => {
    const { service, diary } = desk({ sites: [aSite(), aSite({ id: siteId('other') })] });
    const { code } = await confirmed(service);
    await diary.removeRule(siteId('eae'), 'rule');
    expect(await service.byCode(code)).toMatchObject({ kind: 'found', booking: { site: { id: 'eae' } } });
    expect(await service.slotsToMove(code, { limit: 3 })).toEqual([]);
    await service.release(conversationId('nobody'));
  });
});
