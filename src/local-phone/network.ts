import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CallLeg } from './call-leg.js';
import type { Party } from './party.js';
import { Rooms } from './rooms.js';
import { createPostSigned, type Fields, type PostSigned } from './signed-webhook.js';

/** How a professional who is rung behaves. */
export type Behaviour = 'answers' | 'refuses' | 'voicemail' | 'no-answer' | 'busy';

export interface NetworkOptions {
  accountSid: string;
  authToken: string;
  secondMs: number;
  /** Who picks up a number that is rung, and how they behave. */
  callee: (number: string) => { behaviour: Behaviour; party: Party };
  /** Told of each ring. */
  rings?: (number: string) => void;
}

const MAX_BODY = 64_000;
const RING_SECONDS = 2;

/**
 * A telephone network on this machine: the part of Twilio's REST API that the service uses, and the phones
 * behind it.
 */
export class Network {
  readonly rooms = new Rooms();
  readonly post: PostSigned;
  readonly #options: NetworkOptions;
  readonly #legs = new Map<string, CallLeg>();
  #server: Server | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.post = createPostSigned(options.authToken);
  }

  /** Serves the API on loopback. @returns the port */
  listen(port: number): Promise<number> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch(() => send(response, 500, {}));
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(undefined));
  }

  /** Dials the service, as a caller. */
  dial(call: {
    url: string;
    fallbackUrl?: string;
    from: string;
    to: string;
    statusCallback: string;
    party: Party;
  }): CallLeg {
    const sid = newSid();
    return this.#leg(sid, call, { ...parties(call.from, call.to), Direction: 'inbound' });
  }

  #leg(
    sid: string,
    call: { url: string; fallbackUrl?: string; party: Party; statusCallback: string | undefined },
    fields: Fields,
  ): CallLeg {
    const leg = new CallLeg({
      sid,
      url: call.url,
      ...(call.fallbackUrl === undefined ? {} : { fallbackUrl: call.fallbackUrl }),
      fields: { AccountSid: this.#options.accountSid, ...fields },
      party: call.party,
      rooms: this.rooms,
      post: this.post,
      statusCallback: call.statusCallback,
      secondMs: this.#options.secondMs,
    });
    this.#legs.set(sid, leg);
    return leg;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { accountSid, authToken } = this.#options;
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return send(response, 401, { code: 20003 });
    const path = (request.url ?? '').split('?')[0] ?? '';
    const fields = Object.fromEntries(new URLSearchParams(await readBody(request)));
    const root = `/2010-04-01/Accounts/${accountSid}/Calls`;
    if (request.method === 'POST' && path === `${root}.json`) return this.#place(fields, response);
    const sid = /\/Calls\/(CA[0-9a-f]{32})\.json$/.exec(path)?.[1];
    if (sid === undefined || !path.startsWith(root)) return send(response, 404, { code: 20404 });
    if (request.method === 'POST' && fields.Status === 'completed') this.#legs.get(sid)?.hangUp();
    return send(response, request.method === 'DELETE' ? 204 : 200, { sid, status: 'in-progress' });
  }

  #place(fields: Fields, response: ServerResponse): void {
    const sid = newSid();
    send(response, 201, { sid, status: 'queued', direction: 'outbound-api' });
    void this.#ring(sid, fields);
  }

  async #ring(sid: string, { To = '', From = '', Url = '', StatusCallback }: Fields): Promise<void> {
    const { behaviour, party } = this.#options.callee(To);
    this.#options.rings?.(To);
    const fields = { ...parties(From, To), Direction: 'outbound-api' };
    const leg = this.#leg(sid, { url: Url, party, statusCallback: StatusCallback }, fields);
    await new Promise((resolve) => setTimeout(resolve, RING_SECONDS * this.#options.secondMs));
    if (behaviour === 'no-answer' || behaviour === 'busy') {
      if (StatusCallback === undefined) return;
      const ended = { AccountSid: this.#options.accountSid, ...fields, CallSid: sid, CallStatus: behaviour };
      await this.post(StatusCallback, ended);
      return;
    }
    await leg.run();
  }
}

const newSid = (): string => `CA${randomBytes(16).toString('hex')}`;

const parties = (from: string, to: string): Fields => ({ From: from, To: to, Caller: from, Called: to });

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MAX_BODY) throw new Error('the body is too long');
  }
  return body;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}
