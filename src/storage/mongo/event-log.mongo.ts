import type { Connection } from 'mongoose';
import type { DomainEvent, EventLog, LoggedEvent } from '../../conversations/event-log.js';
import { type Clock, SECOND } from '../../kernel/clock.js';
import { any, collection } from './collections.js';

/** A number that was taken and never written belongs to an instance that died. */
const ABANDONED_AFTER = 3 * SECOND;

interface EventDocument {
  _id: number;
  event: DomainEvent;
  at: number;
}

export function eventLog(connection: Connection, clock: Clock): EventLog {
  const counters = collection<{ _id: string; value: number }>(connection, 'counters', {
    fields: { _id: String, value: Number },
  });
  const events = collection<EventDocument>(connection, 'events', {
    fields: { _id: Number, event: any, at: Number },
  });

  /** Up to the first number that is missing and may still come. */
  const withoutGap = (found: readonly EventDocument[], after: number): LoggedEvent[] => {
    let expected = after + 1;
    const old = clock.now() - ABANDONED_AFTER;
    const end = found.findIndex(({ _id, at }) => {
      const gap = _id !== expected && at > old;
      expected = _id + 1;
      return gap;
    });
    return (end < 0 ? found : found.slice(0, end)).map(({ _id, event }) => ({ seq: _id, event }));
  };

  return {
    async append(event) {
      const counter = await counters
        .findOneAndUpdate(
          { _id: 'events' },
          { $inc: { value: 1 } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<{ value: number }>();
      const seq = counter?.value ?? 1;
      await events.create([{ _id: seq, event, at: clock.now() }]);
      return seq;
    },
    async after(seq, limit) {
      const found = events.find({ _id: { $gt: seq } }).sort({ _id: 1 });
      return withoutGap(await found.limit(limit).lean<EventDocument[]>().exec(), seq);
    },
    async last() {
      const counter = await counters.findById('events').lean<{ value: number }>().exec();
      return counter?.value ?? 0;
    },
    async trim(upTo) {
      await events.deleteMany({ _id: { $lte: upTo } });
    },
  };
}
