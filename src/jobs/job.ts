/** Something done at its time, safe to do twice or late. */
export interface Job {
  name: string;
  /** node-cron pattern, in Europe/Paris; never between 02:00 and 02:59, which comes twice or not at all. */
  pattern: string;
  /** @returns how many things were done */
  run(): Promise<number>;
}
