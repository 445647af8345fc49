import type { DomainEvent, EventLog } from '../../conversations/event-log.js';
import type { LmdbFile } from './lmdb-file.js';

/** One writer at a time numbers the events, so there is never a gap here. */
export function eventLog(file: LmdbFile): EventLog {
  const events = file.table<DomainEvent>('events');
  const counters = file.table<number>('counters');
  const last = (): number => counters.get('events') ?? 0;
  return {
    append: (event) =>
      file.transaction(() => {
        const seq = last() + 1;
        counters.putSync('events', seq);
        events.putSync(seq, event);
        return seq;
      }),
    after: async (seq, limit) =>
      [...events.getRange({ start: seq + 1, limit })].map(({ key, value }) => ({
        seq: Number(key),
        event: value,
      })),
    last: async () => last(),
    trim: (upTo) =>
      file.transaction(() => {
        for (const { key } of events.getRange({ start: 0, end: upTo + 1 })) events.removeSync(key);
      }),
  };
}
