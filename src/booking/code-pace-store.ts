import type { Instant } from '../kernel/clock.js';

/** How fast codes may be tried now, for all instances on one store. It knows no caller, no conversation and no code. */
export interface CodePace {
  /** Wrong codes by minute (epoch minutes), of the last ten. */
  wrong: readonly { minute: number; count: number }[];
  /** The next look-up has its turn after this. */
  free: Instant;
  version: number;
}

export interface CodePaceStore {
  get(): Promise<CodePace | undefined>;
  /** Saved only if the stored version is `version - 1` (0: there is none yet). */
  save(pace: CodePace): Promise<'saved' | 'conflict'>;
}
