import type { AvailabilityRule, Booking } from '../../booking/booking.js';
import { systemRandom, token } from '../../kernel/random.js';
import { refuseNewer, SCHEMA_VERSION } from '../schema.js';
import type { LmdbFile } from './lmdb-file.js';

/** Changes the store of one version into the next, inside one transaction. */
type Migration = (file: LmdbFile) => void;

const MIGRATIONS: Readonly<Record<number, Migration>> = {
  2: (file) => {
    completeBookings(file);
    completeRules(file);
  },
};

/**
 * Brings the store to this release, all steps or none. Gives a store its name, by which a backup knows it again.
 * @throws StartError when a newer release wrote it
 */
export function migrate(file: LmdbFile): void {
  const meta = file.table<string | number>('meta');
  const found = (): number => Number(meta.get('schema') ?? versionOfUnnumbered(file));
  refuseNewer(found());
  if (meta.get('schema') === SCHEMA_VERSION && meta.get('name') !== undefined) return;
  file.transactionSync(() => {
    for (let version = found() + 1; version <= SCHEMA_VERSION; version += 1) MIGRATIONS[version]?.(file);
    meta.putSync('schema', SCHEMA_VERSION);
    if (meta.get('name') === undefined) meta.putSync('name', token(systemRandom));
  });
}

/** An empty store has nothing to change. */
function versionOfUnnumbered(file: LmdbFile): number {
  const filled = ['bookings', 'availability', 'conversations'].some(
    (name) => [...file.table(name).getKeys({ limit: 1 })].length > 0,
  );
  return filled ? 1 : SCHEMA_VERSION;
}

type OldBooking = Omit<Booking, 'blockedFrom' | 'blockedTo' | 'session' | 'proposal'> & { ticks?: unknown };

/** Bookings made before buffers, sessions and proposals: the first session, without either; indexes built anew. */
function completeBookings(file: LmdbFile): void {
  const bookings = file.table<OldBooking | Booking>('bookings');
  const rebuilt = ['booking-codes', 'booking-times', 'booking-sessions', 'booking-ends'] as const;
  for (const name of rebuilt) {
    const table = file.table(name);
    for (const { key } of table.getRange({})) table.removeSync(key);
  }
  for (const { value } of bookings.getRange({})) {
    const { ticks: _ticks, ...kept } = value as OldBooking;
    const { start, end } = kept;
    const booking: Booking = { blockedFrom: start, blockedTo: end, session: 1, proposal: null, ...kept };
    bookings.putSync(booking.id, booking);
    indexBooking(file, booking);
  }
}

function indexBooking(file: LmdbFile, booking: Booking): void {
  const { id, codeHash, psychologist, blockedFrom, blockedTo, heldUntil, session, status, end } = booking;
  if (status !== 'cancelled') {
    file.table('booking-times').putSync([psychologist, blockedFrom, id], [blockedTo, heldUntil ?? 0]);
    file.table('booking-sessions').putSync([codeHash, session], id);
  }
  if (status === 'held') return;
  file.table('booking-codes').putSync([codeHash, id], id);
  file.table('booking-ends').putSync([end, id], id);
}

type OldRule = Omit<AvailabilityRule, 'recurrence' | 'durations'> & { weekday: number; minutes: number };

/** Rules were weekly and had one length. */
function completeRules(file: LmdbFile): void {
  const rules = file.table<OldRule | AvailabilityRule>('availability');
  for (const { key, value } of rules.getRange({})) {
    if (!('weekday' in value)) continue;
    const { weekday, minutes, ...kept } = value;
    const recurrence = { kind: 'weekly', every: 1, weekdays: [weekday] } as const;
    rules.putSync(key, { ...kept, recurrence, durations: [minutes] });
  }
}
