import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, instant } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { type ContactVault, createContactVault } from '../../src/privacy/contact-vault.js';
import { createSecrets } from '../../src/privacy/secrets.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { type TemporaryStore, temporaryStore } from '../support/temporary-store.js';

const random = seededRandom();
let store: TemporaryStore;
let clock: FrozenClock;
let vault: ContactVault;
beforeEach(async () => {
  store = await temporaryStore();
  clock = frozenClock('2026-03-02T12:00:00Z');
  const secrets = createSecrets({ current: randomBytes(32), random });
  vault = createContactVault({ clock, random, secrets, store: store.stores.vault });
});
afterEach(() => store.remove());

const keep = () =>
  vault.keep({
    purpose: 'callback',
    conversation: asId('c'),
    value: '+33639980001',
    endsAt: instant(clock.now() + HOUR),
  });

describe('a contact given on purpose', () => {
  it('opens for its purpose only', async () => {
    const id = await keep();
    expect(await vault.open(id, 'callback')).toBe('+33639980001');
    expect(await vault.open(id, 'reminder')).toBeUndefined();
  });

  it('is destroyed 24 hours after its purpose has ended, and not before', async () => {
    const id = await keep();
    clock.advance(25 * HOUR - 1);
    expect(await vault.destroyDue()).toBe(0);
    expect(await vault.open(id, 'callback')).toBe('+33639980001');
    clock.advance(1);
    expect(await vault.open(id, 'callback')).toBeUndefined();
    expect(await vault.destroyDue()).toBe(1);
    expect(await store.stores.vault.get(id)).toBeUndefined();
  });

  it('can be withdrawn alone, or with its conversation', async () => {
    const [one, two] = [await keep(), await keep()];
    await vault.withdraw(one);
    expect(await vault.open(one, 'callback')).toBeUndefined();
    await vault.withdrawAll(asId('c'));
    expect(await vault.open(two, 'callback')).toBeUndefined();
  });
});
