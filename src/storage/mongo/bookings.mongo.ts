import type { Connection } from 'mongoose';
import type { Booking, BusyTime, Placement } from '../../booking/booking.js';
import { BUSY_LIMIT } from '../../booking/booking-limits.js';
import type { BookingStore, BusyQuery } from '../../booking/booking-store.js';
import { privateTick, ticksOf } from '../../booking/ticks.js';
import { HOUR, type Instant } from '../../kernel/clock.js';
import { any, collection, isDuplicate } from './collections.js';

/** Unique beside the booking: an index refuses what must not be shared. */
interface Claims {
  /** Every tick that the booking and its proposal take. */
  ticks: readonly string[];
  /** Makes a conversation hold one time only: its id while the time is held, a private value after. */
  holdKey: string;
  /** Code and session; a private value once cancelled, so that the session may be booked again. */
  sessionKey: string;
}
type BookingDocument = Booking & Claims;

/** A second try once what has ended is out of the way; more would hide a fault. */
const TRIES = 2;
const MAX_OF_A_CODE = 50;
const MAX_ENDED = 200;
/** No appointment is longer (src/booking/ticks.ts). */
const LONGEST = 12 * HOUR;

const sessionKeyOf = ({ codeHash, session }: Booking): string => `${codeHash}|${session}`;

function claimsOf(booking: Booking): Claims {
  const free = privateTick(booking.id);
  if (booking.status === 'cancelled') return { ticks: [free], holdKey: free, sessionKey: free };
  const own = ticksOf(booking);
  const proposed = booking.proposal === null ? [] : ticksOf(booking.proposal.to);
  return {
    ticks: [...new Set([...own, ...proposed])],
    holdKey: booking.heldBy ?? free,
    sessionKey: sessionKeyOf(booking),
  };
}

/** A booking as it is stored, with what its unique indexes decide by. */
export const documentOf = (booking: Booking): BookingDocument => ({ ...booking, ...claimsOf(booking) });

function bookingOf(document: (BookingDocument & { _id?: unknown }) | null): Booking | undefined {
  if (document === null) return undefined;
  const { ticks: _ticks, holdKey: _hold, sessionKey: _session, _id, ...booking } = document;
  return booking;
}

const collectionOf = (connection: Connection) =>
  collection<BookingDocument>(connection, 'bookings', {
    fields: {
      id: String,
      psychologist: String,
      site: String,
      mode: String,
      start: Number,
      end: Number,
      blockedFrom: Number,
      blockedTo: Number,
      status: String,
      codeHash: String,
      session: Number,
      heldBy: String,
      heldUntil: Number,
      proposal: any,
      attendance: String,
      ticks: [String],
      holdKey: String,
      sessionKey: String,
    },
    indexes: {
      unique: ['id', 'ticks', 'holdKey', 'sessionKey'],
      plain: [
        ['psychologist', 'blockedFrom'],
        ['proposal.to.psychologist', 'proposal.to.blockedFrom'],
        ['codeHash'],
        ['end'],
      ],
    },
  });

