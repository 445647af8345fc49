/** The random key of one day, `YYYY-MM-DD` of Paris from 04:00; base64url. */
export interface DailyKey {
  day: string;
  key: string;
}

export interface DailyKeyStore {
  /** Keys that exist, oldest first; two at most. */
  list(): Promise<DailyKey[]>;
  /** The first writer of a day wins, so that instances agree. */
  add(key: DailyKey): Promise<'added' | 'exists'>;
  destroy(day: string): Promise<void>;
}
