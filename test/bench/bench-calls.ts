import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { signatureOf } from '../../src/local-phone/signed-webhook.js';

export interface Target {
  url: string;
  token: string;
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** What a caller does in each turn, over and over; a call that has ended is dialled anew. */
export type Turns = readonly Record<string, string>[];

const agent = new Agent({ keepAlive: true, maxSockets: 400 });

function post({ url, token }: Target, path: string, fields: Record<string, string>): Promise<string> {
  const address = url + path;
  const body = new URLSearchParams(fields).toString();
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-twilio-signature': signatureOf(token, address, fields),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`HTTP ${response.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const actionOf = (xml: string): string | undefined =>
  /action="([^"]+)"/.exec(xml)?.[1]?.replaceAll('&amp;', '&');

/** One caller, dialled in before the measurement begins. */
class Caller {
  readonly #target: Target;
  #sid = '';
  #action: string | undefined;
  #turn = 0;

  constructor(target: Target) {
    this.#target = target;
  }

  async dial(): Promise<void> {
    this.#sid = `CA${randomBytes(16).toString('hex')}`;
    const fields = { CallSid: this.#sid, From: '+266696687', To: '+33100000000', CallStatus: 'ringing' };
    this.#action = actionOf(await post(this.#target, '/twilio/voice', fields));
    this.#turn = 0;
  }

  /** @returns milliseconds of the turn alone */
  async turn(turns: Turns): Promise<number> {
    if (this.#action === undefined || this.#turn >= turns.length) await this.dial();
    const given = turns[this.#turn % turns.length] ?? {};
    this.#turn += 1;
    const since = performance.now();
    const xml = await post(this.#target, this.#action ?? '/', {
      CallSid: this.#sid,
      From: '+266696687',
      To: '+33100000000',
      CallStatus: 'in-progress',
      ...given,
    });
    const took = performance.now() - since;
    this.#action = actionOf(xml);
    return took;
  }
}

/** So many callers at once, each its next turn as soon as the last is answered. Dialling in is not counted. */
export async function measure(
  target: Target,
  { callers, turns, each }: { callers: number; turns: Turns; each: number },
): Promise<Measured> {
  const all = Array.from({ length: callers }, () => new Caller(target));
  const took: number[] = [];
  let ms = 0;
  for (let round = 0; round < each; round += turns.length) {
    for (const caller of all) await caller.dial();
    const since = performance.now();
    await Promise.all(
      all.map(async (caller) => {
        for (let count = 0; count < turns.length; count += 1) took.push(await caller.turn(turns));
      }),
    );
    ms += performance.now() - since;
  }
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { perSecond: (took.length * 1_000) / ms, p50: at(0.5), p99: at(0.99) };
}
