import { createCalendar, type TimeWindow } from '../../src/booking/availability.js';
import type { AvailabilityRule, Placement, Site, Slot } from '../../src/booking/booking.js';
import type { Diary } from '../../src/booking/diary-store.js';
import { createSlotSearch } from '../../src/booking/slot-search.js';
import { DAY, type Instant, instant } from '../../src/kernel/clock.js';
import { asId, type ConversationId, type PsychologistId, type SiteId } from '../../src/kernel/ids.js';

export const siteId = (id: string): SiteId => asId<SiteId>(id);
export const psychologistId = (id: string): PsychologistId => asId<PsychologistId>(id);
export const conversationId = (id: string): ConversationId => asId<ConversationId>(id);

export const at = (iso: string): Instant => instant(Date.parse(iso));
export const isoOf = (time: Instant): string => new Date(time).toISOString().replace(':00.000Z', 'Z');
export const startsOf = (slots: readonly Slot[]): string[] => slots.map((slot) => isoOf(slot.start));

export const aSite = (changes: Partial<Site> = {}): Site => ({
  id: siteId('eae'),
  kind: 'eae',
  name: 'Espace',
  department: '84',
  address: 'Adresse de test',
  accessibility: '',
  zone: 'Europe/Paris',
  ...changes,
});

/** Mondays from 09:00 to 12:00, four slots of 45 minutes. */
export const aRule = (changes: Partial<AvailabilityRule> = {}): AvailabilityRule => ({
  id: 'rule',
  psychologist: psychologistId('anna'),
  site: siteId('eae'),
  modes: ['face_to_face'],
  recurrence: { kind: 'weekly', every: 1, weekdays: [1] },
  from: '09:00',
  to: '12:00',
  durations: [45],
  firstDate: '2026-01-01',
  lastDate: null,
  ...changes,
});

/** The same opening from Monday to Sunday. */
export const everyDay = (changes: Partial<AvailabilityRule> = {}): AvailabilityRule[] => [
  aRule({ ...changes, recurrence: { kind: 'daily', every: 1 } }),
];

export const aDiary = (changes: Partial<Diary> = {}): Diary => ({
  sites: [aSite()],
  psychologists: [],
  rules: [],
  absences: [],
  closures: [],
  importedBusy: [],
  ...changes,
});

/** A slot without buffers. */
export const placed = (slot: Slot): Placement => ({ ...slot, blockedFrom: slot.start, blockedTo: slot.end });

/** Every slot that a diary opens in a window, as nothing is taken and neither notice nor horizon counts. */
export function openSlots(changes: Partial<Diary>, window: TimeWindow): Promise<Slot[]> {
  const diary = aDiary(changes);
  const search = createSlotSearch({
    store: { busy: async () => [] },
    calendar: createCalendar(diary),
    now: window.from,
    terms: { notice: 0, horizon: 100 * 365 * DAY },
  });
  const sites = diary.sites.map(({ id }) => id);
  return search.free({ sites }, window, Number.POSITIVE_INFINITY);
}
