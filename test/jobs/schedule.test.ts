import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SESSION_IDLE } from '../../src/accounts/sessions.js';
import { countPastBookings } from '../../src/jobs/count-past-bookings.job.js';
import { jobsOf } from '../../src/jobs/schedule.js';
import { KEPT_EVENTS, trimEvents } from '../../src/jobs/trim-events.job.js';
import { DAY, HOUR, instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { placeOf } from '../../src/storage/counted-stores.js';
import { signInAs } from '../support/sign-in-as.js';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());

const allJobs = () =>
  jobsOf({
    ...spoken.service,
    clock: spoken.clock,
    placeOf: (booking) => placeOf(spoken.service.stores.diary, booking),
  });

const job = (name: string) => {
  const found = allJobs().find((known) => known.name === name);
  if (found === undefined) throw new Error(`no job ${name}`);
  return found;
};

describe('the jobs', () => {
  it('destroy a transcript when it is old enough and not before, twice without harm', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je suis fatiguée');
    spoken.clock.advance(30 * DAY);
    expect(await job('destroy-old-words').run()).toBe(0);
    spoken.clock.advance(1);
    expect(await job('destroy-old-words').run()).toBe(1);
    expect(await job('destroy-old-words').run()).toBe(0);
    expect(await spoken.service.conversations.transcript(talk.id, 0, 10)).toBeUndefined();
  });

  it('leave a conversation with an open alert alone, however old', async () => {
    const talk = await spoken.talk('web');
    await talk.say('je veux mourir');
    spoken.clock.advance(90 * DAY);
    expect(await job('destroy-old-words').run()).toBe(0);
    expect(await spoken.service.conversations.head(talk.id)).toBeDefined();
  });

  it('destroy a closed alert after a year and a wait on the phone after thirty days, and not before', async () => {
    const { alerts, lineRequests } = spoken.service.stores;
    const talk = await spoken.talk('web');
    await talk.say('je veux mourir');
    const [alert] = await alerts.listLive(1);
    if (alert === undefined) throw new Error('no alert');
    const at = spoken.clock.now();
    const request = await spoken.service.phoneLine.request(talk.id, 'immediate');
    await spoken.service.phoneLine.leave(request);
    spoken.clock.advance(30 * DAY - 1);
    expect(await job('destroy-past-records').run()).toBe(0);
    spoken.clock.advance(1);
    expect(await job('destroy-past-records').run()).toBe(1);
    expect(await lineRequests.get(request)).toBeUndefined();
    spoken.clock.set(at + 400 * DAY);
    expect(await job('destroy-past-records').run()).toBe(0);
    const state = { kind: 'closed', by: asId<never>('x'), at: instant(at), outcome: 'safe-now' } as const;
    await alerts.save({ ...alert, state, version: alert.version + 1 });
    spoken.clock.set(at + 365 * DAY - 1);
    expect(await job('destroy-past-records').run()).toBe(0);
    spoken.clock.set(at + 365 * DAY);
    expect(await job('destroy-past-records').run()).toBe(1);
  });

  it('reduce a past booking to a count after 30 days and not before, once even when a run dies between', async () => {
    const { bookings, counts } = spoken.service.stores;
    const now = spoken.clock.now();
    const start = instant(now + HOUR);
    const end = instant(now + 2 * HOUR);
    const time = {
      psychologist: asId<never>('p'),
      site: asId<never>('s'),
      mode: 'telephone',
      start,
      end,
    } as const;
    const held = { blockedFrom: start, blockedTo: end, codeHash: 'code', session: 2, proposal: null };
    const by = { heldBy: asId<never>('c'), heldUntil: end };
    await bookings.hold({ ...time, ...held, ...by, id: asId('b'), status: 'held' }, now);
    await bookings.confirm(asId('b'), now);
    await spoken.service.tally.settled();
    spoken.clock.advance(30 * DAY + 2 * HOUR - 1);
    expect(await job('count-past-bookings').run()).toBe(0);
    spoken.clock.advance(1);
    const dying = countPastBookings({
      clock: spoken.clock,
      counts,
      placeOf: async () => 'telephone',
      bookings: {
        endedBy: bookings.endedBy,
        remove: async () => {
          throw new Error('killed');
        },
      },
    });
    await expect(dying.run()).rejects.toThrow('killed');
    expect(await job('count-past-bookings').run()).toBe(1);
    expect(await job('count-past-bookings').run()).toBe(0);
    expect(await bookings.get(asId('b'))).toBeUndefined();
    const [day] = await counts.between('2026-03-02', '2026-03-02');
    expect(day?.counts).toMatchObject({ 'held|telephone': 1 });
  });

  it('destroy a session that is over, and not one that lives', async () => {
    const { accounts } = spoken.service;
    await accounts.add({
      login: 'camille',
      pseudonym: 'C',
      roles: ['operator'],
      password: 'girafes-dormeuses',
    });
    await signInAs(spoken.service, 'camille');
    spoken.clock.advance(SESSION_IDLE);
    expect(await job('destroy-sessions').run()).toBe(0);
    spoken.clock.advance(1);
    expect(await job('destroy-sessions').run()).toBe(1);
  });

  it('keep the log of changes short', async () => {
    const { events } = spoken.service.stores;
    let last = KEPT_EVENTS + 2;
    const cut: number[] = [];
    const long = { ...events, last: async () => last, trim: async (upTo: number) => void cut.push(upTo) };
    expect(await trimEvents(long).run()).toBe(2);
    last = KEPT_EVENTS;
    expect(await trimEvents(long).run()).toBe(0);
    expect(cut).toEqual([2]);
  });

  it('have names of their own', () => {
    const names = allJobs().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
