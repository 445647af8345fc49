import type { Calendar } from '../../src/booking/availability.js';
import type { AvailabilityRule, Booking, Site } from '../../src/booking/booking.js';
import type { BookingStore } from '../../src/booking/booking-store.js';
import type { Diary, DiaryStore } from '../../src/booking/diary-store.js';
import type { Recurrence } from '../../src/booking/recurrence.js';
import { DAY, type Instant, instant, MINUTE } from '../../src/kernel/clock.js';
import { asId, type ConversationId, type PsychologistId } from '../../src/kernel/ids.js';
import { seededRandom } from '../support/seeded-random.js';

/** Monday 2 March 2026, 08:00 in Paris. */
export const NOW = instant(Date.parse('2026-03-02T07:00:00Z'));
const SITES_OF_A_PSYCHOLOGIST = 3;
const LENGTH = 45 * MINUTE;
const HALF_DAYS = [
  { from: '09:00', to: '12:00' },
  { from: '13:30', to: '18:00' },
];
const RECURRENCES: readonly ((weekday: number) => Recurrence)[] = [
  (weekday) => ({ kind: 'weekly', every: 1, weekdays: [weekday] }),
  (weekday) => ({ kind: 'weekly', every: 1, weekdays: [weekday] }),
  (weekday) => ({ kind: 'weekly', every: 2, weekdays: [weekday] }),
  (weekday) => ({ kind: 'monthly', every: 1, weekdays: [weekday], positions: [1, 3] }),
];

/** Each psychologist works at three sites, six half-days in all, of which some every other week or twice a month. */
export function benchDiary(size: { psychologists: number; sites: number }): Pick<Diary, 'sites' | 'rules'> {
  const sites: Site[] = Array.from({ length: size.sites }, (_, index) => ({
    ...{ id: asId(`site-${index}`), kind: 'eae', name: `EAE ${index}`, department: '67' },
    ...{ address: '', accessibility: '', zone: 'Europe/Paris' },
  }));
  const rules = Array.from({ length: size.psychologists }, (_, person) =>
    Array.from({ length: SITES_OF_A_PSYCHOLOGIST * HALF_DAYS.length }, (__, index): AvailabilityRule => {
      const place = (person + Math.floor(index / 2) * 37) % size.sites;
      const weekday = ((person + Math.floor(index / 2) * 2) % 5) + 1;
      const recurrence = RECURRENCES[(person + index) % RECURRENCES.length] ?? RECURRENCES[0];
      return {
        ...{ id: `rule-${person}-${index}`, psychologist: asId(`psychologist-${person}`) },
        ...{ site: asId(`site-${place}`), modes: ['face_to_face'], durations: [45] },
        ...(HALF_DAYS[index % 2] ?? { from: '09:00', to: '12:00' }),
        ...{ firstDate: '2024-01-01', lastDate: null, bufferAfter: 0 },
        recurrence: recurrence?.(weekday) ?? { kind: 'once' },
      };
    }),
  ).flat();
  return { sites, rules };
}

export async function fillDiary(store: DiaryStore, diary: Pick<Diary, 'sites' | 'rules'>): Promise<void> {
  await inBatches(diary.sites, (site) => store.putSite(site));
  await inBatches(diary.rules, (rule) => store.putRule(rule));
}

/** Books nearly everything of the first week and six tenths of what follows. */
export async function fillBookings(
  parts: { store: BookingStore; calendar: Calendar; sites: readonly Site[] },
  weeks: number,
): Promise<number> {
  const random = seededRandom('bench');
  const window = { from: NOW, to: instant(NOW + weeks * 7 * DAY) };
  const slots: Booking[] = [];
  for (const { id } of parts.sites)
    for (const { rule, from, to } of parts.calendar.openings(id, window))
      for (let start = from; start + LENGTH <= to; start += LENGTH) {
        const share = start < NOW + 7 * DAY ? 95 : 60;
        if (random.integer(100) < share)
          slots.push(
            confirmedBooking({ psychologist: rule.psychologist, start: instant(start) }, slots.length),
          );
      }
  await inBatches(slots, async (booking) => {
    if ((await parts.store.hold(booking, NOW)) === 'held') await parts.store.confirm(booking.id, NOW);
  });
  return slots.length;
}

function confirmedBooking(slot: { psychologist: PsychologistId; start: Instant }, index: number): Booking {
  const end = instant(slot.start + LENGTH);
  return {
    ...{ ...slot, end, blockedFrom: slot.start, blockedTo: end },
    ...{ id: asId(`booking-${index}`), site: asId('site'), mode: 'face_to_face', session: 1 },
    ...{ codeHash: `hash-${index}`, status: 'held' },
    ...{ heldBy: asId<ConversationId>(`filler-${index}`), heldUntil: instant(NOW + MINUTE), proposal: null },
  };
}

const BATCH = 2_000;

async function inBatches<T>(items: readonly T[], write: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += BATCH)
    await Promise.all(items.slice(from, from + BATCH).map(write));
}
