import { type AuditEntry, hashOf } from './audit-entry.js';
import type { AuditStore } from './audit-store.js';

export type ChainState =
  /** `head` is the hash of the last entry; kept elsewhere, it shows that nothing was cut off since. */
  | { kind: 'whole'; entries: number; head: string }
  /** The first entry that was changed, or that something is missing before. */
  | { kind: 'broken'; seq: number };

const CHUNK = 1_000;
/** Ten million entries: decades of acts. */
const MOST_CHUNKS = 10_000;

/**
 * Follows the hashes from the first kept entry, or through the last `recent` ones. What retention has removed is
 * told by the chain itself: the last `audit-trimmed` names the first entry that is kept.
 */
export async function verifyChain(store: AuditStore, recent?: number): Promise<ChainState> {
  const last = (await store.last())?.seq ?? 0;
  const start = recent === undefined ? 1 : Math.max(1, last - recent + 1);
  let before: AuditEntry | undefined;
  let first = 0;
  let firstKept = recent === undefined ? 1 : start;
  let entries = 0;
  for await (const entry of entriesFrom(store, start)) {
    if (!follows(entry, before)) return { kind: 'broken', seq: entry.seq };
    if (before === undefined) first = entry.seq;
    if (entry.act === 'audit-trimmed') firstKept = Math.max(firstKept, firstKeptBy(entry));
    before = entry;
    entries += 1;
  }
  if (first > firstKept) return { kind: 'broken', seq: first };
  return { kind: 'whole', entries, head: before?.hash ?? '' };
}

/** Every entry from `start` on, read in pieces. */
export async function* entriesFrom(store: AuditStore, start: number): AsyncGenerator<AuditEntry> {
  let next = start;
  for (let count = 0; count < MOST_CHUNKS; count += 1) {
    const chunk = await store.from(next, CHUNK);
    yield* chunk;
    next = (chunk.at(-1)?.seq ?? next) + 1;
    if (chunk.length < CHUNK) return;
  }
}

function follows(entry: AuditEntry, before: AuditEntry | undefined): boolean {
  if (entry.hash !== hashOf(entry)) return false;
  if (before === undefined) return entry.seq > 1 || entry.previous === '';
  return entry.seq === before.seq + 1 && entry.previous === before.hash;
}

const firstKeptBy = ({ on }: AuditEntry): number => Number(on.replace('entry-', ''));
