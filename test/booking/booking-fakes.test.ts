import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/storage/stores.js';
import { describeBookingStore } from '../contract/bookings.contract.js';
import { memoryBookingStore, memoryDiaryStore } from '../support/booking-fakes.js';
import { aSite } from './builders.js';

describeBookingStore('memory', async () => ({
  stores: { bookings: memoryBookingStore() } as unknown as Stores,
  remove: async () => undefined,
}));

describe('the diary in memory', () => {
  it('copies what it takes and what it gives', async () => {
    const diary = memoryDiaryStore({ sites: [aSite()] });
    for (const site of (await diary.read()).sites) site.name = 'changed outside';
    expect((await diary.read()).sites).toEqual([aSite()]);
  });
});
