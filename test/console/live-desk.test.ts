import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStream } from '../../src/console/desk/event-stream.js';
import { createLiveDesk, type LiveDesk } from '../../src/console/desk/live-desk.js';
import { type ChangeFeed, createLocalFeed } from '../../src/conversations/change-feed.js';
import { asId, type ConversationId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/log.js';

const log = createLogger('silent');
const id = (name: string | number): ConversationId => asId(`c${name}`);

interface Listener extends EventStream {
  events: { event: string; data: { id?: string; html?: string }; id: string | undefined }[];
  close(): void;
}

/** A page that keeps what it is sent. */
function listener(): Listener {
  const closers: (() => void)[] = [];
  const events: Listener['events'] = [];
  return {
    events,
    send: (event, data, place) => void events.push({ event, data: data as never, id: place }),
    open: true,
    onClose: (act) => void closers.push(act),
    end: () => undefined,
    close: () => {
      for (const act of closers) act();
    },
  };
}

let feed: ChangeFeed;
let live: LiveDesk;
let rows: Map<string, number>;
let made: string[];
beforeEach(() => {
  feed = createLocalFeed(log, 'life');
  rows = new Map();
  made = [];
  live = createLiveDesk({
    feed,
    log,
    row: async (conversation) => {
      made.push(conversation);
      // Later rows come sooner: the order may not depend on how long a row takes.
      await new Promise((resolve) => setTimeout(resolve, 10 - (made.length % 10)));
      return { html: `row ${conversation} ${rows.get(conversation) ?? 0}`, of: [asId('owner')] };
    },
    people: async () => 'people',
  });
});
afterEach(() => {
  live.close();
  feed.close();
});

const change = async (name: string | number): Promise<void> => {
  rows.set(id(name), (rows.get(id(name)) ?? 0) + 1);
  await feed.publish({ kind: 'conversation-changed', conversation: id(name) });
};
const rowsOf = (page: Listener) => page.events.filter(({ event }) => event === 'row');
const until = (page: Listener, count: number) =>
  expect.poll(() => rowsOf(page).length, { timeout: 5_000 }).toBe(count);

describe('the live desk', () => {
  it('tells every page of each change, in order, and makes each row once', async () => {
    const pages = [listener(), listener(), listener()];
    for (const page of pages) await live.join(page, '');
    for (const name of ['a', 'b', 'c']) await change(name);
    for (const page of pages) {
      await until(page, 3);
      expect(rowsOf(page).map(({ data, id: place }) => [data.id, place])).toEqual([
        ['ca', 'life.1'],
        ['cb', 'life.2'],
        ['cc', 'life.3'],
      ]);
    }
    expect(made).toEqual(['ca', 'cb', 'cc']);
  });

  it('shows somebody who may see only what is theirs nothing else', async () => {
    const [mine, theirs] = [listener(), listener()];
    await live.join(mine, '', asId('owner'));
    await live.join(theirs, '', asId('another'));
    await change('a');
    await until(theirs, 1);
    expect(rowsOf(mine)[0]?.data.html).toBe('row ca 1');
    expect(rowsOf(theirs)[0]?.data.html).toBe('');
  });

  it('makes one row of a burst, and it is the last state', async () => {
    const page = listener();
    await live.join(page, '');
    for (let count = 0; count < 40; count += 1) await change('a');
    await expect.poll(() => rowsOf(page).at(-1)?.data.html, { timeout: 5_000 }).toBe('row ca 40');
    expect(made.length).toBeLessThan(10);
  });

  it('gives a page that was cut off exactly what it missed', async () => {
    const page = listener();
    await live.join(page, '');
    await change('a');
    await until(page, 1);
    const last = rowsOf(page).at(-1)?.id ?? '';
    page.close();
    for (const name of ['b', 'c', 'b']) await change(name);
    const again = listener();
    await live.join(again, last);
    await until(again, 2);
    expect(rowsOf(again).map(({ data }) => data.html)).toEqual(['row cb 2', 'row cc 1']);
    expect(again.events.some(({ event }) => event === 'again')).toBe(false);
  });

  it('loses nothing whenever the connection drops: the page ends with the state of the store', async () => {
    const state = new Map<string, string>();
    let last = feed.position();
    let page = listener();
    const read = (): void => {
      for (const { event, data, id: place } of page.events) {
        if (event === 'row') state.set(data.id ?? '', data.html ?? '');
        if (place !== undefined) last = place;
      }
    };
    await live.join(page, last);
    for (let round = 0; round < 30; round += 1) {
      for (let count = 0; count < 7; count += 1) await change((round * 3 + count) % 20);
      await new Promise((resolve) => setTimeout(resolve, round % 5));
      read();
      page.close();
      page = listener();
      await live.join(page, last);
    }
    const right = new Map([...rows].map(([name, count]) => [name, `row ${name} ${count}`]));
    await expect
      .poll(
        () => {
          read();
          return [...right].every(([name, html]) => state.get(name) === html);
        },
        { timeout: 5_000 },
      )
      .toBe(true);
  });

  it('asks a page from another life, or away too long, to read the list again', async () => {
    for (const from of ['other.3', 'life.99', 'nonsense', 'life.-1']) {
      const page = listener();
      await live.join(page, from);
      expect(page.events.at(-1)).toMatchObject({ event: 'again', id: 'life.0' });
      page.close();
    }
    const page = listener();
    for (let count = 0; count < 300; count += 1) await change(count);
    await live.join(page, 'life.0');
    expect(page.events.at(-1)?.event).toBe('again');
  });
});
