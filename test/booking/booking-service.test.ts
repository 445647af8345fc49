import { describe, expect, it } from 'vitest';
import type { Booking, Site, Slot } from '../../src/booking/booking.js';
import { DAY, HOUR, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId, type BookingId } from '../../src/kernel/ids.js';
import type { Random } from '../../src/kernel/random.js';
import { seededRandom } from '../support/seeded-random.js';
import { caller, confirmed, desk, firstSlot, held, other } from './booking-support.js';
import { aRule, aSite, at, conversationId, everyDay, psychologistId, siteId, startsOf } from './builders.js';

describe('finding slots', () => {
  it('offers the earliest first, as many as asked', async () => {
    const { service } = desk();
    expect(startsOf(await service.findSlots({ limit: 5 }))).toEqual([
      '2026-03-02T09:30Z',
      '2026-03-02T10:15Z',
      '2026-03-03T08:00Z',
      '2026-03-03T08:45Z',
      '2026-03-03T09:30Z',
    ]);
  });

  it('offers a slot two hours ahead to the millisecond, and not one millisecond later', async () => {
    const { clock, service } = desk({ now: '2026-03-02T06:45:00Z' });
    expect(startsOf(await service.findSlots({ limit: 1 }))).toEqual(['2026-03-02T08:45Z']);
    clock.advance(1);
    expect(startsOf(await service.findSlots({ limit: 1 }))).toEqual(['2026-03-02T09:30Z']);
  });

  it('offers a slot from the moment it is less than 28 days ahead', async () => {
    const { clock, service } = desk({ rules: [aRule({ firstDate: '2026-03-30', to: '09:45' })] });
    const start = at('2026-03-30T07:00Z');
    clock.set(start - 28 * DAY);
    expect(await service.findSlots({ limit: 1 })).toEqual([]);
    clock.advance(1);
    expect(startsOf(await service.findSlots({ limit: 1 }))).toEqual(['2026-03-30T07:00Z']);
  });

  it.each([
    ['winter', '2026-01-15T12:00:00Z', '2026-01-16T08:00Z'],
    ['summer', '2026-07-15T12:00:00Z', '2026-07-16T07:00Z'],
  ])('opens at nine in Paris in %s', async (_, now, expected) => {
    const { service } = desk({ now });
    expect(startsOf(await service.findSlots({ limit: 1 }))).toEqual([expected]);
  });

  it('leaves out whatever overlaps a held or confirmed time, of any length, at any place', async () => {
    const section = siteId('section');
    const { service } = desk({
      rules: [aRule(), aRule({ id: 'hour', site: section, durations: [60] })],
      sites: [aSite(), aSite({ id: section, kind: 'section' })],
    });
    const eaeToday = async (): Promise<string[]> =>
      startsOf(await service.findSlots({ sites: [siteId('eae')], limit: 2 }));
    const [hour] = await service.findSlots({ sites: [section], limit: 1 });
    expect([startsOf([hour as Slot]), await eaeToday()]).toEqual([
      ['2026-03-02T09:00Z'],
      ['2026-03-02T09:30Z', '2026-03-02T10:15Z'],
    ]);
    const { booking } = await held(service, hour);
    expect(await eaeToday()).toEqual(['2026-03-02T10:00Z', '2026-03-09T08:00Z']);
    await service.confirm(booking);
    expect(await eaeToday()).toEqual(['2026-03-02T10:00Z', '2026-03-09T08:00Z']);
  });

  it('shows a time once when two psychologists are free, and still shows it when one is taken', async () => {
    const { service } = desk({
      rules: [aRule(), aRule({ id: 'second', psychologist: psychologistId('bea') })],
    });
    const before = await service.findSlots({ limit: 2 });
    expect(startsOf(before)).toEqual(['2026-03-02T09:30Z', '2026-03-02T10:15Z']);
    await held(service, before[0]);
    const [again] = await service.findSlots({ limit: 1 });
    expect([again?.start, again?.psychologist === before[0]?.psychologist]).toEqual([
      before[0]?.start,
      false,
    ]);
    await held(service, again, other);
    expect(startsOf(await service.findSlots({ limit: 1 }))).toEqual(['2026-03-02T10:15Z']);
  });

  it('proposes the psychologist with fewer appointments that week', async () => {
    const { service } = desk({ rules: [aRule(), aRule({ id: 'b', psychologist: psychologistId('bea') })] });
    const [first, second] = await service.findSlots({ limit: 2 });
    expect(first?.psychologist).toBe('anna');
    await held(service, second);
    expect((await firstSlot(service)).psychologist).toBe('bea');
  });

  it('keeps to the mode, the psychologist, the sites and the earliest start that are asked', async () => {
    const { service } = desk({
      sites: [aSite(), aSite({ id: siteId('phone'), kind: 'telephone', department: '' })],
      rules: [
        aRule(),
        aRule({ id: 'b', psychologist: psychologistId('bea'), modes: ['face_to_face', 'telephone'] }),
        aRule({ id: 'c', psychologist: psychologistId('cléo'), site: siteId('phone'), modes: ['telephone'] }),
      ],
    });
    const modes = (slots: Slot[]): Set<string> => new Set(slots.map((slot) => `${slot.site} ${slot.mode}`));
    expect(modes(await service.findSlots({ mode: 'telephone', limit: 20 }))).toEqual(
      new Set(['eae telephone', 'phone telephone']),
    );
    expect(modes(await service.findSlots({ sites: [siteId('phone')], limit: 20 }))).toEqual(
      new Set(['phone telephone']),
    );
    const bea = await service.findSlots({ psychologist: psychologistId('bea'), limit: 20 });
    expect(new Set(bea.map((slot) => slot.psychologist))).toEqual(new Set(['bea']));
    expect(modes(await service.findSlots({ department: '13', limit: 20 }))).toEqual(
      new Set(['phone telephone']),
    );
    expect(startsOf(await service.findSlots({ from: at('2026-03-09T10:15Z'), limit: 1 }))).toEqual([
      '2026-03-09T10:15Z',
    ]);
  });

  it('answers 200 slots at most and one at least', async () => {
    const { service } = desk();
    expect(await service.findSlots({ limit: 1_000 })).toHaveLength(110);
    expect(await service.findSlots({ limit: 0 })).toHaveLength(1);
  });

  it('finds nothing where there is no site', async () => {
    const { service } = desk({ sites: [], rules: [] });
    expect(await service.findSlots({ limit: 3 })).toEqual([]);
  });
});

