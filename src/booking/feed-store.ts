import type { PsychologistId } from '../kernel/ids.js';

/** The one calendar feed of a psychologist. */
export interface Feed {
  psychologist: PsychologistId;
  secretHash: string;
}

export interface FeedStore {
  /** Replaces the psychologist's feed. */
  put(feed: Feed): Promise<void>;
  bySecret(secretHash: string): Promise<Feed | undefined>;
  remove(psychologist: PsychologistId): Promise<void>;
}
