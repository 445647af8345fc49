import type { Response } from 'express';

/** One page that listens (server-sent events, WHATWG HTML section 9.2). */
export interface EventStream {
  /** `id` is what the page gives back when it comes again. */
  send(event: string, data: unknown, id?: string): void;
  readonly open: boolean;
  onClose(listener: () => void): void;
  end(): void;
}

/** How soon a page that was cut off comes back, milliseconds. */
const COME_BACK_MS = 1_000;
/** A page that does not read is dropped; it comes back to where it was. */
const MAX_BUFFER = 1_048_576;

export function openEventStream(response: Response): EventStream {
  let open = true;
  const listeners: (() => void)[] = [];
  response.on('close', () => {
    open = false;
    for (const listener of listeners.splice(0)) listener();
  });
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // nginx would hold events back.
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write(`retry: ${COME_BACK_MS}\n\n`);
  return {
    send(event, data, id) {
      if (!open) return;
      if (response.writableLength > MAX_BUFFER) {
        response.destroy();
        return;
      }
      const name = id === undefined ? '' : `id: ${id}\n`;
      response.write(`${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    get open() {
      return open;
    },
    onClose: (listener) => listeners.push(listener),
    end: () => response.end(),
  };
}
