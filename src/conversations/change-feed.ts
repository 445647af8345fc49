import type { Logger } from '../kernel/log.js';
import { errorFields } from '../kernel/log.js';
import type { DomainEvent, EventLog } from './event-log.js';

export type ChangeListener = (event: DomainEvent) => void;

/** Tells listeners what changed: at once in this process, and through the store for the other instances. */
export interface ChangeFeed {
  publish(event: DomainEvent): Promise<void>;
  /** @returns a function that ends the subscription */
  subscribe(listener: ChangeListener): () => void;
  close(): void;
}

const POLL_MS = 100;
const BATCH = 500;

/** For a store that only this process serves: nothing needs to be written. */
export function createLocalFeed(log: Logger): ChangeFeed {
  const listeners = new Set<ChangeListener>();
  return {
    publish: async (event) => notify(listeners, event, log),
    subscribe: (listener) => subscribe(listeners, listener),
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
      for (const { event } of batch) notify(listeners, event, log);
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

function notify(listeners: Set<ChangeListener>, event: DomainEvent, log: Logger): void {
  for (const listener of listeners) {
    try {
      listener(event);
    } catch (error) {
      log.error('a listener of changes failed', { kind: event.kind, ...errorFields(error) });
    }
  }
}
