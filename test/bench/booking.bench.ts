import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'mongoose';
import { createCalendar } from '../../src/booking/availability.js';
import { createSlotSearch } from '../../src/booking/slot-search.js';
import { DAY, instant } from '../../src/kernel/clock.js';
import { dayNumber, isoDate } from '../../src/kernel/days.js';
import { openMongo } from '../../src/storage/mongo/open-mongo.js';
import { temporaryStore } from '../support/temporary-store.js';
import { benchDiary, fillBookings, fillDiary, NOW } from './bench-diary.js';
import {
  added,
  fillRace,
  RACE_SLOTS,
  RACERS_PER_SLOT,
  type RaceResult,
  race,
  serviceOn,
} from './booking-race.js';
import { machine, print, shown, type Timing, timed } from './measure.js';
import { expandWithRrule } from './rrule-expansion.js';

/**
 * Measures booking (npm run bench:booking). MongoDB too when MONGODB_TEST_URI names a server. Fails when a race ends
 * otherwise than with one booking for each slot.
 */
const MONGO = process.env.MONGODB_TEST_URI ?? '';
const RACER = process.env.BENCH_RACER;
const RUNS = 300;
const WEEKS = 12;

async function raceEmbedded(): Promise<void> {
  const { stores, remove } = await temporaryStore();
  await fillRace(stores);
  report('embedded store, one process', await race(serviceOn(stores), { from: 0, to: RACERS_PER_SLOT }));
  await remove();
}

async function raceOnMongo(): Promise<void> {
  if (MONGO === '') {
    print('MongoDB, two processes: skipped, MONGODB_TEST_URI is not set');
    return;
  }
  const url = new URL(MONGO);
  url.pathname = `/bench-${randomBytes(6).toString('hex')}`;
  const stores = await openMongo(url.toString());
  await fillRace(stores);
  const racers = [0, 1].map((half) =>
    fork(process.argv[1] ?? '', {
      env: { ...process.env, BENCH_RACER: `${half}`, MONGODB_TEST_URI: url.toString() },
    }),
  );
  await Promise.all(racers.map((racer) => once(racer, 'message')));
  for (const racer of racers) racer.send('go');
  const results = await Promise.all(
    racers.map(async (racer) => ((await once(racer, 'message')) as [RaceResult])[0]),
  );
  report('MongoDB, two processes', added(results));
  await stores.close();
  const connection = await createConnection(url.toString()).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

async function runRacer(half: number): Promise<void> {
  const stores = await openMongo(MONGO);
  const service = serviceOn(stores);
  await service.findSlots({ limit: 1 });
  process.send?.('ready');
  await once(process, 'message');
  const share = RACERS_PER_SLOT / 2;
  const result = await race(service, { from: half * share, to: (half + 1) * share });
  process.send?.(result);
  await stores.close();
  process.disconnect();
}

function report(where: string, { confirmed, nearest, errors, ms }: RaceResult): void {
  const attempts = RACE_SLOTS * RACERS_PER_SLOT;
  print(
    `${where}: ${attempts} attempts on ${RACE_SLOTS} slots: ${confirmed} confirmed, ` +
      `${nearest} answered with the nearest, ${errors} errors, ${Math.round(ms)} ms`,
  );
  if (confirmed !== RACE_SLOTS || nearest !== attempts - RACE_SLOTS) process.exitCode = 1;
}

interface SearchFigures {
  allSites: Timing;
  siteWeek: Timing;
}

/** @param filledWeeks weeks that get bookings */
async function searches(
  size: { psychologists: number; sites: number },
  filledWeeks: number,
): Promise<SearchFigures> {
  const diary = benchDiary(size);
  const { stores, remove } = await temporaryStore();
  await fillDiary(stores.diary, diary);
  const calendar = createCalendar(await stores.diary.read());
  const search = createSlotSearch({
    ...{ store: stores.bookings, calendar, now: NOW },
    terms: { notice: 0, horizon: 100 * DAY },
  });
  const bookings = await fillBookings({ store: stores.bookings, calendar, sites: diary.sites }, filledWeeks);
  print(
    `\n${size.psychologists} psychologists, ${size.sites} sites, ${diary.rules.length} openings, ${bookings} bookings`,
  );
  const service = serviceOn(stores);
  const cold = await timed(1, () => service.firstFree({}));
  print(`first free at all sites, diary just read: ${cold.p50.toFixed(1)} ms`);
  const allSites = await timed(RUNS, () => service.firstFree({}));
  print(`first free at all sites: ${shown(allSites)} (wanted: p95 under 30 ms with 300 and 100)`);
  const week = (index: number) => {
    const from = instant(NOW + (index % WEEKS) * 7 * DAY);
    return search.free(
      { sites: [diary.sites[index % diary.sites.length]?.id ?? (diary.sites[0]?.id as never)] },
      { from, to: instant(from + 7 * DAY) },
      Number.POSITIVE_INFINITY,
    );
  };
  await timed(diary.sites.length * WEEKS, week);
  const siteWeek = await timed(RUNS * 4, week);
  print(`one site, one week: ${shown(siteWeek)} (wanted: p95 under 5 ms)`);
  await remove();
  return { allSites, siteWeek };
}

/** The same openings of twelve weeks unrolled, by us from nothing and by rrule. */
async function besideRrule(): Promise<void> {
  const diary = benchDiary({ psychologists: 300, sites: 100 });
  const window = { from: NOW, to: instant(NOW + WEEKS * 7 * DAY) };
  const whole = { psychologists: [], absences: [], closures: [], importedBusy: [], ...diary };
  let ours = 0;
  const own = await timed(5, () => {
    const calendar = createCalendar(whole);
    ours = diary.sites.reduce((sum, { id }) => sum + calendar.openings(id, window).length, 0);
  });
  let theirs = 0;
  const dates = { from: isoDate(dayNumber('2026-03-02')), to: '2026-05-25' };
  const plain = await timed(5, () => {
    theirs = expandWithRrule(diary.rules, dates);
  });
  const [a, b] = [own.cpu, plain.cpu];
  print(
    `\n12 weeks of ${diary.rules.length} openings unrolled from nothing: ours ${a.toFixed(0)} ms of processor (${ours} openings, ` +
      `with holidays and instants), rrule ${b.toFixed(0)} ms (${theirs} dates): ratio ${(b / a).toFixed(1)}`,
  );
}

async function main(): Promise<void> {
  print(`Machine: ${machine()}`);
  await raceEmbedded();
  await raceOnMongo();
  const usual = await searches({ psychologists: 300, sites: 100 }, WEEKS);
  const crowded = await searches({ psychologists: 3_000, sites: 100 }, 3);
  const grown = await searches({ psychologists: 3_000, sites: 1_000 }, 3);
  const ratio = (other: SearchFigures): string => (other.siteWeek.cpu / usual.siteWeek.cpu).toFixed(1);
  print(`\nTen times the psychologists at the same 100 sites: one site-week × ${ratio(crowded)}`);
  print(`Ten times the psychologists and the sites: one site-week × ${ratio(grown)} (wanted: at most 2)`);
  await besideRrule();
}

if (RACER === undefined) await main();
else await runRacer(Number(RACER));
