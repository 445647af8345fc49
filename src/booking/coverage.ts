import type { DayNumber } from '../kernel/days.js';
import { minuteToInstant } from '../kernel/wall-clock.js';
import { createCalendar, type Opening } from './availability.js';
import type { Site, Slot } from './booking.js';
import type { BookingService } from './booking-contract.js';
import type { BookingStore } from './booking-store.js';
import type { DiaryStore } from './diary-store.js';

export interface WeekCoverage {
  /** The Monday. */
  from: DayNumber;
  /** Appointments of the usual length that the openings have room for, taken or not. */
  offered: number;
  taken: number;
}

export interface SiteCoverage {
  site: Site;
  weeks: WeekCoverage[];
  /** What a caller would be offered first; `undefined`: nothing. */
  first: Slot | undefined;
}

/** What each site offers, week by week, and how much of it is taken. */
export interface Coverage {
  /** @param weeks Mondays, in the time of each site */
  of(weeks: readonly DayNumber[]): Promise<SiteCoverage[]>;
}

const WEEK = 7;
const MINUTE_MS = 60_000;

export function createCoverage(parts: {
  diary: Pick<DiaryStore, 'read'>;
  bookings: Pick<BookingStore, 'confirmedIn'>;
  booking: Pick<BookingService, 'firstFree'>;
}): Coverage {
  const { diary, bookings, booking } = parts;
  return {
    async of(weeks) {
      const whole = await diary.read();
      const calendar = createCalendar(whole);
      const firsts = await booking.firstFree({ sites: whole.sites.map(({ id }) => id) });
      const firstOf = new Map(firsts.map((slot) => [slot.site, slot]));

      const weekOf = async (site: Site, from: DayNumber): Promise<WeekCoverage> => {
        const window = {
          from: minuteToInstant(from, 0, site.zone),
          to: minuteToInstant(from + WEEK, 0, site.zone),
        };
        const openings = calendar.openings(site.id, window);
        const psychologists = [...new Set(calendar.rulesOf(site.id).map((rule) => rule.psychologist))];
        const booked =
          psychologists.length === 0 ? [] : await bookings.confirmedIn({ psychologists, ...window });
        const taken = booked.filter((one) => one.site === site.id).length;
        return { from, offered: openings.reduce((sum, opening) => sum + roomIn(opening), 0), taken };
      };

      return Promise.all(
        whole.sites.map(async (site) => ({
          site,
          weeks: await Promise.all(weeks.map((from) => weekOf(site, from))),
          first: firstOf.get(site.id),
        })),
      );
    },
  };
}

const roomIn = ({ rule, from, to }: Opening): number => {
  const step = (rule.step ?? rule.durations[0] ?? 0) * MINUTE_MS;
  return step === 0 ? 0 : Math.floor((to - from) / step);
};
