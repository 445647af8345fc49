import type { Booking, BusyTime, Placement } from '../../src/booking/booking.js';
import { BUSY_LIMIT } from '../../src/booking/booking-limits.js';
import type { BookingStore } from '../../src/booking/booking-store.js';
import type { CodePace, CodePaceStore } from '../../src/booking/code-pace-store.js';
import { markOf } from '../../src/booking/diary-mark.js';
import type { Diary, DiaryChange, DiaryEntry, DiaryStore } from '../../src/booking/diary-store.js';
import { ticksOf } from '../../src/booking/ticks.js';
import type { Instant } from '../../src/kernel/clock.js';
import type { BookingId } from '../../src/kernel/ids.js';

/** `BookingStore` in memory. `all` shows what is stored, ended holds included. */
export function memoryBookingStore(): BookingStore & { all(): Booking[] } {
  const bookings = new Map<BookingId, Booking>();
  const copies = (wanted: (booking: Booking) => boolean): Booking[] =>
    [...bookings.values()].filter(wanted).map((booking) => structuredClone(booking));
  const save = (booking: Booking): void => void bookings.set(booking.id, structuredClone(booking));
  const confirmed = (id: BookingId): Booking | undefined => {
    const booking = bookings.get(id);
    return booking?.status === 'confirmed' ? booking : undefined;
  };
  const isFree = (place: Placement, mine: readonly (BookingId | undefined)[], now: Instant): boolean => {
    const wanted = new Set(ticksOf(place));
    return ![...bookings.values()].some(
      (other) =>
        !mine.includes(other.id) &&
        placesOf(other, now).some((taken) => ticksOf(taken).some((tick) => wanted.has(tick))),
    );
  };

  return {
    all: () => copies(() => true),
    async hold(booking, now) {
      await turn();
      const [own] = copies((other) => other.status === 'held' && other.heldBy === booking.heldBy);
      const sameSession = copies(
        (other) =>
          other.id !== own?.id &&
          other.codeHash === booking.codeHash &&
          other.session === booking.session &&
          isLive(other, now),
      );
      if (sameSession.length > 0 || !isFree(booking, [own?.id], now)) return 'taken';
      const ended = copies((other) => other.status === 'held' && !isLive(other, now));
      for (const other of [...ended, ...(own === undefined ? [] : [own])]) bookings.delete(other.id);
      save(booking);
      return 'held';
    },
    async confirm(id, now) {
      await turn();
      const booking = bookings.get(id);
      if (booking === undefined || booking.status === 'cancelled') return 'unknown';
      if (booking.status === 'confirmed') return 'confirmed';
      if (!isLive(booking, now)) return 'hold-ended';
      save({ ...booking, status: 'confirmed', heldBy: null, heldUntil: null });
      return 'confirmed';
    },
    async renew(id, until, now) {
      await turn();
      const booking = bookings.get(id);
      if (booking?.status !== 'held' || !isLive(booking, now)) return 'hold-ended';
      save({ ...booking, heldUntil: until });
      return 'renewed';
    },
    async cancel(id) {
      await turn();
      const booking = bookings.get(id);
      if (booking === undefined || booking.status === 'held') return 'unknown';
      if (booking.status === 'cancelled') return 'already-cancelled';
      save({ ...booking, status: 'cancelled', proposal: null });
      return 'cancelled';
    },
    async propose(id, proposal, now) {
      await turn();
      const booking = confirmed(id);
      if (booking === undefined) return 'unknown';
      if (!isFree(proposal.to, [id], now)) return 'taken';
      save({ ...booking, proposal });
      return 'proposed';
    },
    async withdrawProposal(id) {
      await turn();
      const booking = confirmed(id);
      if (booking !== undefined) save({ ...booking, proposal: null });
    },
    async move(id, to, now) {
      await turn();
      const booking = confirmed(id);
      if (booking === undefined) return 'unknown';
      if (!isFree(to, [id], now)) return 'taken';
      save({ ...booking, ...to, proposal: null });
      return 'moved';
    },
    async mark(id, attendance) {
      await turn();
      const booking = confirmed(id);
      if (booking === undefined) return 'unknown';
      save({ ...booking, attendance });
      return 'marked';
    },
    async releaseHolds(conversation) {
      await turn();
      for (const { id } of copies((one) => one.status === 'held' && one.heldBy === conversation))
        bookings.delete(id);
    },
    get: async (id) => structuredClone(bookings.get(id)),
    async byCode(codeHash) {
      await turn();
      return copies((one) => one.codeHash === codeHash && one.status !== 'held').slice(0, 50);
    },
    async busy({ psychologists, from, to, now }) {
      await turn();
      const times = [...bookings.values()].flatMap((booking) =>
        placesOf(booking, now).map(
          (place, index): BusyTime => ({
            psychologist: place.psychologist,
            status: booking.status === 'confirmed' && index === 0 ? 'confirmed' : 'held',
            from: place.blockedFrom,
            to: place.blockedTo,
          }),
        ),
      );
      return times
        .filter((time) => psychologists.includes(time.psychologist) && time.from < to && time.to > from)
        .slice(0, BUSY_LIMIT);
    },
    async confirmedIn({ psychologists, from, to }) {
      await turn();
      return copies(
        (one) =>
          one.status === 'confirmed' &&
          psychologists.includes(one.psychologist) &&
          one.start < to &&
          one.end > from,
      ).sort((a, b) => a.start - b.start);
    },
    endedBy: async (at, limit) =>
      copies((one) => one.status !== 'held' && one.end <= at)
        .sort((a, b) => a.end - b.end)
        .slice(0, limit),
    async removeEndedHolds(at, limit) {
      const ended = copies((one) => one.status === 'held' && !isLive(one, at)).slice(0, limit);
      for (const { id } of ended) bookings.delete(id);
      return ended.length;
    },
    async remove(ids) {
      for (const id of ids) bookings.delete(id);
    },
  };
}