describe('searching for what a caller asks', () => {
  it('keeps to the hours and days wished, at the clock of the place', async () => {
    const { service } = desk();
    const wish = { weekdays: [3], from: '11:00' };
    expect(startsOf(await service.findSlots({ wish, limit: 2 }))).toEqual([
      '2026-03-04T10:15Z',
      '2026-03-11T10:15Z',
    ]);
  });

  it('stays between two instants: this week at this site', async () => {
    const { service } = desk();
    const query = { sites: [siteId('eae')], from: at('2026-03-06T00:00Z'), to: at('2026-03-07T00:00Z') };
    expect(startsOf(await service.findSlots({ ...query, limit: 50 }))).toEqual([
      '2026-03-06T08:00Z',
      '2026-03-06T08:45Z',
      '2026-03-06T09:30Z',
      '2026-03-06T10:15Z',
    ]);
  });

  it('gives the first free time of each site', async () => {
    const section = siteId('section');
    const { service } = desk({
      sites: [aSite(), aSite({ id: section, kind: 'section', department: '13' })],
      rules: [
        ...everyDay(),
        aRule({ id: 'b', psychologist: psychologistId('bea'), site: section, firstDate: '2026-03-09' }),
      ],
    });
    const first = await service.firstFree({});
    expect(first.map(({ site, start }) => [site, start])).toEqual([
      ['eae', at('2026-03-02T09:30Z')],
      ['section', at('2026-03-09T08:00Z')],
    ]);
  });

  it('sees a change of the diary at once, and its absences', async () => {
    const { service, diary } = desk();
    await firstSlot(service);
    await diary.putAbsence({
      ...{ id: 'away', psychologist: psychologistId('anna'), zone: 'Europe/Paris' },
      ...{ recurrence: { kind: 'daily', every: 1 }, firstDate: '2026-03-01', lastDate: '2026-03-08' },
      ...{ from: '00:00', to: '24:00' },
    });
    expect(startsOf([await firstSlot(service)])).toEqual(['2026-03-09T08:00Z']);
  });

  it('shows the share of the operators to them alone, and holds it for them alone', async () => {
    const rules = everyDay({ operatorShare: { everyNth: 1, releasedHoursBefore: 24 } });
    const { service, clock } = desk({ rules });
    const [slot] = await service.findSlots({ audience: 'operator', from: at('2026-03-05T00:00Z'), limit: 1 });
    if (slot === undefined) throw new Error('a slot was expected');
    expect((await service.hold(slot, caller)).kind).toBe('taken');
    clock.set(slot.start - DAY - 1);
    expect((await service.hold(slot, caller)).kind).toBe('taken');
    clock.set(slot.start - DAY);
    expect((await service.hold(slot, caller)).kind).toBe('held');
    await service.release(caller);
    clock.set(slot.start - 3 * DAY);
    expect((await service.hold(slot, caller, { audience: 'operator' })).kind).toBe('held');
  });
});

