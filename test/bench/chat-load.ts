import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';

/** What clients need to hold many conversations at once; node's own http is lighter than fetch. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const TICKS_PER_SECOND = 100;

interface Opened {
  conversationId: string;
  token: string;
  streamUrl: string;
}

export async function call<T>(url: string, token: string, body: unknown = {}): Promise<T> {
  const content = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        (response.statusCode ?? 500) < 300 ? resolve(JSON.parse(text) as T) : reject(new Error(text)),
      );
    });
    sent.end(content);
  });
}

/** One caller with a socket, who notes when each word came back and when it was answered. */
export class LoadedChat {
  readonly echoes = new Map<string, number>();
  readonly #base: string;
  readonly #opened: Opened;
  readonly #socket: WebSocket;
  readonly #answers: (() => void)[] = [];

  private constructor(base: string, opened: Opened) {
    this.#base = base;
    this.#opened = opened;
    this.#socket = new WebSocket(opened.streamUrl, { perMessageDeflate: false });
    this.#socket.on('message', (data) => this.#receive(String(data)));
  }

  static async open(base: string, secret: string): Promise<LoadedChat> {
    const opened = await call<Opened>(`${base}/v3/directline/conversations`, secret);
    const chat = new LoadedChat(base, opened);
    await new Promise((resolve, reject) => chat.#socket.once('open', resolve).once('error', reject));
    return chat;
  }

  /** @returns milliseconds from the post to the first word of the answer on the socket */
  async say(text: string, key: string): Promise<number> {
    const begun = performance.now();
    const answered = new Promise<void>((resolve) => this.#answers.push(resolve));
    const { conversationId, token } = this.#opened;
    await call(`${this.#base}/v3/directline/conversations/${conversationId}/activities`, token, {
      type: 'message',
      text,
      channelData: { clientActivityID: key },
    });
    await answered;
    return performance.now() - begun;
  }

  close(): void {
    this.#socket.terminate();
  }

  #receive(frame: string): void {
    if (frame === '') return;
    const { activities } = JSON.parse(frame) as {
      activities: { from?: { role?: string }; channelData?: { clientActivityID?: string } }[];
    };
    let spoke = false;
    for (const { from, channelData } of activities) {
      const key = channelData?.clientActivityID;
      if (key !== undefined) this.echoes.set(key, (this.echoes.get(key) ?? 0) + 1);
      spoke ||= from?.role === 'bot' && this.echoes.size > 0;
    }
    if (spoke) this.#answers.shift()?.();
  }
}

/** Seconds of processor time a process has used. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Megabytes of memory a process holds: all of it, or without the pages of files (the store's, for instance). */
export function residentMegabytes(pid: number, kind: 'VmRSS' | 'RssAnon' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${kind}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
