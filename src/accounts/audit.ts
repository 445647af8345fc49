import { type Clock, DAY, type Instant, instant, MINUTE } from '../kernel/clock.js';
import { CodedError } from '../kernel/errors.js';
import { type ChainState, verifyChain } from './audit-chain.js';
import { type AuditAct, type AuditActor, type AuditEntry, isNameable, sealEntry } from './audit-entry.js';
import type { AuditStore } from './audit-store.js';

/** Entries are kept a year (CNIL, délibération 2021-122: six months to a year for logs of this kind). */
export const AUDIT_KEPT = 365 * DAY;
export const MOST_AUDIT_ENTRIES_A_PAGE = 100;
/** How far one question looks through the log; the answer says where to go on. */
const LOOKED_THROUGH = 2_000;
/** How many one run of retention may remove. */
const TRIMMED_A_RUN = 10_000;
/** Instances that append at once: each loss means that another one has won. */
const ATTEMPTS = 100;
/** A page that reloads itself is one reading. */
export const SAME_READING = 5 * MINUTE;
const MOST_READINGS = 10_000;

export interface AuditQuery {
  /** Entries below this sequence number; absent, the newest. */
  below?: number;
  limit: number;
  by?: AuditActor;
  act?: AuditAct;
  on?: string;
}

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  /** The `below` of the next page; `undefined` at the end. It may come with fewer entries than asked for. */
  next: number | undefined;
}

/** The log of what staff do. It is appended to and read; the chain of hashes shows any other change. */
export interface Audit {
  /**
   * Writes one act down. Reading is recorded before it is shown, a change once it has won.
   * @param given `on` is an id of ours, never anything of a caller
   * @throws CodedError `internal` for an `on` that is not
   */
  record(given: { by: AuditActor; act: AuditAct; on?: string }): Promise<void>;
  list(query: AuditQuery): Promise<AuditPage>;
  /** Reads the whole chain; `recent` only its last entries. */
  verify(recent?: number): Promise<ChainState>;
  /** Removes what is older than `AUDIT_KEPT`. @returns how many entries */
  trim(): Promise<number>;
}

export function createAudit({ clock, store }: { clock: Clock; store: AuditStore }): Audit {
  const isRepeated = repeatedReadings(clock);

  const append = async (act: Pick<AuditEntry, 'by' | 'act' | 'on'>): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const last = await store.last();
      const entry = { ...act, seq: (last?.seq ?? 0) + 1, at: clock.now(), previous: last?.hash ?? '' };
      if ((await store.append(sealEntry(entry))) === 'appended') return;
    }
    throw new CodedError('unavailable', 'The audit is written too often at once; try again.');
  };

  let appending: Promise<unknown> = Promise.resolve();
  /** One at a time in this process; other instances are kept apart by the conditional write. */
  const inTurn = (act: Pick<AuditEntry, 'by' | 'act' | 'on'>): Promise<void> => {
    const appended = appending.then(() => append(act));
    appending = appended.catch(() => undefined);
    return appended;
  };

  return {
    async record({ by, act, on = '' }) {
      if (!isNameable(on)) throw new CodedError('internal', 'The audit names things by our own ids only.');
      if (act === 'transcript-read' && isRepeated(`${by} ${on}`)) return;
      await inTurn({ by, act, on });
    },
    async list({ below = Number.MAX_SAFE_INTEGER, limit, ...wanted }) {
      const most = Math.min(limit, MOST_AUDIT_ENTRIES_A_PAGE);
      const looked = await store.below(below, LOOKED_THROUGH);
      const found = looked.filter((entry) => matches(entry, wanted));
      const entries = found.slice(0, most);
      const end = found.length > most ? entries.at(-1) : looked.at(-1);
      const atTheEnd = found.length <= most && looked.length < LOOKED_THROUGH;
      return { entries, next: atTheEnd ? undefined : end?.seq };
    },
    verify: (recent) => verifyChain(store, recent),
    async trim() {
      const before = instant(clock.now() - AUDIT_KEPT);
      const first = await firstKept(store, before);
      const [oldest] = await store.from(1, 1);
      if (oldest === undefined || first <= oldest.seq) return 0;
      await inTurn({ by: 'service', act: 'audit-trimmed', on: trimmedTo(first) });
      await store.removeBelow(first);
      return first - oldest.seq;
    },
  };
}

/** The name of the first entry that is kept, as the chain itself remembers it. */
export const trimmedTo = (first: number): string => `entry-${first}`;

const matches = (entry: AuditEntry, { by, act, on }: Pick<AuditQuery, 'by' | 'act' | 'on'>): boolean =>
  (by === undefined || entry.by === by) &&
  (act === undefined || entry.act === act) &&
  (on === undefined || entry.on === on);

/** The first entry that is young enough, among those one run may remove. */
async function firstKept(store: AuditStore, before: Instant): Promise<number> {
  const oldest = await store.from(1, TRIMMED_A_RUN);
  return oldest.find(({ at }) => at >= before)?.seq ?? oldest.at(-1)?.seq ?? 0;
}

function repeatedReadings(clock: Clock): (reading: string) => boolean {
  const seen = new Map<string, Instant>();
  return (reading) => {
    const last = seen.get(reading);
    if (last !== undefined && clock.now() - last < SAME_READING) return true;
    seen.delete(reading);
    seen.set(reading, clock.now());
    const [oldest] = seen.keys();
    if (seen.size > MOST_READINGS && oldest !== undefined) seen.delete(oldest);
    return false;
  };
}
