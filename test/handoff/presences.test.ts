import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPaused, PAUSE, SHIFT_ENDS_AFTER, THERE_WITHIN } from '../../src/handoff/presences.js';
import { MINUTE } from '../../src/kernel/clock.js';
import { asId, type StaffId } from '../../src/kernel/ids.js';
import { type SpokenService, spokenService } from '../support/spoken-service.js';

const camille = { id: asId<StaffId>('camille'), pseudonym: 'Camille' };
const sacha = { id: asId<StaffId>('sacha'), pseudonym: 'Sacha' };

let spoken: SpokenService;
beforeEach(async () => {
  spoken = await spokenService();
});
afterEach(() => spoken.close());
const names = async () => (await spoken.service.presences.there()).map(({ pseudonym }) => pseudonym);

describe('who is at the desk', () => {
  it('is whoever’s page has answered lately', async () => {
    const { presences } = spoken.service;
    await presences.beat(camille);
    spoken.clock.advance(THERE_WITHIN);
    expect(await names()).toEqual(['Camille']);
    spoken.clock.advance(1);
    expect(await names()).toEqual([]);
  });

  it('reads what the page in front shows; a page behind changes nothing', async () => {
    const { presences } = spoken.service;
    const one = asId<never>('one');
    await presences.beat(camille, one);
    expect((await presences.beat(camille)).viewing).toBe(one);
    expect((await presences.beat(camille, null)).viewing).toBeNull();
  });

  it('has a name for the shift, one person a name, and the account’s name again in the next', async () => {
    const { presences } = spoken.service;
    await presences.beat(camille);
    await presences.beat(sacha);
    expect(await presences.rename(sacha, 'camille')).toBe('taken');
    expect(await presences.rename(sacha, ' Alix ')).toBe('renamed');
    expect(await names()).toEqual(['Camille', 'Alix']);
    spoken.clock.advance(SHIFT_ENDS_AFTER - 1);
    expect((await presences.beat(sacha)).pseudonym).toBe('Alix');
    spoken.clock.advance(SHIFT_ENDS_AFTER);
    expect((await presences.beat(sacha)).pseudonym).toBe('Sacha');
  });

  it('takes a break that ends by itself, or earlier, and is counted', async () => {
    const { presences } = spoken.service;
    await presences.pause(camille);
    spoken.clock.advance(PAUSE - 1);
    const during = await presences.beat(camille);
    expect([isPaused(during, spoken.clock.now()), during.pauses]).toEqual([true, 1]);
    spoken.clock.advance(1);
    const after = await presences.beat(camille);
    expect([isPaused(after, spoken.clock.now()), after.state.kind]).toEqual([false, 'ready']);
    await presences.pause(camille);
    await presences.resume(camille);
    expect((await presences.of(camille.id))?.state.kind).toBe('ready');
  });

  it('counts vital conversations of the shift', async () => {
    const { presences } = spoken.service;
    for (let count = 0; count < 3; count += 1) await presences.heavy(camille);
    spoken.clock.advance(MINUTE);
    expect((await presences.beat(camille)).heavy).toBe(3);
  });

  it('loses no change when beats and acts come at once', async () => {
    const { presences } = spoken.service;
    const beats = Array.from({ length: 6 }, () => presences.beat(camille, asId<never>('x')));
    await Promise.all([...beats, presences.heavy(camille)]);
    expect((await presences.of(camille.id))?.heavy).toBe(1);
  });
});