describe('choosing sites', () => {
  const site = (id: string, changes: Partial<Site>): Site => aSite({ id: siteId(id), name: id, ...changes });
  const sites = [
    site('phone', { kind: 'telephone', department: '' }),
    site('section-67', { kind: 'section', department: '67' }),
    site('eae-67', { department: '67' }),
    site('eae-68', { department: '68' }),
    site('eae-13', { department: '13' }),
  ];
  const rules = sites.map(({ id, kind }) =>
    aRule({ id, site: id, modes: kind === 'telephone' ? ['telephone'] : ['face_to_face'] }),
  );
  const ids = (found: Site[]): string[] => found.map(({ id }) => id);

  it('puts the department first, then the académie, then what serves everybody', async () => {
    const { service } = desk({ sites, rules });
    expect(ids(await service.sitesFor({ department: '67', academyDepartments: ['67', '68'] }))).toEqual([
      'eae-67',
      'section-67',
      'eae-68',
      'phone',
    ]);
  });

  it('keeps sites that offer the mode', async () => {
    const { service } = desk({ sites, rules });
    expect(ids(await service.sitesFor({ department: '67', mode: 'face_to_face' }))).toEqual([
      'eae-67',
      'section-67',
    ]);
    expect(ids(await service.sitesFor({ department: '67', mode: 'telephone' }))).toEqual(['phone']);
  });

  it('offers every site to somebody who names no place, and the telephone to a place without a site', async () => {
    const { service } = desk({ sites, rules });
    expect(ids(await service.sitesFor({}))).toHaveLength(5);
    expect(ids(await service.sitesFor({ department: '2A' }))).toEqual(['phone']);
  });

  it('drops a site once its last date has passed everywhere', async () => {
    const ending = rules.map((rule) => ({ ...rule, lastDate: '2026-03-02' }));
    const { clock, service } = desk({ sites, rules: ending });
    clock.set('2026-03-03T23:59:59Z');
    expect(await service.sitesFor({})).toHaveLength(5);
    clock.set('2026-03-04T00:00:00Z');
    expect(await service.sitesFor({})).toEqual([]);
  });
});

