import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CallLeg } from './call-leg.js';
import type { CallEvent, Callee } from './callee.js';
import { createDialOut } from './dial-out.js';
import type { Party } from './party.js';
import { type PhoneClock, realClock } from './phone-clock.js';
import { ringPhone } from './ring-phone.js';
import { Rooms } from './rooms.js';
import { createSendSigned, type Fields, type SendSigned } from './signed-webhook.js';

export type { Behaviour } from './callee.js';

export interface NetworkOptions {
  accountSid: string;
  authToken: string;
  /** Real milliseconds that a second on the phone lasts; without meaning on a clock of its own. */
  secondMs: number;
  clock?: PhoneClock;
  /** Who picks up a number that is rung, and how they behave. */
  callee: (number: string) => Callee;
  /** Told of each ring. */
  rings?: (number: string) => void;
  /** Told of each text the service sends. */
  texts?: (number: string, body: string) => void;
}

export interface OutgoingCall {
  url: string;
  fallbackUrl?: string;
  from: string;
  to: string;
  statusCallback: string;
  party: Party;
}

const MAX_BODY = 64_000;
const DEFAULT_TIMEOUT = 60;

/**
 * A telephone network on this machine: the part of Twilio's REST API that the service uses, and the phones
 * behind it.
 */
export class Network {
  readonly rooms = new Rooms();
  readonly send: SendSigned;
  readonly clock: PhoneClock;
  readonly #options: NetworkOptions;
  readonly #legs = new Map<string, CallLeg>();
  readonly #messages = new Set<string>();
  #server: Server | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.clock = options.clock ?? realClock(options.secondMs);
    this.send = createSendSigned(options.authToken);
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
  dial(call: OutgoingCall): CallLeg {
    return this.#leg(call, { ...parties(call.from, call.to), Direction: 'inbound' }, ['completed']);
  }

  #leg(
    call: Pick<OutgoingCall, 'url' | 'fallbackUrl' | 'party'> & { statusCallback: string | undefined },
    fields: Fields,
    statusEvents: readonly CallEvent[],
  ): CallLeg {
    const sid = newSid();
    const { callee, rings, accountSid } = this.#options;
    const leg = new CallLeg({
      sid,
      url: call.url,
      ...(call.fallbackUrl === undefined ? {} : { fallbackUrl: call.fallbackUrl }),
      fields: { AccountSid: accountSid, ...fields },
      party: call.party,
      rooms: this.rooms,
      clock: this.clock,
      send: this.send,
      statusCallback: call.statusCallback,
      statusEvents,
      dial: createDialOut({ clock: this.clock, send: this.send, newSid, callee, rings }),
    });
    this.#legs.set(sid, leg);
    return leg;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { accountSid, authToken } = this.#options;
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return send(response, 401, { code: 20003 });
    const url = new URL(request.url ?? '', 'http://localhost');
    const fields = new URLSearchParams(await readBody(request));
    const root = `/2010-04-01/Accounts/${accountSid}/`;
    const [resource = '', sid, part, member] = url.pathname
      .slice(root.length)
      .replace('.json', '')
      .split('/');
    if (!url.pathname.startsWith(root)) return send(response, 404, { code: 20404 });
    if (resource === 'Conferences')
      return send(response, ...this.#conferences({ sid, part, member, fields, search: url.searchParams }));
    if (resource === 'Messages')
      return send(response, ...this.#message(fields, { sid, method: request.method }));
    if (resource !== 'Calls') return send(response, 404, { code: 20404 });
    if (sid === undefined) return this.#place(fields, response);
    return send(response, ...this.#call({ sid, fields, method: request.method ?? 'GET' }));
  }

  /** A text is out at once, and is kept under its name until it is deleted. */
  #message(
    fields: URLSearchParams,
    { sid, method }: { sid: string | undefined; method: string | undefined },
  ): [number, object] {
    if (sid === undefined) {
      const made = `SM${randomBytes(16).toString('hex')}`;
      this.#messages.add(made);
      this.#options.texts?.(fields.get('To') ?? '', fields.get('Body') ?? '');
      return [201, { sid: made, status: 'queued' }];
    }
    if (!this.#messages.has(sid)) return [404, { code: 20404, status: 404 }];
    if (method !== 'DELETE') return [200, { sid, status: 'sent' }];
    this.#messages.delete(sid);
    return [204, {}];
  }

  #call({ sid, fields, method }: { sid: string; fields: URLSearchParams; method: string }): [number, object] {
    const leg = this.#legs.get(sid);
    if (leg === undefined) return [404, { code: 20404, status: 404 }];
    if (method === 'DELETE') {
      this.#legs.delete(sid);
      return [204, {}];
    }
    const url = fields.get('Url');
    const xml = fields.get('Twiml');
    if (fields.get('Status') === 'completed') leg.hangUp();
    else if (url !== null) leg.update({ url, method: fields.get('Method') === 'GET' ? 'GET' : 'POST' });
    else if (xml !== null) leg.update({ xml });
    return [200, { sid, status: leg.status }];
  }

  /** A conference's sid here is its name, spelt in hexadecimal. */
  #conferences({
    sid,
    part,
    member = '',
    fields,
    search,
  }: {
    sid: string | undefined;
    part: string | undefined;
    member: string | undefined;
    fields: URLSearchParams;
    search: URLSearchParams;
  }): [number, object] {
    if (sid !== undefined && part === 'Participants') {
      const closes = fields.get('EndConferenceOnExit') === 'true';
      const known = this.rooms.setExit(nameOf(sid), member, closes);
      return known ? [200, { call_sid: member, end_conference_on_exit: closes }] : [404, { code: 20404 }];
    }
    if (sid !== undefined) {
      if (fields.get('Status') === 'completed') this.rooms.close(nameOf(sid));
      return [200, { sid, status: 'completed' }];
    }
    const name = search.get('FriendlyName') ?? '';
    const conferences = this.rooms.isOpen(name) ? [{ sid: sidOf(name), status: 'in-progress' }] : [];
    return [200, { conferences, page_size: 50 }];
  }

  #place(given: URLSearchParams, response: ServerResponse): void {
    const to = given.get('To') ?? '';
    const callee = this.#options.callee(to);
    const events = given.getAll('StatusCallbackEvent') as CallEvent[];
    const leg = this.#leg(
      {
        url: given.get('Url') ?? '',
        party: callee.party,
        statusCallback: given.get('StatusCallback') ?? undefined,
      },
      { ...parties(given.get('From') ?? '', to), Direction: 'outbound-api' },
      events.length === 0 ? ['completed'] : events,
    );
    send(response, 201, { sid: leg.options.sid, status: 'queued', direction: 'outbound-api' });
    this.#options.rings?.(to);
    void this.#ring(leg, callee, Number(given.get('Timeout') ?? DEFAULT_TIMEOUT));
  }

  async #ring(leg: CallLeg, callee: Callee, timeout: number): Promise<void> {
    const { signal } = leg;
    const status = await ringPhone({ leg, callee, clock: this.clock, timeout, signal });
    if (status === 'in-progress') await leg.run();
    callee.ended?.();
  }
}

const newSid = (): string => `CA${randomBytes(16).toString('hex')}`;
const sidOf = (name: string): string => `CF${Buffer.from(name).toString('hex')}`;
const nameOf = (sid: string): string => Buffer.from(sid.slice(2), 'hex').toString();

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
