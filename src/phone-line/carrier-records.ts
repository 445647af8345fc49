import { type Clock, HOUR, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { type Id, newId } from '../kernel/ids.js';
import type { Random } from '../kernel/random.js';
import type { Secrets } from '../privacy/secrets.js';

/** What the carrier keeps of a call or a message: it holds a number, and sometimes words. */
export interface CarrierRecord {
  kind: 'call' | 'message';
  /** The carrier's name for it. */
  sid: string;
}

/** The carrier, as far as it can forget. */
export interface CarrierErasure {
  /** `gone` only when the carrier, asked again, no longer knows it. */
  erase(record: CarrierRecord): Promise<'gone' | 'kept'>;
}

export type ErasureId = Id<'erasure'>;

/** A record still to be deleted at the carrier. Its name there leads to a number, so it is sealed. */
export interface PendingErasure {
  id: ErasureId;
  kind: CarrierRecord['kind'];
  sealed: string;
  dueAt: Instant;
  attempts: number;
}

export interface ErasureStore {
  put(pending: PendingErasure): Promise<void>;
  /** Due at or before `by`, at most `limit`. */
  due(by: Instant, limit: number): Promise<PendingErasure[]>;
  remove(id: ErasureId): Promise<void>;
}

export interface CarrierRecords {
  /** This call or message is over: the carrier is to forget it. The same one twice does no harm. */
  forget(record: CarrierRecord): Promise<void>;
  /** Deletes what is due; returns how many the carrier has proved to be gone. */
  eraseDue(): Promise<number>;
}

/** The carrier refuses to delete a call it has not finished writing down. */
const FIRST_TRY_AFTER = MINUTE;
const LONGEST_PAUSE = 6 * HOUR;
const BATCH = 200;
const SECRET = 'carrier-record';

/** Deletes Call and Message resources after use (product.md, "Anonymity", rule 8). */
export function createCarrierRecords(parts: {
  clock: Clock;
  random: Random;
  secrets: Pick<Secrets, 'seal' | 'open'>;
  store: ErasureStore;
  erasure: CarrierErasure;
}): CarrierRecords {
  const { clock, random, secrets, store, erasure } = parts;

  const later = (pending: PendingErasure): PendingErasure => ({
    ...pending,
    attempts: pending.attempts + 1,
    dueAt: instant(clock.now() + Math.min(LONGEST_PAUSE, MINUTE * 2 ** Math.min(pending.attempts, 10))),
  });

  return {
    async forget({ kind, sid }) {
      const id = newId<ErasureId>(random);
      const dueAt = instant(clock.now() + FIRST_TRY_AFTER);
      await store.put({ id, kind, sealed: secrets.seal(SECRET, sid, id), dueAt, attempts: 0 });
    },
    async eraseDue() {
      let gone = 0;
      for (const pending of await store.due(clock.now(), BATCH)) {
        const sid = secrets.open(SECRET, pending.sealed, pending.id);
        if ((await erasure.erase({ kind: pending.kind, sid })) === 'kept') {
          await store.put(later(pending));
          continue;
        }
        await store.remove(pending.id);
        gone += 1;
      }
      return gone;
    },
  };
}
