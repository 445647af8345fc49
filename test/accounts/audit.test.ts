import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AUDIT_KEPT,
  type Audit,
  createAudit,
  MOST_AUDIT_ENTRIES_A_PAGE,
  SAME_READING,
} from '../../src/accounts/audit.js';
import type { AuditEntry } from '../../src/accounts/audit-entry.js';
import { sealEntry } from '../../src/accounts/audit-entry.js';
import { DAY } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import type { Stores } from '../../src/storage/stores.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { temporaryStore } from '../support/temporary-store.js';

const camille = asId<StaffId>('camille');
const andrea = asId<StaffId>('andrea');

let clock: FrozenClock;
let opened: Awaited<ReturnType<typeof temporaryStore>>;
let stores: Stores;
let audit: Audit;
beforeEach(async () => {
  clock = frozenClock();
  opened = await temporaryStore();
  stores = opened.stores;
  audit = createAudit({ clock, store: stores.audit });
});
afterEach(() => opened.remove());

/** The same store, one entry of which somebody has written over. */
const tampered = (change: (entry: AuditEntry) => AuditEntry | undefined): Audit => {
  const changed = (entries: AuditEntry[]): AuditEntry[] => entries.flatMap((entry) => change(entry) ?? []);
  const from: typeof stores.audit.from = async (seq, limit) => changed(await stores.audit.from(seq, limit));
  return createAudit({ clock, store: { ...stores.audit, from } });
};

const fill = async (count: number): Promise<void> => {
  for (let index = 1; index <= count; index += 1)
    await audit.record({ by: camille, act: 'conversation-replied', on: `c${index}` });
};

describe('the audit', () => {
  it('holds each act with who, when and on what, chained to the one before', async () => {
    await audit.record({ by: camille, act: 'signed-in' });
    clock.advance(5);
    await audit.record({ by: camille, act: 'conversation-claimed', on: 'c1' });
    const [second, first] = (await audit.list({ limit: 10 })).entries;
    expect(first).toMatchObject({ seq: 1, by: camille, act: 'signed-in', on: '', previous: '' });
    expect(second).toMatchObject({ seq: 2, act: 'conversation-claimed', on: 'c1', previous: first?.hash });
    expect(second?.at).toBe((first?.at ?? 0) + 5);
    expect(await audit.verify()).toEqual({ kind: 'whole', entries: 2, head: second?.hash });
  });

  it('is whole when empty', async () => {
    expect(await audit.verify()).toEqual({ kind: 'whole', entries: 0, head: '' });
  });

  it.each([
    '06 39 98 00 01',
    '0639980001',
    '+33639980001',
    '123456782',
    'jean.dupont@example.fr',
    'je veux',
    'x'.repeat(101),
  ])('refuses to name %s, and writes nothing', async (on) => {
    await expect(audit.record({ by: camille, act: 'transcript-read', on })).rejects.toThrow('our own ids');
    expect((await audit.list({ limit: 1 })).entries).toEqual([]);
  });

  it('loses nothing when many write at once, from two instances too', async () => {
    const other = createAudit({ clock, store: stores.audit });
    const acts = Array.from({ length: 60 }, (_, index) =>
      (index % 2 === 0 ? audit : other).record({ by: camille, act: 'conversation-replied', on: `c${index}` }),
    );
    await Promise.all(acts);
    expect(await audit.verify()).toMatchObject({ kind: 'whole', entries: 60 });
    const { entries } = await audit.list({ limit: 100 });
    expect(new Set(entries.map(({ on }) => on)).size).toBe(60);
  });

  it.each([
    ['who', { by: andrea }],
    ['what', { act: 'signed-out' as const }],
    ['on what', { on: 'c9' }],
    ['when', { at: 1 as never }],
  ])('shows that %s was changed, even when its own hash was made again', async (_name, change) => {
    await fill(5);
    const crude = tampered((entry) => (entry.seq === 3 ? { ...entry, ...change } : entry));
    expect(await crude.verify()).toEqual({ kind: 'broken', seq: 3 });
    const careful = tampered((entry) => (entry.seq === 3 ? sealEntry({ ...entry, ...change }) : entry));
    expect(await careful.verify()).toEqual({ kind: 'broken', seq: 4 });
  });

  it('shows that an entry was taken out, in the middle and at the beginning', async () => {
    await fill(5);
    expect(await tampered((entry) => (entry.seq === 3 ? undefined : entry)).verify()).toEqual({
      kind: 'broken',
      seq: 4,
    });
    expect(await tampered((entry) => (entry.seq <= 2 ? undefined : entry)).verify()).toEqual({
      kind: 'broken',
      seq: 3,
    });
  });

  it('can be looked at from its end only', async () => {
    await fill(5);
    const early = tampered((entry) => (entry.seq === 2 ? { ...entry, by: andrea } : entry));
    expect(await early.verify(3)).toMatchObject({ kind: 'whole', entries: 3 });
    expect(await early.verify(4)).toEqual({ kind: 'broken', seq: 2 });
  });

  it('is read in pages, filtered, and never more than a page at once', async () => {
    await fill(MOST_AUDIT_ENTRIES_A_PAGE + 20);
    await audit.record({ by: andrea, act: 'duty-on' });
    const first = await audit.list({ limit: 1_000 });
    expect(first.entries).toHaveLength(MOST_AUDIT_ENTRIES_A_PAGE);
    const second = await audit.list({ limit: 1_000, below: first.next ?? 0 });
    expect(second.entries).toHaveLength(21);
    expect(second.next).toBeUndefined();
    expect((await audit.list({ limit: 10, by: andrea })).entries.map(({ act }) => act)).toEqual(['duty-on']);
    expect((await audit.list({ limit: 10, act: 'conversation-replied', on: 'c7' })).entries).toHaveLength(1);
    expect((await audit.list({ limit: 10, on: 'nothing' })).entries).toEqual([]);
  });

  it('takes a page that reloads itself for one reading', async () => {
    const read = (by: StaffId) => audit.record({ by, act: 'transcript-read', on: 'c1' });
    await read(camille);
    clock.advance(SAME_READING - 1);
    await read(camille);
    await read(andrea);
    clock.advance(1);
    await read(camille);
    const { entries } = await audit.list({ limit: 10 });
    expect(entries.map(({ by }) => by)).toEqual([camille, andrea, camille]);
  });

  it('forgets what is older than a year, not what is younger, and says so in the chain', async () => {
    await fill(3);
    clock.advance(DAY);
    await audit.record({ by: andrea, act: 'signed-in' });
    clock.advance(AUDIT_KEPT - DAY);
    expect(await audit.trim()).toBe(0);
    clock.advance(1);
    expect(await audit.trim()).toBe(3);
    expect(await audit.trim()).toBe(0);
    const { entries } = await audit.list({ limit: 10 });
    expect(entries.map(({ act }) => act)).toEqual(['audit-trimmed', 'signed-in']);
    expect(await audit.verify()).toMatchObject({ kind: 'whole', entries: 2 });
    const more = tampered((entry) => (entry.seq === 4 ? undefined : entry));
    expect(await more.verify()).toEqual({ kind: 'broken', seq: 5 });
  });
});
