import type { Logger } from '../kernel/log.js';
import { errorFields } from '../kernel/log.js';
import type { DomainEvent, EventLog } from './event-log.js';

/** A place in the order of changes, to go on from. Of one store, or of one life of a process; opaque. */
export type FeedPosition = string;

export interface PlacedEvent {
  event: DomainEvent;
  position: FeedPosition;
}

export type ChangeListener = (event: DomainEvent, position: FeedPosition) => void;

/** Tells listeners what changed: at once in this process, and through the store for the other instances. */
export interface ChangeFeed {
  publish(event: DomainEvent): Promise<void>;
  /** @returns a function that ends the subscription */
  subscribe(listener: ChangeListener): () => void;
  /** The last change this process has told of. */
  position(): FeedPosition;
  /** What changed after that place, in order; `undefined` when it is too long ago, or of another life. */
  since(position: FeedPosition): Promise<PlacedEvent[] | undefined>;
  close(): void;
}

const POLL_MS = 100;
const BATCH = 500;
/** Changes that can be gone back over; whoever was away longer looks at everything again. */
const REMEMBERED = 1_000;

/**
 * For a store that only this process serves: nothing needs to be written.
 * @param life names this process, so that a place in another one's order is not taken for one in ours
 */
export function createLocalFeed(log: Logger, life: string): ChangeFeed {
  const listeners = new Set<ChangeListener>();
  let told: PlacedEvent[] = [];
  let count = 0;
  const placeOf = (number: number): FeedPosition => `${life}.${number}`;

  return {
    async publish(event) {
      count += 1;
      const placed = { event, position: placeOf(count) };
      told.push(placed);
      if (told.length >= 2 * REMEMBERED) told = told.slice(-REMEMBERED);
      notify(listeners, placed, log);
    },
    subscribe: (listener) => subscribe(listeners, listener),
    position: () => placeOf(count),
    async since(position) {
      const [given, number = ''] = position.split('.');
      const missed = count - Number(number);
      if (given !== life || !/^\d{1,15}$/.test(number) || missed < 0 || missed > told.length)
        return undefined;
      return missed === 0 ? [] : told.slice(-missed);
    },
    close: () => listeners.clear(),
  };
}

/** For a store shared by several instances: events go through its log, which is polled every 100 ms. */
export async function createSharedFeed(events: EventLog, log: Logger): Promise<ChangeFeed> {
  const listeners = new Set<ChangeListener>();
  let position = await events.last();
  let reading = false;

  const poll = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      const batch = await events.after(position, BATCH);
      position = batch.at(-1)?.seq ?? position;
      for (const { event, seq } of batch) notify(listeners, { event, position: String(seq) }, log);
    } catch (error) {
      log.warn('event log could not be read', errorFields(error));
    } finally {
      reading = false;
    }
  };
  const timer = setInterval(poll, POLL_MS);
  timer.unref();

  return {
    publish: async (event) => {
      await events.append(event);
    },
    subscribe: (listener) => subscribe(listeners, listener),
    position: () => String(position),
    async since(given) {
      const seq = Number(given);
      if (!/^\d{1,15}$/.test(given) || seq > position || position - seq > REMEMBERED) return undefined;
      if (seq === position) return [];
      const found = await events.after(seq, REMEMBERED);
      return found[0]?.seq === seq + 1
        ? found.map((one) => ({ event: one.event, position: String(one.seq) }))
        : undefined;
    },
    close: () => {
      clearInterval(timer);
      listeners.clear();
    },
  };
}

function subscribe(listeners: Set<ChangeListener>, listener: ChangeListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify(listeners: Set<ChangeListener>, { event, position }: PlacedEvent, log: Logger): void {
  for (const listener of listeners) {
    try {
      listener(event, position);
    } catch (error) {
      log.error('a listener of changes failed', { kind: event.kind, ...errorFields(error) });
    }
  }
}
