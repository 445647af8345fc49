import { describe, expect, it } from 'vitest';
import {
  createWaitingList,
  type JoinRequest,
  type WaitingList,
  type WaitingTicket,
} from '../../src/booking/waiting-list.js';
import { DAY, HOUR, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import type { Messenger } from '../../src/messages/messenger.js';
import { createContactVault } from '../../src/privacy/contact-vault.js';
import { createSecrets } from '../../src/privacy/secrets.js';
import { seededRandom } from '../support/seeded-random.js';
import { temporaryStore } from '../support/temporary-store.js';
import { confirmed, desk, firstSlot } from './booking-support.js';
import { aRule, at, conversationId, isoOf, siteId } from './builders.js';

const [ANNE, BEN] = ['06 39 98 00 01', '06 39 98 00 02'];

/** One Tuesday morning with one slot, which is booked. */
async function waitingFor(ways: Messenger['ways'] = ['sms'], chatsOpen = new Set<string>()) {
  const set = desk({ rules: [aRule({ firstDate: '2026-03-09', lastDate: '2026-03-09', to: '09:45' })] });
  const { code } = await confirmed(set.service, await firstSlot(set.service));
  const { stores, remove } = await temporaryStore();
  const random = seededRandom('waiting');
  const contacts = createContactVault({
    ...{ clock: set.clock, random, store: stores.vault },
    secrets: createSecrets({ current: Buffer.alloc(32, 1), random }),
  });
  const sent: string[] = [];
  const inChats: string[] = [];
  const waiting: WaitingList = createWaitingList({
    ...{ clock: set.clock, random, codeKey: Buffer.alloc(32, 7), store: stores.waiting, contacts },
    ...{ bookings: set.store, diary: set.diary, brake: { enter: async () => 'go' as const } },
    chats: {
      isOpen: async (conversation) => chatsOpen.has(conversation),
      async offer(conversation) {
        if (!chatsOpen.has(conversation)) return 'not-now';
        inChats.push(conversation);
        return 'told';
      },
    },
    messenger: {
      ways,
      send: async ({ to, text }) => {
        sent.push(`${to} ${text}`);
        return to.endsWith('9') ? 'failed' : 'sent';
      },
    },
    words: ({ start, until }) => ({ subject: '', text: `${isoOf(start)} until ${isoOf(until)}` }),
  });
  const enter = async (more: Partial<JoinRequest> & Pick<JoinRequest, 'reach'>) => {
    const request = { sites: [siteId('eae')], mode: 'face_to_face', language: 'fr' } as const;
    const joined = await waiting.join({ ...request, ...more });
    set.clock.advance(1);
    if (joined.kind !== 'joined') throw new Error(joined.kind);
    return joined;
  };
  const join = async (contact: string, more: { weekdays?: number[] } = {}): Promise<WaitingTicket> =>
    (await enter({ reach: { contact }, ...(more.weekdays === undefined ? {} : { wish: more }) })).ticket;
  const joinChat = async (chat: string): Promise<WaitingTicket> =>
    (await enter({ reach: { chat: conversationId(chat) } })).ticket;
  const kept = async (): Promise<number> =>
    (await stores.vault.ended(instant(at('2030-01-01T00:00Z')), 10)).length;
  return { ...set, booked: code, waiting, enter, join, joinChat, sent, inChats, kept, remove };
}

describe('the waiting list', () => {
  it('holds a time that comes free for the first in line, and writes to them alone', async () => {
    const { service, waiting, join, booked, sent, remove } = await waitingFor();
    const first = await join(ANNE);
    await join(BEN);
    expect([await waiting.offerFree(), sent]).toEqual([0, []]);
    await service.cancel(booked);
    expect([await waiting.offerFree(), await waiting.offerFree()]).toEqual([1, 0]);
    expect(sent).toEqual(['+33639980001 2026-03-09T08:00Z until 2026-03-02T09:00:00.002Z']);
    expect(await service.findSlots({ limit: 1 })).toEqual([]);
    expect(await waiting.state(first)).toMatchObject({
      kind: 'offered',
      offer: { start: at('2026-03-09T08:00Z') },
    });
    await remove();
  });

  it('makes the code of whoever accepts the code of the appointment, and destroys the contact', async () => {
    const { service, waiting, enter, booked, kept, remove } = await waitingFor();
    const { code, ticket } = await enter({ reach: { contact: ANNE } });
    await service.cancel(booked);
    await waiting.offerFree();
    for (let turn = 0; turn < 2; turn += 1)
      expect(await waiting.accept(ticket)).toMatchObject({
        kind: 'confirmed',
        booking: { start: at('2026-03-09T08:00Z') },
      });
    expect(await service.byCode(code)).toMatchObject({
      kind: 'found',
      booking: { start: at('2026-03-09T08:00Z') },
    });
    expect([await waiting.state(ticket), await kept()]).toEqual([{ kind: 'not-found' }, 0]);
    await remove();
  });

  it('passes a time on when it was not answered in two hours', async () => {
    const { service, waiting, join, booked, clock, sent, remove } = await waitingFor();
    const first = await join(ANNE);
    const second = await join(BEN);
    await service.cancel(booked);
    await waiting.offerFree();
    clock.advance(2 * HOUR - 1);
    await waiting.offerFree();
    expect(sent).toHaveLength(1);
    clock.advance(1);
    await waiting.offerFree();
    expect(sent.map((line) => line.slice(0, 12))).toEqual(['+33639980001', '+33639980002']);
    expect(await waiting.accept(first)).toEqual({ kind: 'offer-ended' });
    expect(await waiting.accept(second)).toMatchObject({ kind: 'confirmed' });
    await remove();
  });

  it('forgets whoever lets three offers pass, and what they left', async () => {
    const { service, waiting, join, booked, clock, kept, remove } = await waitingFor();
    const code = await join(ANNE);
    await service.cancel(booked);
    for (let offer = 0; offer < 6; offer += 1) {
      await waiting.offerFree();
      clock.advance(2 * HOUR);
    }
    await waiting.offerFree();
    expect([await waiting.state(code), await kept()]).toEqual([{ kind: 'not-found' }, 0]);
    expect(await service.findSlots({ limit: 1 })).toHaveLength(1);
    await remove();
  });

  it('asks nobody who cannot come that day', async () => {
    const { service, waiting, join, booked, sent, remove } = await waitingFor();
    await join(ANNE, { weekdays: [3] });
    await join(BEN, { weekdays: [1] });
    await service.cancel(booked);
    await waiting.offerFree();
    expect(sent.map((line) => line.slice(0, 12))).toEqual(['+33639980002']);
    await remove();
  });

  it('writes to nobody at night', async () => {
    const { service, waiting, join, booked, clock, remove } = await waitingFor();
    await join(ANNE);
    await service.cancel(booked);
    clock.set('2026-03-02T19:00:00Z');
    expect(await waiting.offerFree()).toBe(0);
    clock.set(at('2026-03-03T07:00Z') - 1);
    expect(await waiting.offerFree()).toBe(0);
    clock.advance(1);
    expect(await waiting.offerFree()).toBe(1);
    await remove();
  });

  it('offers a time to the next when somebody cannot be reached', async () => {
    const { service, waiting, join, booked, sent, remove } = await waitingFor();
    await join('06 39 98 00 09');
    await join(BEN);
    await service.cancel(booked);
    expect(await waiting.offerFree()).toBe(1);
    expect(sent.map((line) => line.slice(0, 12))).toEqual(['+33639980009', '+33639980002']);
    await remove();
  });

  it('is left with the code, and ends by itself after 28 days', async () => {
    const { service, waiting, join, booked, clock, kept, remove } = await waitingFor();
    const leaves = await join(ANNE);
    const stays = await join(BEN);
    await service.cancel(booked);
    await waiting.offerFree();
    await waiting.leave(leaves);
    expect([await waiting.state(leaves), (await waiting.state(stays)).kind, await kept()]).toEqual([
      { kind: 'not-found' },
      'offered',
      1,
    ]);
    clock.advance(28 * DAY);
    await waiting.offerFree();
    expect([await waiting.state(stays), await kept()]).toEqual([{ kind: 'not-found' }, 0]);
    await remove();
  });

  it('needs a contact that can be written to', async () => {
    const { join, waiting, remove } = await waitingFor(['email']);
    await expect(join(ANNE)).rejects.toThrow('not-offered');
    await expect(join('rien')).rejects.toThrow('not-a-contact');
    const ticket = asId<WaitingTicket>('nobody');
    expect(await waiting.state(ticket)).toEqual({ kind: 'not-found' });
    expect(await waiting.accept(ticket)).toEqual({ kind: 'not-found' });
    expect(await waiting.find('572457246')).toBe('not-found');
    await remove();
  });

  it('finds a place in the line by the code that was given for it', async () => {
    const { waiting, enter, remove } = await waitingFor();
    const { code, ticket } = await enter({ reach: { contact: ANNE } });
    expect([await waiting.find(code), await waiting.find('572457246')]).toEqual([ticket, 'not-found']);
    await remove();
  });

  it('tells whoever waits in a chat there, for half an hour, and passes over a chat that is closed', async () => {
    const { service, waiting, joinChat, booked, clock, inChats, remove } = await waitingFor(
      [],
      new Set(['open']),
    );
    const closed = await joinChat('closed');
    const open = await joinChat('open');
    await service.cancel(booked);
    expect([await waiting.offerFree(), inChats]).toEqual([1, ['open']]);
    expect((await waiting.state(open)).kind).toBe('offered');
    expect(await waiting.state(closed)).toEqual({ kind: 'waiting' });
    clock.advance(30 * MINUTE - 1);
    expect((await waiting.state(open)).kind).toBe('offered');
    clock.advance(1);
    expect((await waiting.state(open)).kind).toBe('waiting');
    await remove();
  });

  it('holds what came free before anybody is told', async () => {
    const { service, waiting, join, booked, sent, remove } = await waitingFor();
    await join(ANNE);
    await service.cancel(booked);
    expect([await waiting.holdFreed(), sent]).toEqual([1, []]);
    expect(await service.findSlots({ limit: 1 })).toEqual([]);
    expect([await waiting.offerFree(), sent.length]).toEqual([1, 1]);
    await remove();
  });

  it('gives a time that somebody declines to the next, and never offers it to them again', async () => {
    const { service, waiting, join, booked, sent, remove } = await waitingFor();
    const first = await join(ANNE);
    const second = await join(BEN);
    await service.cancel(booked);
    await waiting.offerFree();
    await waiting.decline(first);
    expect([await waiting.state(first), (await waiting.state(second)).kind]).toEqual([
      { kind: 'waiting' },
      'offered',
    ]);
    await waiting.offerFree();
    await waiting.leave(second);
    expect([await waiting.offerFree(), sent.length]).toEqual([0, 2]);
    expect(await service.findSlots({ limit: 1 })).toHaveLength(1);
    await remove();
  });

  it('offers nothing as late as what they could have had', async () => {
    const { service, waiting, enter, booked, remove } = await waitingFor();
    const [early, late] = [at('2026-03-09T08:00Z'), instant(at('2026-03-09T08:00Z') + 1)];
    await enter({ reach: { contact: ANNE }, before: early });
    await service.cancel(booked);
    expect(await waiting.offerFree()).toBe(0);
    await enter({ reach: { contact: BEN }, before: late });
    expect(await waiting.offerFree()).toBe(1);
    await remove();
  });

  it('shows coordinators the line, and nothing that leads to a caller', async () => {
    const { service, waiting, join, booked, remove } = await waitingFor();
    await join(ANNE);
    await join(BEN, { weekdays: [3] });
    await service.cancel(booked);
    await waiting.offerFree();
    const [first, second] = await waiting.lines();
    expect(first).toEqual({
      ...{ sites: [siteId('eae')], mode: 'face_to_face', wish: null, before: null, way: 'sms' },
      ...{ since: at('2026-03-02T07:00Z'), until: instant(at('2026-03-02T07:00Z') + 28 * DAY) },
      offeredUntil: instant(at('2026-03-02T09:00Z') + 2),
    });
    expect(second).toMatchObject({ wish: { weekdays: [3] }, offeredUntil: null });
    await remove();
  });
});
