import { expect } from 'vitest';
import type { AvailabilityRule, Site, Slot } from '../../src/booking/booking.js';
import { type BookingService, createBookingService } from '../../src/booking/booking-service.js';
import type { BookingCode } from '../../src/booking/code.js';
import { createCodeBrake } from '../../src/booking/code-brake.js';
import type { CodePaceStore } from '../../src/booking/code-pace-store.js';
import type { DiaryStore } from '../../src/booking/diary-store.js';
import type { BookingId, ConversationId } from '../../src/kernel/ids.js';
import type { Random } from '../../src/kernel/random.js';
import { memoryBookingStore, memoryCodePace, memoryDiaryStore } from '../support/booking-fakes.js';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';
import { aSite, conversationId, everyDay } from './builders.js';

/** Monday 2 March 2026, 08:00 in Paris. */
export const NOW = '2026-03-02T07:00:00Z';

export interface Desk {
  clock: FrozenClock;
  service: BookingService;
  store: ReturnType<typeof memoryBookingStore>;
  diary: DiaryStore;
  /** Milliseconds that look-ups had to wait. */
  waited: number[];
}

export function desk(
  changes: {
    rules?: AvailabilityRule[];
    sites?: Site[];
    now?: string;
    random?: Random;
    pace?: CodePaceStore;
    changed?: (booking: BookingId) => Promise<void>;
  } = {},
): Desk {
  const clock = frozenClock(changes.now ?? NOW);
  const store = memoryBookingStore();
  const diary = memoryDiaryStore({
    sites: changes.sites ?? [aSite()],
    rules: changes.rules ?? everyDay(),
  });
  const random = changes.random ?? seededRandom();
  const waited: number[] = [];
  const wait = async (ms: number): Promise<void> => void waited.push(ms);
  const brake = createCodeBrake({ clock, wait, store: changes.pace ?? memoryCodePace() });
  const codeKey = Buffer.alloc(32, 7);
  const changed = changes.changed ?? (async () => undefined);
  const service = createBookingService({ clock, random, codeKey, store, diary, brake, changed });
  return { clock, service, store, diary, waited };
}

export const caller = conversationId('caller-1');
export const other = conversationId('caller-2');

export async function firstSlot(service: BookingService): Promise<Slot> {
  const [slot] = await service.findSlots({ limit: 1 });
  if (slot === undefined) throw new Error('a free slot was expected');
  return slot;
}

export async function held(service: BookingService, slot?: Slot, conversation: ConversationId = caller) {
  const outcome = await service.hold(slot ?? (await firstSlot(service)), conversation);
  if (outcome.kind !== 'held') throw new Error('the hold was expected to succeed');
  return outcome;
}

export async function confirmed(
  service: BookingService,
  slot?: Slot,
): Promise<{ code: BookingCode; booking: BookingId }> {
  const { booking, code } = await held(service, slot);
  expect(await service.confirm(booking)).toBe('confirmed');
  return { code, booking };
}
