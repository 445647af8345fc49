import { createHash } from 'node:crypto';
import { after, type Clock, DAY, type Instant, instant } from '../kernel/clock.js';
import type { PsychologistId } from '../kernel/ids.js';
import { type Random, token } from '../kernel/random.js';
import type { BookingStore } from './booking-store.js';
import { readBusyTimes, writeCalendar } from './calendar-file.js';
import type { DiaryStore } from './diary-store.js';
import type { FeedStore } from './feed-store.js';

/** What goes between a psychologist's own calendar and the diary: times, and nothing else. */
export interface CalendarFeeds {
  /** A secret name for the feed of a psychologist; the one before stops working. Shown once: only its hash is kept. */
  open(psychologist: PsychologistId): Promise<string>;
  revoke(psychologist: PsychologistId): Promise<void>;
  /** When a psychologist is booked, from a week ago to three months ahead, as a calendar file. */
  fileOf(psychologist: PsychologistId): Promise<string>;
  /** The calendar file behind a secret name, `undefined` for one that is unknown or was revoked. */
  read(secret: string): Promise<string | undefined>;
  /** What `importBusy` would take. @throws CodedError `invalid-input` for what is no calendar, or too large */
  readBusy(file: { text: string; zone: string }): { from: Instant; to: Instant }[];
  /**
   * Takes the busy times of the next three months out of a calendar file, in place of what was imported before.
   * @param zone of days without hours @returns how many times
   * @throws CodedError `invalid-input` for what is no calendar, or too large
   */
  importBusy(psychologist: PsychologistId, file: { text: string; zone: string }): Promise<number>;
  forgetImported(psychologist: PsychologistId): Promise<void>;
}

const SHOWN_BEFORE = 7 * DAY;
const REACH = 99 * DAY;
const SECRET_BYTES = 32;
const LONGEST_SECRET = 100;

export function createCalendarFeeds(parts: {
  clock: Clock;
  random: Random;
  store: FeedStore;
  bookings: Pick<BookingStore, 'confirmedIn'>;
  diary: Pick<DiaryStore, 'putImportedBusy' | 'removeImportedBusy'>;
}): CalendarFeeds {
  const { clock, random, store, bookings, diary } = parts;

  async function fileOf(psychologist: PsychologistId): Promise<string> {
    const now = clock.now();
    const window = { from: instant(now - SHOWN_BEFORE), to: after(now, REACH) };
    const booked = await bookings.confirmedIn({ psychologists: [psychologist], ...window });
    return writeCalendar(
      booked.map(({ id, start, end }) => ({ name: id, start, end })),
      now,
    );
  }

  const readBusy: CalendarFeeds['readBusy'] = ({ text, zone }) =>
    readBusyTimes(text, { window: { from: clock.now(), to: after(clock.now(), REACH) }, zone });

  return {
    fileOf,
    async open(psychologist) {
      const secret = token(random, SECRET_BYTES);
      await store.put({ psychologist, secretHash: hashOf(secret) });
      return secret;
    },
    revoke: (psychologist) => store.remove(psychologist),
    async read(secret) {
      const feed = secret.length > LONGEST_SECRET ? undefined : await store.bySecret(hashOf(secret));
      return feed === undefined ? undefined : fileOf(feed.psychologist);
    },
    readBusy,
    async importBusy(psychologist, file) {
      const times = readBusy(file);
      await diary.putImportedBusy({ psychologist, times });
      return times.length;
    },
    forgetImported: (psychologist) => diary.removeImportedBusy(psychologist),
  };
}

/** A secret of 256 random bits needs no key. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
