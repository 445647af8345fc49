import type { ChangeFeed, FeedPosition } from '../../conversations/change-feed.js';
import type { DomainEvent } from '../../conversations/event-log.js';
import type { ConversationId, StaffId } from '../../kernel/ids.js';
import { errorFields, type Logger } from '../../kernel/log.js';
import type { EventStream } from './event-stream.js';

/**
 * Tells every page at the desk what changed: a row is made once for all of them, and goes out in the order of the
 * changes, so that a page knows by the last number it had what it has missed.
 */
export interface LiveDesk {
  /**
   * @param from the last place the page knows; '' for none
   * @param only for somebody who may see what is theirs and nothing else
   */
  join(stream: EventStream, from: FeedPosition, only?: StaffId): Promise<void>;
  readonly size: number;
  close(): void;
}

export interface LiveDeskParts {
  feed: ChangeFeed;
  log: Logger;
  /** The row of a conversation as it is now, and whose it is; '' when it is no longer on the list. */
  row(conversation: ConversationId): Promise<LiveRow>;
  /** Who is at the desk. */
  people(): Promise<string>;
}

export interface LiveRow {
  html: string;
  of: readonly StaffId[];
}

/** The page answers each beat: that is how it is known to be there (presences.ts). */
const BEAT_MS = 3_000;
/** Rows made at once. */
const AT_ONCE = 16;
/** Who missed more reads the list again. */
const MOST_MISSED = 200;

export function createLiveDesk({ feed, log, row, people }: LiveDeskParts): LiveDesk {
  const streams = new Map<EventStream, StaffId | undefined>();
  /** What is to be told, in order, with the first place at which it changed. */
  const waiting = new Map<ConversationId | 'people', FeedPosition>();
  let telling = false;

  const tell = (event: string, data: unknown, id: FeedPosition): void => {
    for (const stream of streams.keys()) stream.send(event, data, id);
  };

  /** Whoever may see only what is theirs is told of the rest that it is not on their list. */
  const tellRow = (conversation: ConversationId, { html, of }: LiveRow, id: FeedPosition): void => {
    for (const [stream, only] of streams) {
      const seen = only === undefined || of.includes(only);
      stream.send('row', { id: conversation, html: seen ? html : '' }, id);
    }
  };

  const make = async (what: ConversationId | 'people'): Promise<(id: FeedPosition) => void> => {
    if (what !== 'people') {
      const made = await row(what);
      return (id) => tellRow(what, made, id);
    }
    const html = await people();
    return (id) => tell('people', { html }, id);
  };

  const tellNext = async (): Promise<void> => {
    const batch = [...waiting].slice(0, AT_ONCE);
    for (const [what] of batch) waiting.delete(what);
    const made = await Promise.all(batch.map(([what]) => make(what)));
    for (const [index, say] of made.entries()) say(batch[index]?.[1] ?? '');
  };

  const pump = async (): Promise<void> => {
    if (telling) return;
    telling = true;
    try {
      while (waiting.size > 0 && streams.size > 0) await tellNext();
    } catch (error) {
      log.error('a change of the desk could not be shown', errorFields(error));
      tell('again', {}, feed.position());
    } finally {
      telling = false;
    }
  };

  const enqueue = (event: DomainEvent, position: FeedPosition): void => {
    const what = subjectOf(event);
    if (what !== undefined && !waiting.has(what)) waiting.set(what, position);
  };

  const unsubscribe = feed.subscribe((event, position) => {
    if (streams.size === 0) return;
    enqueue(event, position);
    void pump();
  });
  const timer = setInterval(() => {
    for (const stream of streams.keys()) stream.send('beat', {});
  }, BEAT_MS);
  timer.unref();

  return {
    async join(stream, from, only) {
      if (streams.size === 0) waiting.clear();
      streams.set(stream, only);
      stream.onClose(() => streams.delete(stream));
      stream.send('beat', {}, from === '' ? feed.position() : undefined);
      if (from === '') return;
      const missed = await feed.since(from);
      const subjects = new Set((missed ?? []).map(({ event }) => subjectOf(event)));
      if (missed === undefined || subjects.size > MOST_MISSED) {
        stream.send('again', {}, feed.position());
        return;
      }
      for (const { event, position } of missed) enqueue(event, position);
      void pump();
    },
    get size() {
      return streams.size;
    },
    close() {
      clearInterval(timer);
      unsubscribe();
      for (const stream of streams.keys()) stream.end();
      streams.clear();
    },
  };
}

function subjectOf(event: DomainEvent): ConversationId | 'people' | undefined {
  if (event.kind === 'presence-changed') return 'people';
  return 'conversation' in event ? event.conversation : undefined;
}