describe('holding a slot', () => {
  it('keeps the time for five minutes under a code of which only the hash is stored', async () => {
    const { clock, service, store } = desk();
    const slot = await firstSlot(service);
    const outcome = await held(service, slot);
    expect(outcome.until - clock.now()).toBe(5 * MINUTE);
    expect(outcome.since).toBe(clock.now());
    const [stored] = store.all();
    expect(stored).toMatchObject({ ...slot, id: outcome.booking, status: 'held', heldBy: caller });
    expect(stored).toMatchObject({ blockedFrom: slot.start, blockedTo: slot.end, session: 1 });
    expect(JSON.stringify(stored)).not.toContain(outcome.code);
  });

  it('gives one of 50 parallel callers the slot and the others the nearest', async () => {
    const { service, store } = desk();
    const slot = await firstSlot(service);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => service.hold(slot, conversationId(`caller-${index}`))),
    );
    const losers = outcomes.flatMap((outcome) =>
      outcome.kind === 'taken' ? [startsOf(outcome.nearest)] : [],
    );
    expect(losers).toHaveLength(49);
    for (const nearest of losers) {
      expect(nearest).toEqual(['2026-03-02T10:15Z', '2026-03-03T08:00Z', '2026-03-03T08:45Z']);
    }
    expect(store.all()).toHaveLength(1);
  });

  it('offers the nearest on both sides of a lost time', async () => {
    const { service } = desk();
    const [, slot] = await service.findSlots({ limit: 2, from: at('2026-03-04T08:00Z') });
    await held(service, slot);
    const lost = await service.hold(slot as Slot, other);
    expect(lost.kind === 'taken' && startsOf(lost.nearest)).toEqual([
      '2026-03-04T08:00Z',
      '2026-03-04T09:30Z',
      '2026-03-04T10:15Z',
    ]);
  });

  it('answers a lost slot with an empty list when nothing else is free', async () => {
    const { service } = desk({ rules: [aRule({ to: '09:45', lastDate: '2026-03-09' })] });
    const slot = await firstSlot(service);
    await held(service, slot);
    expect(await service.hold(slot, other)).toEqual({ kind: 'taken', nearest: [] });
  });

  it('refuses an overlapping time of another length', async () => {
    const { service, store } = desk({ rules: [aRule(), aRule({ id: 'long', durations: [90] })] });
    const slot = await firstSlot(service);
    const long: Slot = { ...slot, end: instant(slot.start + 90 * MINUTE) };
    const short: Slot = { ...slot, start: instant(slot.start + 45 * MINUTE), end: long.end };
    await held(service, short);
    expect((await service.hold(long, other)).kind).toBe('taken');
    expect(store.all()).toHaveLength(1);
    await service.release(caller);
    await held(service, long, other);
    expect((await service.hold(short, caller)).kind).toBe('taken');
  });

  it('keeps one hold for each conversation', async () => {
    const { service, store } = desk();
    const [first, second] = await service.findSlots({ limit: 2 });
    const before = await held(service, first);
    const now = await held(service, second);
    expect(store.all().map((booking: Booking) => booking.id)).toEqual([now.booking]);
    expect(await service.confirm(before.booking)).toBe('unknown');
    await held(service, first, other);
  });

  it('lets a conversation hold the same slot again under a new code', async () => {
    const { service } = desk();
    const slot = await firstSlot(service);
    const codes = [(await held(service, slot)).code, (await held(service, slot)).code];
    expect(new Set(codes).size).toBe(2);
  });

  it('refuses a slot the diary does not offer', async () => {
    const { service, store } = desk();
    const slot = await firstSlot(service);
    const invented: Slot[] = [
      { ...slot, start: instant(slot.start + 5 * MINUTE) },
      { ...slot, end: instant(slot.end + 5 * MINUTE) },
      { ...slot, mode: 'telephone' },
      { ...slot, psychologist: psychologistId('nobody') },
      { ...slot, site: siteId('nowhere') },
    ];
    for (const wrong of invented) expect((await service.hold(wrong, caller)).kind).toBe('taken');
    expect(store.all()).toEqual([]);
  });

  it('lets the caller choose for a quarter of an hour after the last offer, and no longer', async () => {
    const { clock, service } = desk({ now: '2026-03-02T07:30:00Z' });
    const slot = await firstSlot(service);
    clock.set(slot.start - 2 * HOUR + 15 * MINUTE + 1);
    expect((await service.hold(slot, caller)).kind).toBe('taken');
    clock.advance(-1);
    expect((await service.hold(slot, caller)).kind).toBe('held');
  });

  it('is given up on request', async () => {
    const { service } = desk();
    const slot = await firstSlot(service);
    await held(service, slot);
    await service.release(caller);
    await held(service, slot, other);
  });

  it('draws another code when one is in use, and gives up when all are', async () => {
    const draws: { next: number } = { next: 0 };
    const random: Random = { ...seededRandom(), integer: () => draws.next };
    const { service } = desk({ random });
    const first = await confirmed(service);
    await expect(service.hold(await firstSlot(service), other)).rejects.toMatchObject({
      code: 'unavailable',
    });
    draws.next = 3;
    expect((await held(service, undefined, other)).code).not.toBe(first.code);
  });
});

