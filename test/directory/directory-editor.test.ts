import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectoryEditor, type DirectoryEditor } from '../../src/directory/directory-editor.js';
import { loadDirectory } from '../../src/directory/load-directory.js';
import { asId } from '../../src/kernel/ids.js';
import { frozenClock } from '../support/frozen-clock.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

const by = asId<never>('coordinator');
const { services: shipped } = loadDirectory();
const ID = asId<never>('strasbourg-pae');

let store: TemporaryStore;
let editor: DirectoryEditor;
beforeEach(async () => {
  store = await temporaryStore();
  const clock = frozenClock('2026-03-02T09:00:00Z');
  editor = createDirectoryEditor({ clock, shipped, store: store.stores.directoryEdits });
});
afterEach(() => store.remove());

async function entry() {
  const found = await editor.get(ID);
  if (found?.service == null) throw new Error('no such entry');
  return found.service;
}

describe('the directory in the hands of a coordinator', () => {
  it('is edited over the version that was seen, and every version stays', async () => {
    const changed = { ...(await entry()), audience: 'Tous les personnels' };
    expect(await editor.save({ serviceId: ID, version: 0, service: changed, by })).toEqual({
      kind: 'saved',
      version: 1,
    });
    expect(await editor.save({ serviceId: ID, version: 0, service: changed, by })).toEqual({
      kind: 'conflict',
      entry: { serviceId: ID, version: 1, service: changed },
    });
    expect((await editor.exported()).find(({ id }) => id === ID)).toEqual(changed);
    expect(await editor.list()).toHaveLength(shipped.length);
  });

  it('goes back to an earlier version, or to the shipped entry, as a new version', async () => {
    const first = await entry();
    const changed = { ...first, audience: 'Tous les personnels' };
    await editor.save({ serviceId: ID, version: 0, service: changed, by });
    await editor.save({ serviceId: ID, version: 1, service: null, by });
    expect((await editor.exported()).some(({ id }) => id === ID)).toBe(false);
    expect(await editor.get(ID)).toEqual({ serviceId: ID, version: 2, service: null });
    expect(await editor.revert({ serviceId: ID, version: 2, to: 1, by })).toEqual({
      kind: 'saved',
      version: 3,
    });
    expect(await entry()).toEqual(changed);
    expect(await editor.revert({ serviceId: ID, version: 3, to: 0, by })).toEqual({
      kind: 'saved',
      version: 4,
    });
    expect(await entry()).toEqual(first);
    expect(await editor.revert({ serviceId: ID, version: 4, to: 9, by })).toEqual({ kind: 'unknown' });
    expect((await editor.history(ID)).map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });

  it('refuses what is no entry, with the field', async () => {
    const good = await entry();
    for (const [change, fault] of [
      [{ academy: 'paris-13' }, 'academy'],
      [{ id: 'autre' }, 'id of another'],
      [{ contacts: [{ kind: 'phone', value: 'appelez-moi' }] }, 'contacts.0'],
    ] as const) {
      const saved = await editor.save({ serviceId: ID, version: 0, service: { ...good, ...change }, by });
      expect(saved.kind === 'invalid' ? saved.fault : saved.kind).toContain(fault);
    }
  });

  it('names what is old or undated, and what is missing', async () => {
    const { stale, missing } = await editor.health('2026-03-02');
    expect(stale.map(({ id }) => id)).toContain(ID);
    expect(missing.find(({ academy }) => academy === 'strasbourg')?.kinds).toContain('ems');
    const dated = { ...(await entry()), reviewBy: '2027-09-01' };
    await editor.save({ serviceId: ID, version: 0, service: dated, by });
    expect((await editor.health('2026-03-02')).stale.map(({ id }) => id)).not.toContain(ID);
  });
});
