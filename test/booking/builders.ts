import type { AvailabilityRule, Site, Slot } from '../../src/booking/booking.js';
import { type Instant, instant } from '../../src/kernel/clock.js';
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
  weekday: 1,
  from: '09:00',
  to: '12:00',
  minutes: 45,
  firstDate: '2026-01-01',
  lastDate: null,
  ...changes,
});

/** The same opening from Monday to Sunday. */
export const everyDay = (changes: Partial<AvailabilityRule> = {}): AvailabilityRule[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    aRule({ ...changes, weekday, id: `${changes.id ?? 'rule'}-${weekday}` }),
  );
