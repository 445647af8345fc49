import type { Need } from '../kernel/needs.js';

/** What the bot has understood so far: codes only, none of the caller's words. */
export interface Understood {
  need?: Need;
  /** How sure it was of the need, 0 to 1; absent when the caller chose it. */
  confidence?: number;
  /** Other needs in the same words. */
  also?: readonly Need[];
  /** Number of the message the need was read from. */
  seq?: number;
  /** Slug of the académie, or code of the department. */
  academy?: string;
  department?: string;
  corps?: string;
}

/** Reads it out of the dialogs' own state, whose shape only the dialogs know. */
export type ReadUnderstood = (state: unknown) => Understood;