/** Lets parallel calls interleave, as a store across a wire does. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isLive = (booking: Booking, now: Instant): boolean =>
  booking.status === 'confirmed' ||
  (booking.status === 'held' && booking.heldUntil !== null && booking.heldUntil > now);

/** Where a booking takes time: its own place, then what is proposed. */
function placesOf(booking: Booking, now: Instant): Placement[] {
  if (!isLive(booking, now)) return [];
  const { proposal } = booking;
  return proposal !== null && proposal.until > now ? [booking, proposal.to] : [booking];
}

/** `DiaryStore` in memory, empty or filled. */
export function memoryDiaryStore(start: Partial<Diary> = {}): DiaryStore {
  let revision = 0;
  const diary: Diary = structuredClone({
    sites: [],
    psychologists: [],
    rules: [],
    absences: [],
    closures: [],
    importedBusy: [],
    ...start,
  });
  const change = async <Kind extends keyof Diary>(
    kind: Kind,
    isOld: (item: Diary[Kind][number]) => boolean,
    added?: Diary[Kind][number],
  ): Promise<void> => {
    const kept = (diary[kind] as Diary[Kind][number][]).filter((item) => !isOld(item));
    diary[kind] = structuredClone(added === undefined ? kept : [...kept, added]) as Diary[Kind];
    revision += 1;
  };
  const same =
    (id: string) =>
    (item: { id: string }): boolean =>
      item.id === id;
  return {
    async change(wanted) {
      const { before, after } = wanted;
      const { list, at } = placeIn(diary, wanted);
      const stored = list[at];
      const same =
        stored === undefined ? before === null : before !== null && markOf(stored) === markOf(before);
      if (!same) return 'conflict';
      list.splice(
        at < 0 ? list.length : at,
        at < 0 ? 0 : 1,
        ...(after === null ? [] : [structuredClone(after)]),
      );
      revision += 1;
      return 'done';
    },
    revision: async () => revision,
    read: async () => structuredClone(diary),
    putSite: (site) => change('sites', same(site.id), site),
    putPsychologist: (person) => change('psychologists', same(person.id), person),
    putRule: (rule) => change('rules', (old) => old.site === rule.site && old.id === rule.id, rule),
    removeRule: (site, id) => change('rules', (old) => old.site === site && old.id === id),
    putAbsence: (absence) => change('absences', same(absence.id), absence),
    removeAbsence: (id) => change('absences', same(id)),
    putClosure: (closure) => change('closures', same(closure.id), closure),
    removeClosure: (id) => change('closures', same(id)),
    putImportedBusy: (busy) => change('importedBusy', (old) => old.psychologist === busy.psychologist, busy),
    removeImportedBusy: (psychologist) => change('importedBusy', (old) => old.psychologist === psychologist),
  };
}

function placeIn(diary: Diary, { kind, before, after }: DiaryChange): { list: DiaryEntry[]; at: number } {
  const lists = {
    ...{ site: diary.sites, psychologist: diary.psychologists, rule: diary.rules },
    ...{ absence: diary.absences, closure: diary.closures },
  };
  const list = lists[kind] as DiaryEntry[];
  const key = (entry: DiaryEntry | null): string =>
    kind === 'rule' && entry !== null && 'site' in entry ? `${entry.site}|${entry.id}` : (entry?.id ?? '');
  return { list, at: list.findIndex((entry) => key(entry) === key(after ?? before)) };
}

/** `CodePaceStore` in memory. */
export function memoryCodePace(): CodePaceStore {
  let kept: CodePace | undefined;
  return {
    get: async () => structuredClone(kept),
    async save(pace) {
      await turn();
      if ((kept?.version ?? 0) !== pace.version - 1) return 'conflict';
      kept = structuredClone(pace);
      return 'saved';
    },
  };
}