export function bookingStore(connection: Connection): BookingStore {
  const bookings = collectionOf(connection);
  type Bookings = typeof bookings;
  const byId = async (id: string): Promise<Booking | undefined> =>
    bookingOf(
      await bookings
        .findOne({ id } as object)
        .lean<BookingDocument>()
        .exec(),
    );
  const many = async (query: ReturnType<Bookings['find']>): Promise<Booking[]> =>
    ((await query.lean<BookingDocument[]>().exec()) as BookingDocument[]).flatMap(
      (document) => bookingOf(document) ?? [],
    );

  /** Takes what has ended out of the way; each removal asks again whether it has. */
  const clearEnded = async ({ ticks, sessionKey }: Partial<Claims>, now: Instant): Promise<void> => {
    const claims = [
      ...(ticks === undefined ? [] : [{ ticks: { $in: [...ticks] } }]),
      ...(sessionKey === undefined ? [] : [{ sessionKey }]),
    ];
    await bookings.deleteMany({ $or: claims, status: 'held', heldUntil: { $lte: now } } as object);
    const ended = bookings.find({ $or: claims, 'proposal.until': { $lte: now } } as object).limit(MAX_ENDED);
    for (const booking of await many(ended)) await dropProposal(booking);
  };
  const dropProposal = (booking: Booking) =>
    bookings.updateOne(
      {
        ...whereItStands(booking),
        'proposal.until': booking.proposal?.until,
        'proposal.to.blockedFrom': booking.proposal?.to.blockedFrom,
      } as object,
      { $set: { proposal: null, ticks: ticksOf(booking) } },
    );
  /** A write that rests on where a booking was read to be changes nothing once it has moved. */
  const whereItStands = ({ id, psychologist, blockedFrom, blockedTo }: Booking): object => ({
    ...{ id, psychologist, blockedFrom, blockedTo },
    status: 'confirmed',
  });

  /** The unique indexes decide: a write that would share something is refused as a whole. */
  const claim = async (
    write: () => Promise<boolean>,
    claims: Partial<Claims>,
    now: Instant,
  ): Promise<'done' | 'unknown' | 'taken'> => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const written = await unlessDuplicate(write);
      if (written !== 'duplicate') return written ? 'done' : 'unknown';
      if (attempt < TRIES) await clearEnded(claims, now);
    }
    return 'taken';
  };

  const matching = async (filter: object, set: Partial<BookingDocument>): Promise<boolean> =>
    (await bookings.updateOne(filter, { $set: set })).matchedCount === 1;

  return {
    async hold(booking, now) {
      const document = documentOf(booking);
      const held = { holdKey: document.holdKey, status: 'held' };
      const write = async (): Promise<boolean> => {
        await bookings.replaceOne(held as object, document, { upsert: true });
        return true;
      };
      return (await claim(write, document, now)) === 'done' ? 'held' : 'taken';
    },
    async confirm(id, now) {
      const living = { id, status: 'held', heldUntil: { $gt: now } };
      const kept = { status: 'confirmed', heldBy: null, heldUntil: null, holdKey: privateTick(id) } as const;
      if (await matching(living, kept)) return 'confirmed';
      const booking = await byId(id);
      if (booking?.status === 'confirmed') return 'confirmed';
      return booking?.status === 'held' ? 'hold-ended' : 'unknown';
    },
    async renew(id, until, now) {
      const living = { id, status: 'held', heldUntil: { $gt: now } };
      return (await matching(living, { heldUntil: until })) ? 'renewed' : 'hold-ended';
    },
    async cancel(id) {
      const free = privateTick(id);
      const freed = { status: 'cancelled', proposal: null, ticks: [free], sessionKey: free } as const;
      if (await matching({ id, status: 'confirmed' }, freed)) return 'cancelled';
      return (await byId(id))?.status === 'cancelled' ? 'already-cancelled' : 'unknown';
    },
    async propose(id, proposal, now) {
      const booking = await byId(id);
      if (booking?.status !== 'confirmed') return 'unknown';
      const ticks = [...new Set([...ticksOf(booking), ...ticksOf(proposal.to)])];
      const write = (): Promise<boolean> => matching(whereItStands(booking), { proposal, ticks });
      const outcome = await claim(write, { ticks: ticksOf(proposal.to) }, now);
      return outcome === 'done' ? 'proposed' : outcome;
    },
    async withdrawProposal(id) {
      const booking = await byId(id);
      if (booking?.status === 'confirmed' && booking.proposal !== null) await dropProposal(booking);
    },
    async move(id, to, now) {
      const ticks = ticksOf(to);
      const write = (): Promise<boolean> =>
        matching({ id, status: 'confirmed' }, { ...placeOnly(to), ticks, proposal: null });
      const outcome = await claim(write, { ticks }, now);
      return outcome === 'done' ? 'moved' : outcome;
    },
    mark: async (id, attendance) =>
      (await matching({ id, status: 'confirmed' }, { attendance })) ? 'marked' : 'unknown',
    async releaseHolds(conversation) {
      await bookings.deleteMany({ heldBy: conversation, status: 'held' });
    },
    get: byId,
    byCode: (codeHash) =>
      many(bookings.find({ codeHash, status: { $ne: 'held' } } as object).limit(MAX_OF_A_CODE)),
    busy: (query) => busyTimes(bookings, query),
    confirmedIn: ({ psychologists, from, to }) =>
      many(
        bookings
          .find({
            psychologist: { $in: [...psychologists] },
            blockedFrom: { $gt: from - LONGEST, $lt: to + LONGEST },
            start: { $lt: to },
            end: { $gt: from },
            status: 'confirmed',
          } as object)
          .sort({ start: 1 })
          .limit(BUSY_LIMIT),
      ),
    endedBy: (at, limit) =>
      many(
        bookings
          .find({ end: { $lte: at }, status: { $ne: 'held' } } as object)
          .sort({ end: 1 })
          .limit(limit),
      ),
    async removeEndedHolds(at, limit) {
      const ended = { status: 'held', heldUntil: { $lte: at } };
      const ids = (await many(bookings.find(ended as object).limit(limit))).map(({ id }) => id);
      return (await bookings.deleteMany({ id: { $in: ids }, ...ended } as object)).deletedCount;
    },
    async remove(ids) {
      await bookings.deleteMany({ id: { $in: [...ids] } } as object);
    },
  };
}

async function unlessDuplicate(write: () => Promise<boolean>): Promise<boolean | 'duplicate'> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicate(error)) return 'duplicate';
    throw error;
  }
}

function placeOnly({ psychologist, site, mode, start, end, blockedFrom, blockedTo }: Placement): Placement {
  return { psychologist, site, mode, start, end, blockedFrom, blockedTo };
}

/** What stands at its own time, then what is proposed there. */
async function busyTimes(
  bookings: ReturnType<typeof collectionOf>,
  { psychologists, from, to, now }: BusyQuery,
): Promise<BusyTime[]> {
  const find = async (at: '' | 'proposal.to.', living: object): Promise<BookingDocument[]> =>
    bookings
      .find({
        [`${at}psychologist`]: { $in: [...psychologists] },
        [`${at}blockedFrom`]: { $gt: from - LONGEST, $lt: to },
        [`${at}blockedTo`]: { $gt: from },
        ...living,
      } as object)
      .select('psychologist status blockedFrom blockedTo proposal -_id')
      .limit(BUSY_LIMIT)
      .lean<BookingDocument[]>()
      .exec();
  const [standing, proposed] = await Promise.all([
    find('', { $or: [{ status: 'confirmed' }, { status: 'held', heldUntil: { $gt: now } }] }),
    find('proposal.to.', { status: 'confirmed', 'proposal.until': { $gt: now } }),
  ]);
  const times = [
    ...standing.map((booking) => busyTime(booking, booking.status === 'held' ? 'held' : 'confirmed')),
    ...proposed.flatMap(({ proposal }) => (proposal === null ? [] : [busyTime(proposal.to, 'held')])),
  ];
  return times.slice(0, BUSY_LIMIT);
}

const busyTime = (
  { psychologist, blockedFrom, blockedTo }: Placement,
  status: BusyTime['status'],
): BusyTime => ({ psychologist, status, from: blockedFrom, to: blockedTo });
