import type { Connection, Model } from 'mongoose';
import type { DomainEvent, EventLog, LoggedEvent } from '../../conversations/event-log.js';
import { type Clock, SECOND } from '../../kernel/clock.js';
import { CodedError } from '../../kernel/errors.js';
import { any, collection, isDuplicate } from './collections.js';

/** A number that was taken and never written belongs to an instance that died. */
const ABANDONED_AFTER = 3 * SECOND;

const COUNTER = 'events';
/** Instances that draw at once: each loss means that another one has won. */
const ATTEMPTS = 100;

interface CounterDocument {
  _id: string;
  value: number;
}

interface EventDocument {
  _id: number;
  event: DomainEvent;
  at: number;
}

export function eventLog(connection: Connection, clock: Clock): EventLog {
  const counters = collection<CounterDocument>(connection, 'counters', {
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

  const draw = numbersFrom(counters);
  let drawing: Promise<unknown> = Promise.resolve();
  /** One at a time in this process; other instances are kept apart by the conditional write. */
  const nextNumber = (): Promise<number> => {
    const number = drawing.then(draw, draw);
    drawing = number.catch(() => undefined);
    return number;
  };

  return {
    async append(event) {
      const seq = await nextNumber();
      await events.create([{ _id: seq, event, at: clock.now() }]);
      return seq;
    },
    async after(seq, limit) {
      const found = events.find({ _id: { $gt: seq } }).sort({ _id: 1 });
      return withoutGap(await found.limit(limit).lean<EventDocument[]>().exec(), seq);
    },
    async last() {
      const counter = await counters.findById(COUNTER).lean<CounterDocument>().exec();
      return counter?.value ?? 0;
    },
    async trim(upTo) {
      await events.deleteMany({ _id: { $lte: upTo } });
    },
  };
}

/**
 * Draws numbers from 1 by one conditional write each, on the value this instance knows or has just read: unlike
 * `$inc` with the document returned, it is as right on servers that only speak MongoDB's protocol.
 */
function numbersFrom(counters: Model<CounterDocument>): () => Promise<number> {
  let known = 0;

  const raised = async (): Promise<boolean> => {
    const filter = { _id: COUNTER, value: known };
    const { matchedCount } = await counters.updateOne(filter, { $set: { value: known + 1 } }).exec();
    return matchedCount === 1;
  };
  const readAgain = async (): Promise<void> => {
    const counter = await counters.findById(COUNTER).lean<CounterDocument>().exec();
    if (counter === null) await makeCounter(counters);
    known = counter?.value ?? 0;
  };

  return async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (await raised()) {
        known += 1;
        return known;
      }
      await readAgain();
    }
    throw new CodedError('unavailable', 'The log of events is written too often at once; try again.');
  };
}

async function makeCounter(counters: Model<CounterDocument>): Promise<void> {
  try {
    await counters.create([{ _id: COUNTER, value: 0 }]);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
