import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/accounts/account.js';
import type { AvailabilityRule, Site } from '../../src/booking/booking.js';
import type { Alert } from '../../src/handoff/alert.js';
import { instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import type { Callback } from '../../src/phone-line/callback-store.js';
import type { Duty, LineRequest } from '../../src/phone-line/line.js';
import type { TextThread } from '../../src/phone-line/text-thread-store.js';
import type { SealedContact } from '../../src/privacy/vault-store.js';
import { freshStores, type OpenStores, RACERS, race } from './contract.js';

const alert = (id: string, change: Partial<Alert> = {}): Alert => ({
  id: asId(id),
  conversation: asId('conversation'),
  reason: 'plan',
  openedAt: instant(1),
  state: { kind: 'open' },
  version: 1,
  ...change,
});
const request = (id: string, change: Partial<LineRequest> = {}): LineRequest => ({
  id: asId(id),
  conversation: asId('conversation'),
  reason: 'immediate',
  wish: { gender: 'woman', psychologist: asId('p') },
  openedAt: instant(1),
  seenAt: instant(1),
  state: { kind: 'waiting' },
  rung: [],
  version: 1,
  ...change,
});
const duty = (id: string, change: Partial<Duty> = {}): Duty => ({
  responder: asId(id),
  role: 'psychologist',
  profile: { academies: ['strasbourg'], languages: ['fr'], gender: null },
  available: true,
  idleSince: instant(1),
  missed: 0,
  paused: false,
  busyWith: null,
  version: 1,
  ...change,
});
const account = (id: string, change: Partial<Account> = {}): Account => ({
  id: asId(id),
  login: id,
  pseudonym: 'Camille',
  roles: ['operator'],
  passwordHash: 'hash',
  deskPhone: null,
  deskPhoneVerified: false,
  deskPhoneCheck: null,
  disabled: false,
  createdAt: instant(1),
  version: 1,
  ...change,
});
const contact = (id: string, change: Partial<SealedContact> = {}): SealedContact => ({
  id: asId(id),
  purpose: 'callback',
  conversation: asId('conversation'),
  sealed: `sealed-${id}`,
  endsAt: instant(100),
  ...change,
});

const callback = (id: string, key: string, change: Partial<Callback> = {}): Callback => ({
  id: asId(id),
  key,
  conversation: asId('conversation'),
  contact: asId('contact'),
  language: 'fr',
  from: instant(1),
  to: instant(50),
  mayLeaveMessage: false,
  askedAt: instant(1),
  state: { kind: 'open' },
  attempts: [{ by: asId('staff'), at: instant(1), reached: null }],
  version: 1,
  ...change,
});
const textThread = (hash: string, conversation: string, change: Partial<TextThread> = {}): TextThread => ({
  hash,
  conversation: asId(conversation),
  contact: asId('contact'),
  keptAt: instant(10),
  seenAt: instant(20),
  stopped: false,
  sentSeq: 3,
  sendingUntil: null,
  more: false,
  failures: 0,
  version: 1,
  ...change,
});

export function describeSmallStores(name: string, open: OpenStores): void {
  describe(`alerts on ${name}`, () => {
    const stores = freshStores(open);

    it('keep one open alert a conversation, even when fifty are raised at once', async () => {
      const { alerts } = stores();
      const counts = await race(async (racer) => (await alerts.open(alert(`a${racer}`))).kind);
      expect(counts.get('opened')).toBe(1);
      expect(counts.get('already-open')).toBe(RACERS - 1);
      expect(await alerts.listLive(10)).toHaveLength(1);
    });

    it('let one of fifty acknowledgements win, and open anew once closed', async () => {
      const { alerts } = stores();
      await alerts.open(alert('a'));
      const counts = await race((racer) =>
        alerts.save(
          alert('a', { version: 2, state: { kind: 'acknowledged', by: asId(`s${racer}`), at: instant(2) } }),
        ),
      );
      expect(counts.get('saved')).toBe(1);
      expect(counts.get('conflict')).toBe(RACERS - 1);
      const closed = alert('a', {
        version: 3,
        state: { kind: 'closed', by: asId('s'), at: instant(3), outcome: 'safe-now' },
      });
      expect(await alerts.save(closed)).toBe('saved');
      expect(await alerts.live(asId('conversation'))).toBeUndefined();
      expect(await alerts.get(asId('a'))).toEqual(closed);
      expect((await alerts.open(alert('b'))).kind).toBe('opened');
      expect((await alerts.live(asId('conversation')))?.id).toBe('b');
    });
  });

  describe(`line requests and duties on ${name}`, () => {
    const stores = freshStores(open);

    it('keep one live request a conversation', async () => {
      const { lineRequests } = stores();
      const counts = await race((racer) => lineRequests.create(request(`r${racer}`)));
      expect(counts.get('created')).toBe(1);
      const live = await lineRequests.live(asId('conversation'));
      expect(live).toEqual(request(live?.id ?? ''));
      const ended = {
        ...request(live?.id ?? ''),
        version: 2,
        state: { kind: 'ended', because: 'done' } as const,
      };
      expect(await lineRequests.save(ended)).toBe('saved');
      expect(await lineRequests.listLive(10)).toEqual([]);
      expect(await lineRequests.create(request('next'))).toBe('created');
    });

    it('let one of fifty accept', async () => {
      const { lineRequests } = stores();
      await lineRequests.create(request('r'));
      const counts = await race((racer) =>
        lineRequests.save(request('r', { version: 2, rung: [asId(`p${racer}`)] })),
      );
      expect(counts.get('saved')).toBe(1);
    });

    it('give a responder to one request only', async () => {
      const { duties } = stores();
      expect(await duties.save(duty('p', { version: 2 }))).toBe('conflict');
      expect(await duties.save(duty('p'))).toBe('saved');
      const counts = await race((racer) =>
        duties.save(duty('p', { version: 2, busyWith: asId(`r${racer}`) })),
      );
      expect(counts.get('saved')).toBe(1);
      await duties.save(duty('o', { role: 'operator' }));
      expect((await duties.list('psychologist')).map(({ responder }) => responder)).toEqual(['p']);
    });
  });

  describe(`the roster and pending erasures on ${name}`, () => {
    const stores = freshStores(open);

    it('keep one roster entry of a kind and id', async () => {
      const { roster } = stores();
      const window = { from: instant(1), to: instant(9) };
      const shift = { ...window, responder: asId<never>('p'), role: 'psychologist' } as const;
      const added = { ...shift, kind: 'override', id: 'a', change: { kind: 'add' } } as const;
      const temporary = { ...window, kind: 'temporary', id: 'a', shifts: [shift] } as const;
      await roster.put({ ...added, to: instant(5) });
      await roster.put(added);
      await roster.put(temporary);
      expect((await roster.list()).sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([added, temporary]);
      await roster.remove(added);
      await roster.remove(added);
      expect(await roster.list()).toEqual([temporary]);
    });

    it('keep a code of the chat until its time is over, and one at a time', async () => {
      const { chatCodes } = stores();
      const code = (conversation: string, until: number) =>
        ({ hash: 'h', conversation: asId<never>(conversation), until: instant(until) }) as const;
      const counts = await race((racer) => chatCodes.add(code(`c${racer}`, 20), instant(10)));
      expect(counts.get('added')).toBe(1);
      expect(await chatCodes.add(code('late', 30), instant(19))).toBe('taken');
      expect(await chatCodes.add(code('next', 30), instant(20))).toBe('added');
      expect(await chatCodes.get('h')).toEqual(code('next', 30));
      expect(await chatCodes.removeEnded(instant(29))).toBe(0);
      expect(await chatCodes.removeEnded(instant(30))).toBe(1);
      expect(await chatCodes.get('h')).toBeUndefined();
      const link = { call: asId<never>('call'), chat: asId<never>('chat'), at: instant(1) };
      await chatCodes.link(link);
      expect(await chatCodes.linkOf(asId('call'))).toEqual(link);
      expect(await chatCodes.linkOf(asId('other'))).toBeUndefined();
      expect(await chatCodes.removeLinksBefore(link.at)).toBe(0);
      expect(await chatCodes.removeLinksBefore(instant(link.at + 1))).toBe(1);
      expect(await chatCodes.linkOf(link.call)).toBeUndefined();
    });

    it('keep one live callback a number, and let one of fifty claim it', async () => {
      const { callbacks } = stores();
      const counts = await race((racer) => callbacks.create(callback(`b${racer}`, 'number')));
      expect(counts.get('created')).toBe(1);
      const live = await callbacks.ofNumber('number');
      const id = live?.id ?? asId<never>('');
      expect(await callbacks.get(id)).toEqual(callback(id, 'number'));
      await callbacks.create(callback('sooner', 'other', { to: instant(5) }));
      expect((await callbacks.listLive(9)).map((one) => one.id)).toEqual(['sooner', id]);
      const claims = await race((racer) => {
        const state = { kind: 'claimed', by: asId<never>(`s${racer}`), at: instant(2) } as const;
        return callbacks.save(callback(id, 'number', { version: 2, state }));
      });
      expect(claims.get('saved')).toBe(1);
      const done = { kind: 'done', by: null, at: instant(9), outcome: 'withdrawn' } as const;
      expect(await callbacks.save(callback(id, id, { version: 3, state: done }))).toBe('saved');
      expect(await callbacks.ofNumber('number')).toBeUndefined();
      expect((await callbacks.listLive(9)).map((one) => one.id)).toEqual(['sooner']);
      expect(await callbacks.create(callback('next', 'number'))).toBe('created');
      expect(await callbacks.removeDoneBefore(instant(9))).toBe(0);
      expect(await callbacks.removeDoneBefore(instant(10))).toBe(1);
      expect(await callbacks.get(id)).toBeUndefined();
    });

    it('keep a text thread by its hash and by its conversation, one write after another', async () => {
      const { textThreads } = stores();
      const thread = textThread('h', 'c1');
      const counts = await race(() => textThreads.save(thread));
      expect(counts.get('saved')).toBe(1);
      expect(await textThreads.get('h')).toEqual(thread);
      expect(await textThreads.of(asId('c1'))).toEqual(thread);
      const moved = textThread('h', 'c2', { version: 2, contact: null, sendingUntil: instant(50) });
      expect(await textThreads.save(moved)).toBe('saved');
      expect(await textThreads.save(moved)).toBe('conflict');
      expect(await textThreads.of(asId('c1'))).toBeUndefined();
      expect(await textThreads.of(asId('c2'))).toEqual(moved);
      expect(await textThreads.unfinished(instant(49), 9)).toEqual([]);
      expect(await textThreads.unfinished(instant(50), 9)).toEqual([moved]);
      await textThreads.save(textThread('stopped', 'c3', { stopped: true }));
      const at = (quiet: number, stopped: number) =>
        textThreads.removeBefore({ quiet: instant(quiet), stopped: instant(stopped) });
      expect(await at(20, 20)).toBe(0);
      expect(await at(21, 20)).toBe(1);
      expect(await textThreads.of(asId('c2'))).toBeUndefined();
      expect(await at(21, 21)).toBe(1);
    });

    it('keep the last call of a hash until it is old', async () => {
      const { droppedCalls } = stores();
      const call = (name: string, at: number) =>
        ({ hash: 'h' as never, conversation: asId<never>(name), at: instant(at) }) as const;
      await droppedCalls.put(call('a', 1));
      await droppedCalls.put(call('b', 5));
      expect(await droppedCalls.get('h' as never)).toEqual(call('b', 5));
      expect(await droppedCalls.removeBefore(instant(5))).toBe(0);
      expect(await droppedCalls.removeBefore(instant(6))).toBe(1);
      expect(await droppedCalls.get('h' as never)).toBeUndefined();
    });

    it('give back what is due to be deleted at the carrier, earliest first', async () => {
      const { erasures } = stores();
      const pending = (id: string, dueAt: number) =>
        ({
          id: asId<never>(id),
          kind: 'call',
          sealed: `s-${id}`,
          dueAt: instant(dueAt),
          attempts: 0,
        }) as const;
      for (const one of [pending('a', 20), pending('b', 10), pending('c', 21)]) await erasures.put(one);
      expect(await erasures.due(instant(20), 10)).toEqual([pending('b', 10), pending('a', 20)]);
      await erasures.put({ ...pending('b', 30), attempts: 1 });
      await erasures.remove(asId('a'));
      expect(await erasures.due(instant(20), 10)).toEqual([]);
      expect(await erasures.due(instant(30), 1)).toEqual([pending('c', 21)]);
    });
  });

  describe(`accounts and sessions on ${name}`, () => {
    const stores = freshStores(open);

    it('give a login to one account only', async () => {
      const { accounts } = stores();
      const counts = await race((racer) => accounts.create(account(`id${racer}`, { login: 'camille' })));
      expect(counts.get('created')).toBe(1);
      expect(counts.get('login-taken')).toBe(RACERS - 1);
      expect((await accounts.byLogin('camille'))?.login).toBe('camille');
      expect(await accounts.byLogin('nobody')).toBeUndefined();
    });

    it('take a code of an authenticator once, whoever brings it first', async () => {
      const { secondFactors } = stores();
      const factor = (version: number, lastStep: number) => ({
        ...{ staff: asId<Account['id']>('x'), sealed: 'sealed', confirmed: true, recovery: ['a', 'b'] },
        ...{ version, lastStep },
      });
      expect(await secondFactors.save(factor(2, 1))).toBe('conflict');
      expect(await secondFactors.save(factor(1, 0))).toBe('saved');
      const counts = await race((racer) => secondFactors.save(factor(2, racer)));
      expect(counts.get('saved')).toBe(1);
      await secondFactors.remove(asId('x'));
      expect(await secondFactors.get(asId('x'))).toBeUndefined();
      expect(await secondFactors.save(factor(1, 5))).toBe('saved');
      expect(await secondFactors.get(asId('x'))).toEqual(factor(1, 5));
    });

    it('keep the tokens of programs by person', async () => {
      const { apiTokens } = stores();
      const token = (tokenHash: string, staff: string, createdAt: number) => ({
        ...{ id: asId<never>(`id-${tokenHash}`), tokenHash, label: 'script', createdAt: instant(createdAt) },
        staff: asId<Account['id']>(staff),
      });
      for (const one of [token('a', 'x', 2), token('b', 'x', 1), token('c', 'y', 3)])
        await apiTokens.add(one);
      expect(await apiTokens.listOf(asId('x'), 10)).toEqual([token('b', 'x', 1), token('a', 'x', 2)]);
      expect(await apiTokens.listOf(asId('x'), 1)).toHaveLength(1);
      await apiTokens.remove('b');
      await apiTokens.removeAllOf(asId('y'));
      expect(await apiTokens.get('a')).toEqual(token('a', 'x', 2));
      expect(await apiTokens.get('b')).toBeUndefined();
      expect(await apiTokens.get('c')).toBeUndefined();
    });

    it('forget sessions one by one, by person and by age', async () => {
      const { sessions } = stores();
      const session = (tokenHash: string, staff: string, seenAt: number) => ({
        tokenHash,
        staff: asId<Account['id']>(staff),
        stage: 'signed-in' as const,
        createdAt: instant(1),
        seenAt: instant(seenAt),
      });
      for (const one of [
        session('a', 'x', 10),
        session('b', 'x', 20),
        session('c', 'y', 30),
        session('d', 'y', 5),
      ])
        await sessions.put(one);
      expect((await sessions.listOf(asId('x'), 10)).map(({ tokenHash }) => tokenHash).sort()).toEqual([
        'a',
        'b',
      ]);
      expect(await sessions.listOf(asId('x'), 1)).toHaveLength(1);
      await sessions.remove('b');
      expect(await sessions.removeSeenBefore(instant(10))).toBe(1);
      await sessions.removeAllOf(asId('x'));
      expect(await sessions.get('a')).toBeUndefined();
      expect(await sessions.get('b')).toBeUndefined();
      expect(await sessions.get('c')).toEqual(session('c', 'y', 30));
      expect(await sessions.get('d')).toBeUndefined();
    });
  });

  describe(`records that are over on ${name}`, () => {
    const stores = freshStores(open);
    const closed = (at: number) => ({ kind: 'closed', by: asId<never>('x'), at: instant(at) }) as const;

    it('of alerts are removed when they were closed long ago, never while they live', async () => {
      const { alerts } = stores();
      for (const [id, at] of [
        ['old', 100],
        ['new', 101],
        ['other', 50],
      ] as const) {
        await alerts.open(alert(id, { conversation: asId(id) }));
        const state = { ...closed(at), outcome: 'safe-now' } as const;
        await alerts.save(alert(id, { conversation: asId(id), state, version: 2 }));
      }
      await alerts.open(alert('live', { conversation: asId('live') }));
      expect(await alerts.removeClosed(instant(100), 1)).toBe(1);
      expect(await alerts.removeClosed(instant(100), 10)).toBe(1);
      expect(await alerts.removeClosed(instant(100), 10)).toBe(0);
      expect([await alerts.get(asId('old')), await alerts.get(asId('other'))]).toEqual([
        undefined,
        undefined,
      ]);
      expect([(await alerts.get(asId('new')))?.id, (await alerts.get(asId('live')))?.id]).toEqual([
        'new',
        'live',
      ]);
      expect(await alerts.open(alert('again', { conversation: asId('old') }))).toEqual({ kind: 'opened' });
    });

    it('of waits on the phone are removed when they began long ago, never while they live', async () => {
      const { lineRequests } = stores();
      for (const [id, at] of [
        ['old', 100],
        ['new', 101],
      ] as const) {
        const first = request(id, { conversation: asId(id), openedAt: instant(at) });
        await lineRequests.create(first);
        await lineRequests.save({ ...first, state: { kind: 'ended', because: 'done' }, version: 2 });
      }
      await lineRequests.create(request('live', { conversation: asId('live') }));
      expect(await lineRequests.removeEnded(instant(100), 10)).toBe(1);
      expect(await lineRequests.get(asId('old'))).toBeUndefined();
      expect((await lineRequests.listLive(10)).map(({ id }) => id)).toEqual(['live']);
      expect((await lineRequests.get(asId('new')))?.id).toBe('new');
    });
  });

  describe(`the diary and directory edits on ${name}`, () => {
    const stores = freshStores(open);

    it('give back what was put, whole and in its last version', async () => {
      const { diary } = stores();
      const site: Site = {
        ...{ id: asId('s'), name: 'EAE', department: '67', address: '', accessibility: '' },
        ...{ kind: 'eae', zone: 'Europe/Paris', goodFriday: false },
      };
      const dates = { firstDate: '2026-01-01', lastDate: null, from: '09:00', to: '12:00' };
      const rule: AvailabilityRule = {
        ...{ id: 'r', psychologist: asId('p'), site: site.id, durations: [45], ...dates },
        modes: ['telephone'],
        recurrence: { kind: 'monthly', every: 1, weekdays: [2], positions: [1, -1] },
        exceptions: [{ date: '2026-02-03', hours: null }],
        operatorShare: { everyNth: 2, releasedHoursBefore: 24 },
        bufferAfter: 15,
      };
      const once = { recurrence: { kind: 'once' as const }, ...dates };
      const absence = { id: 'a', psychologist: asId<never>('p'), zone: 'Europe/Paris', ...once };
      const closure = { id: 'c', site: site.id, ...once };
      const busy = { psychologist: asId<never>('p'), times: [{ from: instant(1), to: instant(2) }] };
      await diary.putSite({ ...site, name: 'before' });
      await diary.putSite(site);
      await diary.putPsychologist({ id: asId('p'), label: 'P' });
      await diary.putRule(rule);
      await diary.putRule({ ...rule, site: asId('t') });
      await diary.putAbsence(absence);
      await diary.putClosure(closure);
      await diary.putImportedBusy(busy);
      expect(await diary.read()).toEqual({
        sites: [site],
        psychologists: [{ id: 'p', label: 'P' }],
        rules: [rule, { ...rule, site: 't' }],
        absences: [absence],
        closures: [closure],
        importedBusy: [busy],
      });
    });

    it('show each change in the revision, and forget what is removed', async () => {
      const { diary } = stores();
      const once = {
        recurrence: { kind: 'once' as const },
        ...{ firstDate: '2026-01-01', lastDate: null, from: '00:00', to: '24:00' },
      };
      const changes = [
        () => diary.putAbsence({ id: 'a', psychologist: asId('p'), zone: 'Europe/Paris', ...once }),
        () => diary.putClosure({ id: 'c', site: asId('s'), ...once }),
        () => diary.putImportedBusy({ psychologist: asId('p'), times: [] }),
        () => diary.removeAbsence('a'),
        () => diary.removeClosure('c'),
        () => diary.removeImportedBusy(asId('p')),
        () => diary.removeRule(asId('s'), 'never there'),
      ];
      const revisions = [await diary.revision()];
      for (const change of changes) {
        await change();
        revisions.push(await diary.revision());
      }
      expect(new Set(revisions).size).toBe(changes.length + 1);
      expect(await diary.read()).toMatchObject({ rules: [], absences: [], closures: [], importedBusy: [] });
    });

    it('let one of several editors of an entry win, and none who saw what no longer stands', async () => {
      const { diary } = stores();
      const before = { id: asId<never>('p'), label: 'before' };
      const made = await race(() => diary.change({ kind: 'psychologist', before: null, after: before }));
      expect(made.get('done')).toBe(1);
      const edited = await race((racer) =>
        diary.change({ kind: 'psychologist', before, after: { ...before, label: `after ${racer}` } }),
      );
      expect(edited.get('done')).toBe(1);
      expect(await diary.change({ kind: 'psychologist', before, after: null })).toBe('conflict');
      const put = { ...before, label: 'put by an import' };
      await diary.putPsychologist(put);
      const revision = await diary.revision();
      expect(await diary.change({ kind: 'psychologist', before: put, after: null })).toBe('done');
      expect(await diary.revision()).not.toBe(revision);
      expect((await diary.read()).psychologists).toEqual([]);
    });

    it('let one of two editors of a service win', async () => {
      const { directoryEdits } = stores();
      const edit = {
        serviceId: asId<never>('s'),
        version: 1,
        service: null,
        editedAt: instant(1),
        editedBy: asId<never>('x'),
      };
      const counts = await race(() => directoryEdits.save(edit));
      expect(counts.get('saved')).toBe(1);
      expect(await directoryEdits.list()).toEqual([edit]);
    });

    it('keep every version of a service, and let each follow the one before', async () => {
      const { directoryEdits } = stores();
      const edit = (version: number, service = 's') => ({
        serviceId: asId<never>(service),
        version,
        service: null,
        editedAt: instant(version),
        editedBy: asId<never>('x'),
      });
      expect(await directoryEdits.save(edit(2))).toBe('conflict');
      for (const version of [1, 2, 3]) expect(await directoryEdits.save(edit(version))).toBe('saved');
      expect(await directoryEdits.save(edit(3))).toBe('conflict');
      expect(await directoryEdits.save(edit(1, 's-2'))).toBe('saved');
      expect(await directoryEdits.list()).toEqual([edit(3), edit(1, 's-2')]);
      expect(await directoryEdits.history(asId('s'), 2)).toEqual([edit(3), edit(2)]);
      expect(await directoryEdits.history(asId('t'), 2)).toEqual([]);
    });

    it('count the gaps of the directory, month by month', async () => {
      const { directoryGaps } = stores();
      const gap = { month: '2026-03', place: 'lille', need: 'social_financier' } as const;
      await race(async () => {
        await directoryGaps.add(gap);
        return 'added';
      });
      await directoryGaps.add({ ...gap, place: '988' });
      await directoryGaps.add({ ...gap, month: '2026-04' });
      expect(await directoryGaps.ofMonth('2026-03')).toEqual([
        { ...gap, place: '988', count: 1 },
        { ...gap, count: RACERS },
      ]);
      expect(await directoryGaps.ofMonth('2026-05')).toEqual([]);
    });
  });

  describe(`keys and contacts on ${name}`, () => {
    const stores = freshStores(open);

    it('keep the first key of a day and of a record', async () => {
      const { dailyKeys, recordKeys } = stores();
      expect(
        (await race((racer) => dailyKeys.add({ day: '2026-03-02', key: `k${racer}` }))).get('added'),
      ).toBe(1);
      expect((await race((racer) => recordKeys.create(asId('r'), `w${racer}`))).get('created')).toBe(1);
      await dailyKeys.destroy('2026-03-02');
      expect(await dailyKeys.list()).toEqual([]);
      await recordKeys.destroy([asId('r'), asId('unknown')]);
      expect(await recordKeys.get(asId('r'))).toBeUndefined();
    });

    it('destroy a contact alone, with its conversation, or when it has ended', async () => {
      const { vault } = stores();
      await vault.put(contact('a'));
      await vault.put(contact('b', { endsAt: instant(101) }));
      await vault.put(contact('c', { conversation: asId('other') }));
      expect((await vault.ended(instant(100), 10)).map(({ id }) => id).sort()).toEqual(['a', 'c']);
      await vault.remove(asId('a'));
      await vault.removeOf(asId('other'));
      expect(await vault.get(asId('a'))).toBeUndefined();
      expect(await vault.get(asId('c'))).toBeUndefined();
      expect(await vault.get(asId('b'))).toEqual(contact('b', { endsAt: instant(101) }));
    });
  });
}
