import type { Connection } from 'mongoose';
import { refuseNewer, SCHEMA_VERSION } from '../schema.js';

/**
 * Brings the database to this release, before its indexes are made. Each step may be done twice, and by two
 * instances at once: it changes only what is still as it was.
 * @throws StartError when a newer release wrote it
 */
export async function migrate(connection: Connection): Promise<void> {
  const meta = connection.collection<{ _id: string; version: number }>('meta');
  const stored = await meta.findOne({ _id: 'schema' });
  const found = stored?.version ?? 1;
  refuseNewer(found);
  if (found < 2) await completeBookings(connection);
  if (found < SCHEMA_VERSION || stored === null)
    await meta.updateOne({ _id: 'schema' }, { $max: { version: SCHEMA_VERSION } }, { upsert: true });
}

/** Version 2: bookings made before buffers, sessions and proposals; rules that were weekly with one length. */
async function completeBookings(connection: Connection): Promise<void> {
  const bookings = connection.collection('bookings');
  for await (const old of bookings.find({ session: { $exists: false } })) {
    const { _id, id, codeHash, start, end, status } = old;
    const sessionKey = status === 'cancelled' ? `free|${id}` : `${codeHash}|1`;
    const added = { session: 1, sessionKey, proposal: null, blockedFrom: start, blockedTo: end };
    await bookings.updateOne({ _id, session: { $exists: false } }, { $set: added });
  }
  const rules = connection.collection('availability');
  for await (const old of rules.find({ weekday: { $exists: true } })) {
    const { _id, weekday, minutes } = old;
    const recurrence = { kind: 'weekly', every: 1, weekdays: [weekday] };
    const change = { $set: { recurrence, durations: [minutes] }, $unset: { weekday: '', minutes: '' } };
    await rules.updateOne({ _id, weekday: { $exists: true } }, change);
  }
}
