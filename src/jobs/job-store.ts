import type { Instant } from '../kernel/clock.js';

/** Where one job stands, for every instance. */
export interface JobRecord {
  name: string;
  /** When it is to run next; driven by this and nothing else, so that what was missed is caught up. */
  dueAt: Instant;
  /** The run under way: who has it, and until when nobody else may; `null` when none is. */
  lease: { holder: string; until: Instant } | null;
  startedAt: Instant | null;
  endedAt: Instant | null;
  outcome: 'done' | 'failed' | null;
  /** How many things the last run did. */
  count: number;
  version: number;
}

export interface JobStore {
  get(name: string): Promise<JobRecord | undefined>;
  /** Saved only if the stored version is `record.version - 1` (0: there is none yet, saved as version 1). */
  save(record: JobRecord): Promise<'saved' | 'conflict'>;
  /** At most 100. */
  list(): Promise<JobRecord[]>;
}

export const MOST_JOBS = 100;
