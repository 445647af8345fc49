import { type BookingService, createBookingService } from '../../src/booking/booking-service.js';
import { HOUR, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId } from '../../src/kernel/ids.js';
import { systemRandom } from '../../src/kernel/random.js';
import type { Stores } from '../../src/storage/stores.js';
import { NOW } from './bench-diary.js';

export const RACE_SLOTS = 100;
export const RACERS_PER_SLOT = 10;

/** What 1,000 callers, ten on each of 100 slots, were told. */
export interface RaceResult {
  confirmed: number;
  nearest: number;
  errors: number;
  ms: number;
}

export const added = (results: readonly RaceResult[]): RaceResult =>
  results.reduce((a, b) => ({
    confirmed: a.confirmed + b.confirmed,
    nearest: a.nearest + b.nearest,
    errors: a.errors + b.errors,
    ms: Math.max(a.ms, b.ms),
  }));

const CODE_KEY = Buffer.alloc(32, 7);

export const serviceOn = (stores: Pick<Stores, 'bookings' | 'diary'>): BookingService =>
  createBookingService({
    clock: { now: () => NOW },
    random: systemRandom,
    codeKey: CODE_KEY,
    store: stores.bookings,
    diary: stores.diary,
    brake: { enter: async () => 'go', failed: async () => undefined },
  });

/** Ten psychologists with ten slots each on one day. */
export async function fillRace(stores: Pick<Stores, 'diary'>): Promise<void> {
  await stores.diary.putSite({
    ...{ id: asId('site'), kind: 'eae', name: 'EAE', department: '67' },
    ...{ address: '', accessibility: '', zone: 'Europe/Paris' },
  });
  for (let person = 0; person < 10; person += 1)
    await stores.diary.putRule({
      ...{ id: `rule-${person}`, psychologist: asId(`psychologist-${person}`), site: asId('site') },
      ...{ modes: ['face_to_face'], durations: [45], recurrence: { kind: 'once' } },
      ...{ firstDate: '2026-03-10', lastDate: null, from: '09:00', to: '16:30' },
    });
}

/** Holds and confirms, without a second try; `share` of the racers of every slot run here. */
export async function race(
  service: BookingService,
  share: { from: number; to: number },
): Promise<RaceResult> {
  const start = instant(Date.parse('2026-03-10T08:00:00Z'));
  const attempts = Array.from({ length: RACE_SLOTS }, (_, slot) =>
    Array.from({ length: share.to - share.from }, (__, racer) => ({ slot, racer: share.from + racer })),
  ).flat();
  const began = performance.now();
  const outcomes = await Promise.allSettled(
    attempts.map(async ({ slot, racer }) => {
      const from = instant(start + (slot % 10) * 45 * MINUTE);
      const held = await service.hold(
        {
          ...{ psychologist: asId(`psychologist-${Math.floor(slot / 10)}`), site: asId('site') },
          ...{ mode: 'face_to_face', start: from, end: instant(from + 0.75 * HOUR) },
        },
        asId(`racer-${slot}-${racer}`),
      );
      if (held.kind !== 'held') return held.kind === 'taken' ? 'nearest' : 'lost';
      return (await service.confirm(held.booking)) === 'confirmed' ? 'confirmed' : 'lost';
    }),
  );
  const count = (kind: string): number =>
    outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value === kind).length;
  const [confirmed, nearest] = [count('confirmed'), count('nearest')];
  return { confirmed, nearest, errors: attempts.length - confirmed - nearest, ms: performance.now() - began };
}
