import type { Connection } from 'mongoose';
import type { Booking } from '../../booking/booking.js';
import type { BookingStore } from '../../booking/booking-store.js';
import { privateTick } from '../../booking/ticks.js';
import { collection, isDuplicate } from './collections.js';

/**
 * `holdKey` makes a conversation hold one time only: its id while the time is held, a private value after.
 * The unique index on `ticks` refuses any overlap.
 */
type BookingDocument = Booking & { holdKey: string };

const MAX_BUSY = 5_000;
/** A second try after a race on the same key; more would hide a fault. */
const HOLD_TRIES = 2;

export function bookingStore(connection: Connection): BookingStore {
  const bookings = collection<BookingDocument>(connection, 'bookings', {
    fields: {
      id: String,
      psychologist: String,
      site: String,
      mode: String,
      start: Number,
      end: Number,
      status: String,
      codeHash: String,
      heldBy: String,
      heldUntil: Number,
      ticks: [String],
      holdKey: String,
    },
    indexes: { unique: ['id', 'ticks', 'codeHash', 'holdKey'], plain: [['psychologist', 'start']] },
  });
  const bookingOf = (document: (BookingDocument & { _id?: unknown }) | null): Booking | undefined => {
    if (document === null) return undefined;
    const { holdKey: _key, _id, ...booking } = document;
    return booking;
  };
  const byId = (id: string): Promise<BookingDocument | null> =>
    bookings
      .findOne({ id } as object)
      .lean<BookingDocument>()
      .exec();

  /** Takes the place of the conversation's earlier hold, or of nothing; an overlap is refused by the index. */
  const replace = async (document: BookingDocument): Promise<boolean> => {
    try {
      await bookings.replaceOne({ holdKey: document.holdKey, status: 'held' }, document, { upsert: true });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };

  return {
    async hold(booking, now) {
      const document = { ...booking, holdKey: booking.heldBy ?? privateTick(booking.id) };
      for (let attempt = 0; attempt < HOLD_TRIES; attempt += 1) {
        const ended = { ticks: { $in: [...booking.ticks] }, status: 'held', heldUntil: { $lte: now } };
        await bookings.deleteMany(ended as object);
        if (await replace(document)) return 'held';
      }
      return 'taken';
    },
    async confirm(id, now) {
      const change = { status: 'confirmed', heldBy: null, heldUntil: null, holdKey: privateTick(id) };
      const { matchedCount } = await bookings.updateOne(
        { id, status: 'held', heldUntil: { $gt: now } } as object,
        { $set: change },
      );
      if (matchedCount === 1) return 'confirmed';
      const booking = await byId(id);
      if (booking?.status === 'confirmed') return 'confirmed';
      return booking?.status === 'held' ? 'hold-ended' : 'unknown';
    },
    async renew(id, until, now) {
      const living = { id, status: 'held', heldUntil: { $gt: now } } as object;
      const { matchedCount } = await bookings.updateOne(living, { $set: { heldUntil: until } });
      return matchedCount === 1 ? 'renewed' : 'hold-ended';
    },
    async cancel(id) {
      const { matchedCount } = await bookings.updateOne(
        { id, status: 'confirmed' },
        { $set: { status: 'cancelled', ticks: [privateTick(id)] } },
      );
      if (matchedCount === 1) return 'cancelled';
      return (await byId(id))?.status === 'cancelled' ? 'already-cancelled' : 'unknown';
    },
    async releaseHolds(conversation) {
      await bookings.deleteMany({ heldBy: conversation, status: 'held' });
    },
    async byCode(codeHash) {
      const found = bookings.findOne({ codeHash, status: { $ne: 'held' } });
      return bookingOf(await found.lean<BookingDocument>().exec());
    },
    async busy({ psychologists, from, to, now }) {
      const found = bookings.find({
        psychologist: { $in: [...psychologists] },
        start: { $lt: to },
        end: { $gt: from },
        $or: [{ status: 'confirmed' }, { status: 'held', heldUntil: { $gt: now } }],
      } as object);
      const documents = await found.limit(MAX_BUSY).lean<BookingDocument[]>().exec();
      return documents.flatMap((document) => bookingOf(document) ?? []);
    },
  };
}
