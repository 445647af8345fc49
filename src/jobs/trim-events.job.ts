import type { EventLog } from '../conversations/event-log.js';
import type { Job } from './job.js';

/** Readers follow within seconds; who comes later reads the conversation itself. */
export const KEPT_EVENTS = 10_000;

/** The log of changes names conversations: it is kept as short as its readers bear. */
export const trimEvents = (events: EventLog): Job => ({
  name: 'trim-events',
  pattern: '*/30 * * * *',
  run: async () => {
    const upTo = (await events.last()) - KEPT_EVENTS;
    if (upTo > 0) await events.trim(upTo);
    return Math.max(0, upTo);
  },
});
