import { describe, expect, it } from 'vitest';
import type { AvailabilityRule } from '../../src/booking/booking.js';
import { createBookingService } from '../../src/booking/booking-service.js';
import { demonstrationDiary, fillDiary } from '../../src/booking/demonstration-diary.js';
import { memoryBookingStore, memoryDiaryStore } from '../support/booking-fakes.js';
import { frozenClock } from '../support/frozen-clock.js';
import { seededRandom } from '../support/seeded-random.js';

const diary = demonstrationDiary('2026-03-02');

const weekdaysOf = ({ recurrence }: AvailabilityRule): readonly number[] =>
  recurrence.kind === 'weekly' ? recurrence.weekdays : [];

const overlap = (a: AvailabilityRule, b: AvailabilityRule): boolean =>
  a.psychologist === b.psychologist &&
  weekdaysOf(a).some((weekday) => weekdaysOf(b).includes(weekday)) &&
  a.from < b.to &&
  b.from < a.to;

describe('the demonstration diary', () => {
  it('has a listening space and a section in each of six departments, and the telephone', () => {
    const kinds = diary.sites.map((site) => `${site.department} ${site.kind}`).sort();
    const places = ['13', '54', '57', '67', '68', '84'];
    expect(kinds).toEqual(
      [' telephone', ...places.flatMap((place) => [`${place} eae`, `${place} section`])].sort(),
    );
    expect(diary.psychologists).toHaveLength(12);
  });

  it('marks every address as invented but the two that a source document gives', () => {
    const plain = diary.sites
      .map((site) => site.address)
      .filter((address) => address !== '' && !address.startsWith('Adresse de démonstration'));
    expect(plain).toEqual([
      '1 avenue de l’Europe, 67300 Schiltigheim',
      '10 rue Gustave Hirn, 68100 Mulhouse',
    ]);
  });

  it('has 45 minutes on weekdays, at known sites, by known psychologists', () => {
    const sites = new Set(diary.sites.map((site) => site.id));
    const psychologists = new Set(diary.psychologists.map((psychologist) => psychologist.id));
    const wrong = diary.rules.filter(
      (rule) =>
        rule.durations.join() !== '45' ||
        weekdaysOf(rule).length === 0 ||
        weekdaysOf(rule).some((weekday) => weekday > 5) ||
        rule.from >= rule.to ||
        !sites.has(rule.site) ||
        !psychologists.has(rule.psychologist),
    );
    expect(wrong).toEqual([]);
  });

  it('puts nobody in two places at once', () => {
    const clashes = diary.rules.flatMap((a, index) =>
      diary.rules.slice(index + 1).filter((b) => overlap(a, b)),
    );
    expect(clashes).toEqual([]);
  });

  it('gives every rule its own id', () => {
    expect(new Set(diary.rules.map((rule) => rule.id)).size).toBe(diary.rules.length);
  });

  it('can be filled twice, and then offers a slot at every site', async () => {
    const store = memoryDiaryStore();
    await fillDiary(store, diary);
    await fillDiary(store, demonstrationDiary('2026-03-02'));
    const { sites, rules } = await store.read();
    expect([sites, rules]).toEqual([diary.sites, diary.rules]);
    const service = createBookingService({
      clock: frozenClock('2026-03-02T06:00:00Z'),
      random: seededRandom(),
      codeKey: Buffer.alloc(32),
      store: memoryBookingStore(),
      diary: store,
      brake: { enter: async () => 'go', failed: async () => undefined },
    });
    const offers = await Promise.all(
      sites.map(async ({ id }) => (await service.findSlots({ sites: [id], limit: 3 })).length),
    );
    expect(offers).toEqual(sites.map(() => 3));
  });
});