describe('the end of a hold', () => {
  it('comes at its instant: confirmed one millisecond before, ended at it', async () => {
    const early = desk();
    const kept = await held(early.service);
    early.clock.set(kept.until - 1);
    expect(await early.service.confirm(kept.booking)).toBe('confirmed');
    const late = desk();
    const lost = await held(late.service);
    late.clock.set(lost.until);
    expect(await late.service.confirm(lost.booking)).toBe('hold-ended');
  });

  it('frees the time at its instant for somebody else', async () => {
    const { clock, service } = desk();
    const slot = await firstSlot(service);
    const first = await held(service, slot);
    clock.set(first.until - 1);
    expect((await service.hold(slot, other)).kind).toBe('taken');
    clock.set(first.until);
    expect(await firstSlot(service)).toEqual(slot);
    await held(service, slot, other);
  });

  it('moves five minutes on with each renewal, 15 minutes after the hold at most', async () => {
    const { clock, service } = desk();
    const { booking, since } = await held(service);
    const lengths: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      clock.advance(4 * MINUTE);
      const outcome = await service.renew(booking, since);
      lengths.push(outcome.kind === 'renewed' ? outcome.until - since : 0);
    }
    expect(lengths).toEqual([9 * MINUTE, 13 * MINUTE, 15 * MINUTE]);
    clock.set(since + 15 * MINUTE - 1);
    expect((await service.renew(booking, since)).kind).toBe('renewed');
    clock.advance(1);
    expect(await service.renew(booking, since)).toEqual({ kind: 'hold-ended' });
    expect(await service.confirm(booking)).toBe('hold-ended');
  });

  it('cannot be put off by a start in the future', async () => {
    const { clock, service } = desk();
    const { booking } = await held(service);
    const outcome = await service.renew(booking, instant(clock.now() + DAY));
    expect(outcome).toEqual({ kind: 'renewed', until: clock.now() + 5 * MINUTE });
  });

  it('goes on when the same time is chosen again, 15 minutes in all, then five for the others', async () => {
    const { service, clock } = desk();
    const slot = await firstSlot(service);
    const first = await held(service, slot);
    const heldSince = first.since;
    const again = async () => service.hold(slot, caller, { heldSince });
    clock.advance(4 * MINUTE);
    expect(await again()).toMatchObject({ since: heldSince, until: heldSince + 9 * MINUTE });
    await service.release(caller);
    clock.set(heldSince + 12 * MINUTE);
    expect(await again()).toMatchObject({ since: heldSince, until: heldSince + 15 * MINUTE });
    clock.set(heldSince + 15 * MINUTE - 1);
    expect((await again()).kind).toBe('held');
    clock.advance(1);
    expect(await again()).toEqual({ kind: 'held-too-long', again: heldSince + 20 * MINUTE });
    expect((await service.hold(slot, other)).kind).toBe('held');
    await service.release(other);
    clock.set(heldSince + 20 * MINUTE - 1);
    expect((await again()).kind).toBe('held-too-long');
    clock.advance(1);
    expect(await again()).toMatchObject({ kind: 'held', since: clock.now() });
  });

  it('is not undone by a renewal that comes too late', async () => {
    const { clock, service } = desk();
    const { booking, since, until } = await held(service);
    clock.set(until);
    expect(await service.renew(booking, since)).toEqual({ kind: 'hold-ended' });
  });
});

describe('a confirmed appointment', () => {
  it('is confirmed once, however often it is asked, and leads to no conversation', async () => {
    const { service, store } = desk();
    const { booking } = await confirmed(service);
    expect(await service.confirm(booking)).toBe('confirmed');
    expect(store.all()).toMatchObject([{ status: 'confirmed', heldBy: null, heldUntil: null }]);
  });

  it('is unknown when there was no such hold', async () => {
    expect(await desk().service.confirm(asId<BookingId>('none'))).toBe('unknown');
  });

  it('shows a time and a place behind its code, and nothing else', async () => {
    const { service } = desk();
    const slot = await firstSlot(service);
    const { code } = await confirmed(service);
    const spoken = [...code].join(' ');
    expect(await service.byCode(spoken)).toStrictEqual({
      kind: 'found',
      booking: { site: aSite(), mode: slot.mode, start: slot.start, end: slot.end },
      proposed: null,
    });
  });

  it('answers the same for a malformed, a wrong, an unknown, a merely held and a cancelled code', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    const wrong = code.slice(0, 8) + ((Number(code[8]) + 1) % 10);
    const mine = await held(service, undefined, other);
    await service.cancel(code);
    for (const text of ['', 'bonjour', wrong, '572457246', '000000000', mine.code, code]) {
      expect(await service.byCode(text)).toStrictEqual({ kind: 'not-found' });
    }
  });

  it('is found until its end and not from then on', async () => {
    const { clock, service } = desk();
    const { end } = await firstSlot(service);
    const { code } = await confirmed(service);
    clock.set(end - 1);
    expect((await service.byCode(code)).kind).toBe('found');
    clock.set(end);
    expect(await service.byCode(code)).toEqual({ kind: 'not-found' });
    expect(await service.cancel(code)).toBe('not-found');
  });

  it('is cancelled with its code, again when the turn is retried, and its time is free', async () => {
    const { service } = desk();
    const slot = await firstSlot(service);
    const { code } = await confirmed(service);
    expect(await service.cancel(code)).toBe('cancelled');
    expect(await service.cancel(code)).toBe('cancelled');
    expect(await firstSlot(service)).toEqual(slot);
    await held(service, slot, other);
  });

  it('is cancelled for both of two that ask at once', async () => {
    const { service } = desk();
    const { code } = await confirmed(service);
    expect(await Promise.all([service.cancel(code), service.cancel(code)])).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('cannot be cancelled with an unknown code, nor a mere hold with its own', async () => {
    const { service } = desk();
    const { code, booking } = await held(service);
    expect(await service.cancel(code)).toBe('not-found');
    expect(await service.cancel('572457246')).toBe('not-found');
    expect(await service.confirm(booking)).toBe('confirmed');
  });
});
